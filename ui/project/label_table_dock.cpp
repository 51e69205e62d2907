#include "ui/project/label_table_dock.h"

#include <QHeaderView>
#include <QSignalBlocker>
#include <QTableView>

namespace chladni::ui {

namespace {

constexpr int kColumns = 5;

QString stateName(LabelState state) {
  switch (state) {
    case LabelState::confirmed: return {};  // what most are need not be said
    case LabelState::proposed: return LabelTableModel::tr("proposed");
    case LabelState::rejected: return LabelTableModel::tr("rejected");
  }
  return {};
}

}  // namespace

void LabelTableModel::setTrack(std::shared_ptr<const LabelTrack> track) {
  if (track == track_) return;
  beginResetModel();
  track_ = std::move(track);
  endResetModel();
}

int LabelTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || !track_ ? 0 : static_cast<int>(track_->labels.size());
}

int LabelTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : kColumns; }

QVariant LabelTableModel::data(const QModelIndex& index, int role) const {
  if (role == Qt::TextAlignmentRole && index.column() < 2) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole || !track_) return {};
  const Label& label = track_->labels[static_cast<std::size_t>(index.row())];
  switch (index.column()) {
    case 0: return QString::number(label.span.start.seconds(), 'f', 3);
    case 1: return QString::number(label.span.end.seconds(), 'f', 3);
    case 2: return QString::fromStdString(label.text);
    case 3: return label.confidence ? tr("%1 %2").arg(stateName(label.state)).arg(*label.confidence, 0, 'f', 2).trimmed() : stateName(label.state);
    default: return QString::fromStdString(label.author.empty() ? label.origin.model : label.author);
  }
}

QVariant LabelTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation == Qt::Horizontal && role == Qt::ToolTipRole && section < 2) return tr("in seconds");
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return QStringList{tr("Start"), tr("End"), tr("Class"), tr("State"), tr("By")}.value(section);
}

LabelTableDock::LabelTableDock(LabelController& labels, QWidget* parent)
    : QDockWidget(tr("Label table"), parent), labels_(labels), model_(new LabelTableModel(this)), table_(new QTableView(this)) {
  setObjectName("labels");
  table_->setObjectName("labelTable");
  table_->setAccessibleName(tr("Labels of the active track"));
  table_->setModel(model_);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  table_->setShowGrid(false);
  table_->setFrameShape(QFrame::NoFrame);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
  table_->horizontalHeader()->setSectionResizeMode(2, QHeaderView::Stretch);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  for (const auto& [column, width] : {std::pair{0, 62}, {1, 62}, {3, 74}, {4, 48}}) table_->setColumnWidth(column, width);
  setWidget(table_);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
    const auto* track = labels_.activeTrack();
    if (!now.isValid() || track == nullptr || static_cast<std::size_t>(now.row()) >= track->ids.size()) return;
    const auto row = static_cast<std::size_t>(now.row());
    const double start = track->track.labels[row].span.start.seconds();
    labels_.select(labels_.active(), row, false);
    Q_EMIT labels_.seekRequested(start);
  });
}

void LabelTableDock::show(std::shared_ptr<const LabelTrack> track) {
  const QSignalBlocker quiet(table_->selectionModel());
  model_->setTrack(std::move(track));
  if (labels_.selected().size() != 1) return;
  const QModelIndex row = model_->index(static_cast<int>(labels_.selected().front()), 0);
  table_->selectionModel()->setCurrentIndex(row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  table_->scrollTo(row);
}

}  // namespace chladni::ui

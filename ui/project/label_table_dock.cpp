#include "ui/project/label_table_dock.h"

#include <QHeaderView>
#include <QLabel>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <algorithm>

#include "ui/project/attribute_text.h"

namespace chladni::ui {

namespace {

// "1000 – 4000" of a band, and back; one number or none is no band.
QString bandText(const std::optional<FrequencyBand>& band) {
  return band ? QStringLiteral("%1 – %2").arg(band->low, 0, 'f', 0).arg(band->high, 0, 'f', 0) : QString();
}

std::optional<FrequencyBand> bandFrom(const QString& text) {
  static const QRegularExpression kNumber(QStringLiteral("[0-9]+(?:\\.[0-9]+)?"));
  std::vector<double> numbers;
  for (auto match = kNumber.globalMatch(text); match.hasNext();) numbers.push_back(match.next().captured().toDouble());
  if (numbers.size() != 2) return std::nullopt;
  return FrequencyBand{std::min(numbers[0], numbers[1]), std::max(numbers[0], numbers[1])};
}

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

int LabelTableModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : columns; }

QVariant LabelTableModel::data(const QModelIndex& index, int role) const {
  if (role == Qt::TextAlignmentRole && (index.column() <= end || index.column() == confidence)) return int(Qt::AlignRight | Qt::AlignVCenter);
  if ((role != Qt::DisplayRole && role != Qt::EditRole) || !track_) return {};
  const Label& label = track_->labels[static_cast<std::size_t>(index.row())];
  switch (index.column()) {
    case start: return QString::number(label.span.start.seconds(), 'f', 3);
    case end: return QString::number(label.span.end.seconds(), 'f', 3);
    case text: return QString::fromStdString(label.text);
    case confidence: return label.confidence ? QString::number(*label.confidence, 'f', 2) : QString();
    case state: return stateName(label.state);
    case author: return QString::fromStdString(label.author.empty() && role == Qt::DisplayRole ? label.origin.model : label.author);
    case band: return bandText(label.band);
    default: return QString::fromStdString(attributeText(label.attributes));
  }
}

Qt::ItemFlags LabelTableModel::flags(const QModelIndex& index) const {
  const auto flags = QAbstractTableModel::flags(index);
  return index.isValid() && index.column() != state ? flags | Qt::ItemIsEditable : flags;
}

bool LabelTableModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !track_ || !index.isValid() || value.toString() == data(index, Qt::EditRole).toString()) return false;
  const auto row = static_cast<std::size_t>(index.row());
  const QString words = value.toString().trimmed();
  bool isNumber = false;
  const double number = QString(words).replace(',', '.').toDouble(&isNumber);
  switch (index.column()) {
    case start:
    case end:
      if (!isNumber) return false;
      labels_.moveEdge(labels_.active(), row, index.column() == start ? LabelEdge::start : LabelEdge::end, number);
      return true;
    case text:
      labels_.select(labels_.active(), row, false);
      labels_.setText(words);
      return true;
    case confidence:
      if (!words.isEmpty() && !isNumber) return false;
      labels_.changeLabel(row, "confidence of a label", [&](Label& label) { label.confidence = words.isEmpty() ? std::nullopt : std::optional(number); });
      return true;
    case author:
      labels_.changeLabel(row, "author of a label", [&](Label& label) { label.author = words.toStdString(); });
      return true;
    case band: {
      const auto wanted = bandFrom(words);
      if (!words.isEmpty() && !wanted) return false;
      labels_.changeLabel(row, "frequencies of a label", [&](Label& label) { label.band = wanted; });
      return true;
    }
    case attributes:
      labels_.changeLabel(row, "attributes of a label", [&](Label& label) { label.attributes = attributesFrom(words.toStdString()); });
      return true;
    default: return false;
  }
}

QVariant LabelTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  const QStringList names{tr("Start"), tr("End"), tr("Class"), tr("Sure"), tr("State"), tr("By"), tr("Hz"), tr("Attributes")};
  const QStringList hints{tr("in seconds"), tr("in seconds"), {}, tr("confidence, 0 to 1"), {}, tr("who made or confirmed it; else the model"),
                          tr("lowest and highest frequency"), tr("key=value; key=value")};
  return role == Qt::DisplayRole ? QVariant(names.value(section)) : role == Qt::ToolTipRole ? QVariant(hints.value(section)) : QVariant();
}

LabelTableDock::LabelTableDock(LabelController& labels, QWidget* parent)
    : QDockWidget(tr("Label table"), parent), labels_(labels), model_(new LabelTableModel(labels, this)), table_(new QTableView),
      message_(new QLabel), pages_(new QStackedWidget(this)) {
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
  table_->setColumnWidth(LabelTableModel::text, 96);
  table_->horizontalHeader()->setStretchLastSection(true);
  table_->horizontalHeader()->setHighlightSections(false);
  table_->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  for (const auto& [column, width] : {std::pair{0, 62}, {1, 62}, {3, 46}, {4, 66}, {5, 56}, {6, 92}, {7, 120}}) table_->setColumnWidth(column, width);
  message_->setObjectName("labelTableMessage");
  message_->setWordWrap(true);
  message_->setAlignment(Qt::AlignTop);
  message_->setForegroundRole(QPalette::PlaceholderText);
  message_->setContentsMargins(12, 4, 12, 8);
  pages_->addWidget(message_);
  pages_->addWidget(table_);
  setWidget(pages_);
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& now) {
    const auto* track = labels_.activeTrack();
    if (!now.isValid() || track == nullptr || static_cast<std::size_t>(now.row()) >= track->ids.size()) return;
    const auto row = static_cast<std::size_t>(now.row());
    const double start = track->track.labels[row].span.start.seconds();
    labels_.select(labels_.active(), row, false);
    Q_EMIT labels_.seekRequested(start);
  });
}

void LabelTableDock::show(std::shared_ptr<const LabelTrack> track, const QString& message) {
  message_->setText(message);
  pages_->setCurrentWidget(track && !track->labels.empty() ? static_cast<QWidget*>(table_) : message_);
  const QSignalBlocker quiet(table_->selectionModel());
  model_->setTrack(std::move(track));
  if (labels_.selected().size() != 1) return;
  const QModelIndex row = model_->index(static_cast<int>(labels_.selected().front()), 0);
  table_->selectionModel()->setCurrentIndex(row, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
  table_->scrollTo(row);
}

}  // namespace chladni::ui

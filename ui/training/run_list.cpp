#include "ui/training/run_list.h"

#include <QKeyEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <algorithm>

#include "ui/training/run_words.h"
#include "ui/workspace/paths.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kPadding = 8;
constexpr int kMark = 8;
constexpr int kBar = 3;
constexpr double kSmall = 0.9;

class RunDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {200, 2 * option.fontMetrics.height() + 2 * kPadding + kBar + 2};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const auto& run = static_cast<const RunListModel*>(index.model())->run(index.row());
    const auto& theme = widgets::theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    QColor wash = theme.accent;
    wash.setAlphaF(selected ? 0.13F : 0.06F);
    if (selected || option.state.testFlag(QStyle::State_MouseOver)) painter->fillRect(option.rect, wash);
    if (option.state.testFlag(QStyle::State_HasFocus)) painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()), theme.accent);

    QRect inner = option.rect.adjusted(kPadding + 4, kPadding, -kPadding, -kPadding);
    const auto colour = index.data(RunListModel::colourRole).value<QColor>();
    if (colour.isValid()) {
      painter->setPen(Qt::NoPen);
      painter->setBrush(colour);
      painter->drawRoundedRect(QRectF(inner.left(), inner.top() + 4, kMark, kMark), 2, 2);
    }
    inner.setLeft(inner.left() + kMark + 6);

    QFont bold = option.font;
    bold.setWeight(QFont::DemiBold);
    QFont small = option.font;
    small.setPointSizeF(small.pointSizeF() * kSmall);
    const QString phase = phaseWord(run.phase);
    const int phaseWidth = QFontMetrics(small).horizontalAdvance(phase);
    const int line = option.fontMetrics.height();
    painter->setFont(bold);
    painter->setPen(theme.text);
    const QRect nameRect(inner.left(), inner.top(), inner.width() - phaseWidth - 12, line);
    painter->drawText(nameRect, Qt::AlignVCenter, QFontMetrics(bold).elidedText(QString::fromStdString(run.name), Qt::ElideMiddle, nameRect.width()));
    painter->setFont(small);
    painter->setPen(phaseColour(run.phase));
    painter->drawText(QRect(inner.right() - phaseWidth, inner.top(), phaseWidth + 1, line), Qt::AlignVCenter, phase);
    painter->setPen(theme.quiet);
    const QRect below(inner.left(), inner.top() + line + 1, inner.width(), line);
    painter->drawText(below, Qt::AlignVCenter, QFontMetrics(small).elidedText(second(run), Qt::ElideRight, below.width()));
    if (run.alive()) bar(*painter, QRect(inner.left(), option.rect.bottom() - kBar - 3, inner.width(), kBar), shareDone(run));
    painter->restore();
  }

 private:
  // What is said of a run under its name.
  static QString second(const runs::RunSummary& run) {
    if (!run.message.empty()) return QString::fromStdString(run.message);
    QStringList parts;
    parts << QString::fromStdString(run.preset.empty() ? run.family : run.preset);
    if (run.isStudy()) parts << RunList::tr("study, %1 of %2 runs").arg(run.runsDone).arg(run.runs);
    if (run.alive()) {
      if (run.steps > 0 && run.step > 0) parts << RunList::tr("%1 %").arg(static_cast<int>(100.0 * shareDone(run)));
      if (run.etaSeconds && run.phase == runs::RunPhase::running) parts << RunList::tr("%1 left").arg(spanText(*run.etaSeconds));
    }
    if (run.isStudy()) {
      // The figures are in its table.
    } else if (run.best) {
      parts << QStringLiteral("%1 %2").arg(QString::fromStdString(run.metric), figureText(*run.best)).simplified();
    } else if (run.loss) {
      parts << RunList::tr("loss %1").arg(figureText(*run.loss));
    }
    if (!run.alive()) parts << dateText(run.lastSaid > 0.0 ? run.lastSaid : run.created);
    return parts.join(QStringLiteral(" · "));
  }

  static void bar(QPainter& painter, const QRect& where, double share) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(widgets::theme().hairline);
    painter.drawRoundedRect(where, 1.5, 1.5);
    painter.setBrush(widgets::theme().accent);
    if (share > 0.0) painter.drawRoundedRect(QRectF(where.left(), where.top(), where.width() * share, where.height()), 1.5, 1.5);
  }
};

}  // namespace

void RunListModel::setRuns(const std::vector<runs::RunSummary>& runs) {
  const bool same = runs.size() == runs_.size() &&
                    std::equal(runs.begin(), runs.end(), runs_.begin(), [](const auto& a, const auto& b) { return a.folder == b.folder; });
  if (same) {
    runs_ = runs;
    if (!runs_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    return;
  }
  // By folder: what is gone leaves, what is new comes, what stays keeps its selection.
  for (int row = rowCount() - 1; row >= 0; --row) {
    if (std::any_of(runs.begin(), runs.end(), [&](const auto& run) { return run.folder == runs_[static_cast<std::size_t>(row)].folder; })) continue;
    beginRemoveRows({}, row, row);
    runs_.erase(runs_.begin() + row);
    endRemoveRows();
  }
  for (int row = 0; row < static_cast<int>(runs.size()); ++row) {
    const auto& run = runs[static_cast<std::size_t>(row)];
    const int at = rowOf(toQString(run.folder));
    if (at == row) continue;
    if (at < 0) {
      beginInsertRows({}, row, row);
      runs_.insert(runs_.begin() + row, run);
      endInsertRows();
    } else if (beginMoveRows({}, at, at, {}, row)) {
      runs::RunSummary moving = std::move(runs_[static_cast<std::size_t>(at)]);
      runs_.erase(runs_.begin() + at);
      runs_.insert(runs_.begin() + row, std::move(moving));
      endMoveRows();
    }
  }
  runs_ = runs;
  if (!runs_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

void RunListModel::setColours(const std::vector<std::pair<QString, QColor>>& byFolder) {
  colours_ = byFolder;
  if (!runs_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int RunListModel::rowOf(const QString& folder) const {
  for (std::size_t row = 0; row < runs_.size(); ++row)
    if (toQString(runs_[row].folder) == folder) return static_cast<int>(row);
  return -1;
}

int RunListModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : static_cast<int>(runs_.size()); }

QVariant RunListModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid() || index.row() >= rowCount()) return {};
  const auto& run = runs_[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole: return QString::fromStdString(run.name);
    case Qt::AccessibleTextRole: return QStringLiteral("%1, %2, %3").arg(QString::fromStdString(run.name), phaseWord(run.phase), courseText(run));
    case Qt::ToolTipRole: {
      QStringList lines{QString::fromStdString(run.name), phaseWord(run.phase), courseText(run), QString::fromStdString(run.message), toQString(run.folder)};
      lines.removeAll(QString());
      return lines.join('\n');
    }
    case folderRole: return toQString(run.folder);
    case colourRole: {
      const QString folder = toQString(run.folder);
      for (const auto& [of, colour] : colours_)
        if (of == folder) return colour;
      return {};
    }
    default: return {};
  }
}

RunList::RunList(QWidget* parent) : QListView(parent), model_(new RunListModel(this)) {
  setModel(model_);
  setItemDelegate(new RunDelegate(this));
  setSelectionMode(ExtendedSelection);
  setMouseTracking(true);
  setFrameShape(NoFrame);
  setVerticalScrollMode(ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setUniformItemSizes(true);
  setAccessibleName(tr("Runs"));
  setObjectName("runList");
}

void RunList::setRuns(const std::vector<runs::RunSummary>& runs) { model_->setRuns(runs); }

QStringList RunList::selectedRuns() const {
  QModelIndexList rows = selectionModel()->selectedIndexes();
  std::sort(rows.begin(), rows.end(), [](const QModelIndex& a, const QModelIndex& b) { return a.row() < b.row(); });
  QStringList folders;
  for (const auto& row : rows) folders << row.data(RunListModel::folderRole).toString();
  return folders;
}

void RunList::selectRun(const QString& folder) {
  const int row = model_->rowOf(folder);
  if (row < 0) return;
  setCurrentIndex(model_->index(row));
  scrollTo(model_->index(row));
}

void RunList::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) {
  QListView::selectionChanged(selected, deselected);
  Q_EMIT selectionChangedByHand();
}

void RunList::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Delete) {
    Q_EMIT removeRequested();
    return;
  }
  QListView::keyPressEvent(event);
}

}  // namespace chladni::ui

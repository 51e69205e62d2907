#include "widgets/evaluation/confusion_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 8;
constexpr double kLargestCell = 64.0;
constexpr double kSmallestLabelled = 11.0;  // below it names are left to the words under the pointer
constexpr double kNameShare = 0.34;         // of the width, at most
constexpr double kSmall = 0.85;

QColor between(const QColor& a, const QColor& b, double share) {
  const auto mix = [&](float x, float y) { return static_cast<float>(x + (y - x) * share); };
  return QColor::fromRgbF(mix(a.redF(), b.redF()), mix(a.greenF(), b.greenF()), mix(a.blueF(), b.blueF()));
}

double luminance(const QColor& colour) { return 0.299 * colour.redF() + 0.587 * colour.greenF() + 0.114 * colour.blueF(); }

}  // namespace

ConfusionView::ConfusionView(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Confusion matrix"));
}

void ConfusionView::setMatrix(QStringList classes, std::vector<std::vector<std::int64_t>> counts) {
  classes_ = std::move(classes);
  counts_ = std::move(counts);
  counts_.resize(static_cast<std::size_t>(classes_.size()));
  rowSums_.clear();
  for (auto& row : counts_) {
    row.resize(static_cast<std::size_t>(classes_.size()));
    std::int64_t sum = 0;
    for (const auto count : row) sum += count;
    rowSums_.push_back(sum);
  }
  mark(std::nullopt);
  updateGeometry();
  update();
}

void ConfusionView::setMessage(const QString& text) {
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void ConfusionView::setTurned(bool predictedDown) {
  turned_ = predictedDown;
  update();
}

QSize ConfusionView::sizeHint() const { return {360, 320}; }

double ConfusionView::share(int truth, int predicted) const {
  const auto sum = rowSums_[static_cast<std::size_t>(truth)];
  return sum > 0 ? static_cast<double>(counts_[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)]) / static_cast<double>(sum) : 0.0;
}

QString ConfusionView::cellText(int truth, int predicted) const {
  const auto count = counts_[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
  const auto sum = rowSums_[static_cast<std::size_t>(truth)];
  const QString part = sum > 0 ? tr("%1 of %2 (%3 %)").arg(count).arg(sum).arg(std::lround(100.0 * share(truth, predicted))) : tr("none in the data");
  return truth == predicted ? tr("%1, recognised: %2").arg(classes_[truth], part) : tr("%1, taken for %2: %3").arg(classes_[truth], classes_[predicted], part);
}

ConfusionView::Layout ConfusionView::plan() const {
  Layout layout;
  const auto count = static_cast<double>(std::max<qsizetype>(classes_.size(), 1));
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kSmall);
  const QFontMetrics metrics(small);
  int longest = 0;
  for (const QString& name : classes_) longest = std::max(longest, metrics.horizontalAdvance(name));
  const int titles = metrics.height() + 6;
  layout.labels = std::min(longest + 6, static_cast<int>(width() * kNameShare));
  const auto cellFor = [&](int labels) {
    return std::min({(width() - labels - titles - 2.0 * kMargin) / count, (height() - labels - titles - 2.0 * kMargin) / count, kLargestCell});
  };
  // Names stand upright above the columns and need as much room there.
  layout.labels = std::min(layout.labels, static_cast<int>(height() * kNameShare));
  layout.cell = cellFor(layout.labels);
  if (layout.cell < kSmallestLabelled) {
    layout.labels = 0;
    layout.cell = cellFor(0);
  }
  layout.cell = std::max(layout.cell, 1.0);
  layout.origin = QPoint(kMargin + titles + layout.labels, kMargin + titles + layout.labels);
  std::int64_t largest = 0;
  for (const auto& row : counts_)
    for (const auto number : row) largest = std::max(largest, number);
  layout.numbers = layout.cell >= metrics.horizontalAdvance(QString::number(largest)) + 6 && layout.cell >= metrics.height() + 2;
  return layout;
}

QRect ConfusionView::cellRect(int truth, int predicted) const {
  const Layout layout = plan();
  const int row = turned_ ? predicted : truth;
  const int column = turned_ ? truth : predicted;
  const int left = layout.origin.x() + static_cast<int>(std::lround(column * layout.cell));
  const int top = layout.origin.y() + static_cast<int>(std::lround(row * layout.cell));
  const int right = layout.origin.x() + static_cast<int>(std::lround((column + 1) * layout.cell));
  const int bottom = layout.origin.y() + static_cast<int>(std::lround((row + 1) * layout.cell));
  return {left, top, right - left, bottom - top};
}

void ConfusionView::drawCells(QPainter& painter, const Layout& layout) const {
  const auto& colours = theme();
  const QColor full = colours.dark ? QColor("#E2A94A") : QColor("#7A4700");
  for (int truth = 0; truth < classes_.size(); ++truth) {
    for (int predicted = 0; predicted < classes_.size(); ++predicted) {
      const QRect cell = cellRect(truth, predicted);
      const QColor fill = between(colours.lane, full, std::sqrt(share(truth, predicted)));
      painter.fillRect(layout.cell > 6 ? cell.adjusted(0, 0, -1, -1) : cell, fill);
      const auto number = counts_[static_cast<std::size_t>(truth)][static_cast<std::size_t>(predicted)];
      if (!layout.numbers || number == 0) continue;
      painter.setPen(luminance(fill) > 0.55 ? QColor("#1C1B19") : QColor("#FFFFFF"));
      painter.drawText(cell, Qt::AlignCenter, QString::number(number));
    }
  }
  painter.setBrush(Qt::NoBrush);
  painter.setPen(colours.hairline);
  for (int n = 0; n < classes_.size() && layout.cell > 6; ++n) painter.drawRect(cellRect(n, n).adjusted(0, 0, -2, -2));
}

void ConfusionView::drawNames(QPainter& painter, const Layout& layout) const {
  const auto& colours = theme();
  const int titles = painter.fontMetrics().height() + 6;
  const int side = static_cast<int>(std::lround(layout.cell * static_cast<double>(classes_.size())));
  painter.setPen(colours.quiet);
  const QString down = turned_ ? tr("predicted") : tr("true");
  const QString across = turned_ ? tr("true") : tr("predicted");
  painter.drawText(QRect(layout.origin.x(), kMargin, side, titles), Qt::AlignHCenter | Qt::AlignTop, across);
  painter.save();
  painter.translate(kMargin, layout.origin.y() + side);
  painter.rotate(-90);
  painter.drawText(QRect(0, 0, side, titles), Qt::AlignHCenter | Qt::AlignTop, down);
  painter.restore();
  if (layout.labels == 0) return;
  painter.setPen(colours.text);
  for (int n = 0; n < classes_.size(); ++n) {
    const QString name = painter.fontMetrics().elidedText(classes_[n], Qt::ElideMiddle, layout.labels - 4);
    const QRect cell = cellRect(n, n);
    painter.drawText(QRect(layout.origin.x() - layout.labels, cell.top(), layout.labels - 4, cell.height()), Qt::AlignRight | Qt::AlignVCenter, name);
    painter.save();
    painter.translate(cell.left(), layout.origin.y());
    painter.rotate(-90);
    painter.drawText(QRect(4, 0, layout.labels - 4, cell.width()), Qt::AlignLeft | Qt::AlignVCenter, name);
    painter.restore();
  }
}

void ConfusionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (!message_.isEmpty() || classes_.isEmpty()) {
    painter.setPen(theme().quiet);
    painter.drawText(rect().adjusted(12, 8, -12, -8), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * kSmall);
  painter.setFont(small);
  const Layout layout = plan();
  drawCells(painter, layout);
  drawNames(painter, layout);
  if (marked_) {
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(theme().playhead, 2));
    painter.drawRect(cellRect(marked_->first, marked_->second).adjusted(0, 0, -1, -1));
  }
}

std::optional<std::pair<int, int>> ConfusionView::cellAt(const QPoint& place) const {
  if (!message_.isEmpty() || classes_.isEmpty()) return std::nullopt;
  const Layout layout = plan();
  const int column = static_cast<int>(std::floor((place.x() - layout.origin.x()) / layout.cell));
  const int row = static_cast<int>(std::floor((place.y() - layout.origin.y()) / layout.cell));
  if (row < 0 || column < 0 || row >= classes_.size() || column >= classes_.size()) return std::nullopt;
  return turned_ ? std::pair(column, row) : std::pair(row, column);
}

void ConfusionView::mark(std::optional<std::pair<int, int>> cell) {
  if (cell == marked_) return;
  marked_ = cell;
  const QString text = cell ? cellText(cell->first, cell->second) : QString();
  setToolTip(text);
  setAccessibleDescription(text);
  Q_EMIT valueUnderCursor(text);
  update();
}

void ConfusionView::mouseMoveEvent(QMouseEvent* event) { mark(cellAt(event->position().toPoint())); }

void ConfusionView::mouseReleaseEvent(QMouseEvent* event) {
  const auto cell = cellAt(event->position().toPoint());
  if (event->button() == Qt::LeftButton && cell) Q_EMIT cellActivated(cell->first, cell->second);
}

void ConfusionView::keyPressEvent(QKeyEvent* event) {
  if (classes_.isEmpty()) return QWidget::keyPressEvent(event);
  auto [truth, predicted] = marked_.value_or(std::pair(0, 0));
  int& down = turned_ ? predicted : truth;
  int& across = turned_ ? truth : predicted;
  switch (event->key()) {
    case Qt::Key_Up: --down; break;
    case Qt::Key_Down: ++down; break;
    case Qt::Key_Left: --across; break;
    case Qt::Key_Right: ++across; break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (marked_) Q_EMIT cellActivated(truth, predicted);
      return;
    default: return QWidget::keyPressEvent(event);
  }
  const int last = static_cast<int>(classes_.size()) - 1;
  mark(std::pair(std::clamp(truth, 0, last), std::clamp(predicted, 0, last)));
}

void ConfusionView::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (!hasFocus()) mark(std::nullopt);
}

}  // namespace chladni::widgets

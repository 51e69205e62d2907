#include "widgets/attention/position_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/data/colormap.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr double kWidest = 24.0;  // pixels of a patch: a small grid stays a small picture

}  // namespace

PositionView::PositionView(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setLayoutDirection(Qt::LeftToRight);  // neither time nor a plane turns with the writing
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Likeness of positions"));
}

void PositionView::setTable(std::shared_ptr<const Matrix> cosines, const PatchGrid& grid, bool picture) {
  cosines_ = std::move(cosines);
  grid_ = grid;
  picture_ = picture;
  message_.clear();
  choose(grid.rows / 2, grid.columns / 2);
}

void PositionView::setMessage(const QString& text) {
  cosines_.reset();
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void PositionView::choose(int row, int column) {
  row_ = std::clamp(row, 0, std::max(0, grid_.rows - 1));
  column_ = std::clamp(column, 0, std::max(0, grid_.columns - 1));
  update();
}

float PositionView::valueOf(int row, int column) const {
  if (!cosines_) return 0.0F;
  return cosines_->at(static_cast<std::int64_t>(row_) * grid_.columns + column_, static_cast<std::int64_t>(row) * grid_.columns + column);
}

// The grid in its own proportions, as large as there is room.
QRectF PositionView::area() const {
  const QRectF room = QRectF(rect()).adjusted(kMargin, 2, -kMargin, -fontMetrics().height() - 14);
  const double side = std::min({room.width() / std::max(1, grid_.columns), room.height() / std::max(1, grid_.rows), kWidest});
  return {room.left(), room.top(), side * grid_.columns, side * grid_.rows};
}

QRectF PositionView::cellRect(int row, int column) const {
  const QRectF area = this->area();
  const double width = area.width() / grid_.columns;
  const double height = area.height() / grid_.rows;
  const int fromTop = picture_ ? row : grid_.rows - 1 - row;
  return {area.left() + column * width, area.top() + fromTop * height, width, height};
}

void PositionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  if (!cosines_) {
    painter.setPen(theme().quiet);
    painter.drawText(rect().adjusted(kMargin, 2, -kMargin, -2), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  const auto colour = [](float value) {
    const Rgb rgb = colourAt(Colormap::viridis, (value + 1.0F) / 2.0F);
    return QColor(rgb.red, rgb.green, rgb.blue);
  };
  for (int row = 0; row < grid_.rows; ++row)
    for (int column = 0; column < grid_.columns; ++column) painter.fillRect(cellRect(row, column), colour(valueOf(row, column)));
  painter.setPen(hasFocus() ? QPen(theme().accent, 1.5) : QPen(theme().hairline, 1.0));
  painter.drawRect(area());
  painter.setPen(QPen(theme().playhead, 2.0));
  painter.drawRect(cellRect(row_, column_));
  // The scale, with its ends.
  const int line = fontMetrics().height();
  const QRectF bar(kMargin + fontMetrics().horizontalAdvance("−1 ") + 2, area().bottom() + 8 + line / 2.0 - 3, 96, 6);
  for (int i = 0; i < 96; ++i) painter.fillRect(QRectF(bar.left() + i, bar.top(), 1, bar.height()), colour(2.0F * static_cast<float>(i) / 95.0F - 1.0F));
  painter.setPen(theme().quiet);
  painter.drawText(QRectF(kMargin, area().bottom() + 8, bar.left() - kMargin, line), Qt::AlignLeft, QStringLiteral("−1"));
  painter.drawText(QRectF(bar.right() + 4, area().bottom() + 8, width() - bar.right() - kMargin, line), Qt::AlignLeft, tr("1 · cosine with the framed patch"));
}

void PositionView::mouseMoveEvent(QMouseEvent* event) {
  if (!cosines_ || !area().contains(event->position())) return;
  const QRectF area = this->area();
  const int column = static_cast<int>((event->position().x() - area.left()) * grid_.columns / area.width());
  const int fromTop = static_cast<int>((event->position().y() - area.top()) * grid_.rows / area.height());
  choose(picture_ ? fromTop : grid_.rows - 1 - fromTop, column);
  Q_EMIT valueUnderCursor(tr("patch %1 of %2 · row %3, column %4").arg(row_ * grid_.columns + column_ + 1).arg(grid_.patches()).arg(row_).arg(column_));
}

void PositionView::leaveEvent(QEvent*) { Q_EMIT valueUnderCursor({}); }

void PositionView::keyPressEvent(QKeyEvent* event) {
  const int up = picture_ ? -1 : 1;
  const std::pair<int, int> step = event->key() == Qt::Key_Left    ? std::pair(0, -1)
                                   : event->key() == Qt::Key_Right ? std::pair(0, 1)
                                   : event->key() == Qt::Key_Up    ? std::pair(up, 0)
                                   : event->key() == Qt::Key_Down  ? std::pair(-up, 0)
                                                                   : std::pair(0, 0);
  if (!cosines_ || step == std::pair(0, 0)) return QWidget::keyPressEvent(event);
  choose(row_ + step.first, column_ + step.second);
}

}  // namespace chladni::widgets

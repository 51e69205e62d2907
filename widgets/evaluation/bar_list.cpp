#include "widgets/evaluation/bar_list.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kGap = 8;
constexpr int kThick = 8;
constexpr double kNameShare = 0.42;  // of the width, at most

}  // namespace

BarList::BarList(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Bars"));
}

void BarList::setBars(std::vector<Bar> bars, double most) {
  bars_ = std::move(bars);
  most_ = most;
  if (most_ <= 0.0)
    for (const auto& bar : bars_) most_ = std::max(most_, std::isnan(bar.value) ? 0.0 : bar.value);
  if (most_ <= 0.0) most_ = 1.0;
  marked_ = -1;
  updateGeometry();
  update();
}

void BarList::setMessage(const QString& text) {
  message_ = text;
  setAccessibleDescription(text);
  updateGeometry();
  update();
}

int BarList::rowHeight() const { return fontMetrics().height() + 6; }

QSize BarList::sizeHint() const {
  const int rows = message_.isEmpty() ? static_cast<int>(bars_.size()) : 3;
  return {320, std::max(rows, 1) * rowHeight()};
}

int BarList::rowAt(int y) const {
  const int row = y / rowHeight();
  return message_.isEmpty() && y >= 0 && row < static_cast<int>(bars_.size()) ? row : -1;
}

void BarList::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto& colours = theme();
  if (!message_.isEmpty()) {
    painter.setPen(colours.quiet);
    painter.drawText(rect(), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  int names = 0;
  int texts = 0;
  for (const auto& bar : bars_) {
    names = std::max(names, fontMetrics().horizontalAdvance(bar.name));
    texts = std::max(texts, fontMetrics().horizontalAdvance(bar.text));
  }
  names = std::min(names + 2, static_cast<int>(width() * kNameShare));
  const int left = names + kGap;
  const int room = std::max(width() - left - texts - 2 * kGap, 8);
  for (std::size_t n = 0; n < bars_.size(); ++n) {
    const auto& bar = bars_[n];
    const QRect row(0, static_cast<int>(n) * rowHeight(), width(), rowHeight());
    if (static_cast<int>(n) == marked_) {
      QColor wash = colours.accent;
      wash.setAlphaF(0.10F);
      painter.fillRect(row, wash);
    }
    painter.setPen(colours.text);
    painter.drawText(QRect(row.left(), row.top(), names, row.height()), Qt::AlignVCenter | Qt::AlignLeft, fontMetrics().elidedText(bar.name, Qt::ElideMiddle, names));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.hairline);
    const QRectF track(left, row.center().y() - kThick / 2.0, room, kThick);
    painter.drawRoundedRect(track, 2, 2);
    if (!std::isnan(bar.value) && bar.value > 0.0) {
      painter.setBrush(bar.colour.isValid() ? bar.colour : colours.accent);
      painter.drawRoundedRect(QRectF(track.left(), track.top(), std::max(2.0, track.width() * std::min(bar.value / most_, 1.0)), track.height()), 2, 2);
    }
    painter.setPen(colours.quiet);
    painter.drawText(QRect(left + room + kGap, row.top(), texts + 2, row.height()), Qt::AlignVCenter | Qt::AlignRight, bar.text);
  }
}

void BarList::mark(int row) {
  if (row == marked_) return;
  marked_ = row;
  QString text;
  if (row >= 0) {
    const auto& bar = bars_[static_cast<std::size_t>(row)];
    text = bar.name + QStringLiteral(" · ") + (bar.note.isEmpty() ? bar.text : bar.note);
    setToolTip(text);
  }
  setAccessibleDescription(text);
  Q_EMIT valueUnderCursor(text);
  update();
}

void BarList::mouseMoveEvent(QMouseEvent* event) { mark(rowAt(event->position().toPoint().y())); }

void BarList::mouseReleaseEvent(QMouseEvent* event) {
  const int row = rowAt(event->position().toPoint().y());
  if (event->button() == Qt::LeftButton && row >= 0) Q_EMIT activated(row);
}

void BarList::keyPressEvent(QKeyEvent* event) {
  const int last = static_cast<int>(bars_.size()) - 1;
  if (last < 0) return QWidget::keyPressEvent(event);
  switch (event->key()) {
    case Qt::Key_Down: return mark(std::min(marked_ + 1, last));
    case Qt::Key_Up: return mark(std::max(marked_ - 1, 0));
    case Qt::Key_Return:
    case Qt::Key_Enter:
      if (marked_ >= 0) Q_EMIT activated(marked_);
      return;
    default: QWidget::keyPressEvent(event);
  }
}

void BarList::leaveEvent(QEvent* event) {
  QWidget::leaveEvent(event);
  if (!hasFocus()) mark(-1);
}

void BarList::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  if (marked_ < 0 && !bars_.empty() && event->reason() != Qt::MouseFocusReason) mark(0);
}

}  // namespace chladni::widgets

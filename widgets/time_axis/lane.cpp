#include "widgets/time_axis/lane.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kDragPixels = 4.0;
constexpr double kScrollShare = 0.12;      // of the visible stretch, per wheel notch
constexpr double kZoomPerNotch = 1.25;
constexpr double kNotch = 120.0;

}  // namespace

void wheelOnAxis(TimeAxis& axis, QWheelEvent* event, double anchorSeconds) {
  const QPoint turn = event->angleDelta();
  const double notches = (std::abs(turn.y()) >= std::abs(turn.x()) ? turn.y() : turn.x()) / kNotch;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    axis.zoom(std::pow(kZoomPerNotch, notches), anchorSeconds);
  } else {
    axis.scroll(-notches * kScrollShare * axis.span());
  }
  event->accept();
}

// The device of the painter is the widget itself while it is rendered elsewhere, and knows its screen only.
double deviceScale(const QPainter& painter) {
  const QTransform way = painter.deviceTransform();
  return way.type() <= QTransform::TxScale && way.m11() > 0.0 ? way.m11() : 1.0;
}

QRectF lineAt(const QPainter& painter, double x, const QRect& area) {
  const double scale = deviceScale(painter);
  const double origin = painter.deviceTransform().dx();
  return {(std::round(x * scale + origin) - origin) / scale, static_cast<double>(area.top()), std::max(1.0, std::round(scale)) / scale, static_cast<double>(area.height())};
}

Lane::Lane(TimeAxis& axis, const QString& name, QWidget* parent) : QWidget(parent), axis_(axis), name_(name) {
  setLayoutDirection(Qt::LeftToRight);  // as time runs, in every language
  setMouseTracking(true);
  setFocusPolicy(Qt::ClickFocus);
  setMinimumHeight(48);
  setAccessibleName(name);
  for (const auto signal : {&TimeAxis::visibleChanged, &TimeAxis::playheadChanged, &TimeAxis::selectionChanged,
                            &TimeAxis::cursorChanged}) {
    connect(&axis_, signal, this, qOverload<>(&QWidget::update));
  }
}

void Lane::setMessage(const QString& text) {
  if (text == message_) return;
  message_ = text;
  setAccessibleDescription(text);
  update();
}

QRect Lane::dataRect() const { return rect().adjusted(kLaneHeaderWidth, 0, 0, -1); }

double Lane::timeAt(double x) const {
  const QRect area = dataRect();
  return axis_.from() + (x - area.left()) / std::max(1, area.width()) * axis_.span();
}

double Lane::xAt(double seconds) const {
  const QRect area = dataRect();
  if (axis_.span() <= 0.0) return area.left();
  return area.left() + (seconds - axis_.from()) / axis_.span() * area.width();
}

void Lane::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  const QRect area = dataRect();
  painter.fillRect(area, theme().lane);
  painter.save();
  painter.setClipRect(area);
  if (message_.isEmpty()) paintData(painter, area);
  paintMarks(painter, area);
  if (!message_.isEmpty()) {
    const int flags = Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap;
    const QRect box = area.adjusted(12, 4, -12, -4);
    painter.fillRect(painter.boundingRect(box, flags, message_).adjusted(-4, -2, 4, 2), theme().lane);
    painter.setPen(theme().quiet);
    painter.drawText(box, flags, message_);
  }
  painter.restore();
  paintHeader(painter);
  painter.fillRect(QRect(0, height() - 1, width(), 1), theme().hairline);
}

void Lane::paintHeader(QPainter& painter) {
  const QRect header(0, 0, kLaneHeaderWidth, height() - 1);
  painter.fillRect(header, theme().panel);
  painter.fillRect(QRect(header.right(), 0, 1, height()), theme().hairline);
  painter.save();
  painter.setClipRect(header);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.setPen(theme().text);
  const QRect text = header.adjusted(12, 8, -12, -4);
  const int line = QFontMetrics(bold).height() + 3;
  painter.drawText(text, Qt::AlignLeft | Qt::AlignTop, name_);
  painter.setFont(font());
  painter.setPen(theme().quiet);
  int y = text.top() + line;
  for (const QString& one : headerLines()) {
    if (y + fontMetrics().height() > header.bottom()) break;
    painter.drawText(QRect(text.left(), y, text.width(), line), Qt::AlignLeft | Qt::AlignTop,
                     fontMetrics().elidedText(one, Qt::ElideRight, text.width()));
    y += line;
  }
  paintHeaderExtra(painter, header, y);
  painter.restore();
}

void Lane::paintMarks(QPainter& painter, const QRect& area) {
  if (axis_.duration() <= 0.0) return;
  if (const auto& selection = axis_.selection()) {
    QColor wash = theme().accent;
    wash.setAlphaF(0.18F);
    const QRectF marked(QPointF(xAt(selection->first), area.top()), QPointF(xAt(selection->second), area.bottom() + 1));
    painter.fillRect(marked, wash);
    wash.setAlphaF(0.8F);
    painter.fillRect(QRectF(marked.left(), area.top(), 1, area.height()), wash);
    painter.fillRect(QRectF(marked.right() - 1, area.top(), 1, area.height()), wash);
  }
  if (const auto cursor = axis_.cursor()) {
    QColor faint = theme().quiet;
    faint.setAlphaF(0.6F);
    painter.fillRect(lineAt(painter, xAt(*cursor), area), faint);
  }
  painter.fillRect(lineAt(painter, xAt(axis_.playhead()), area), theme().playhead);
}

void Lane::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !dataRect().contains(event->pos())) return;
  pressed_ = event->position();
  dragging_ = false;
}

void Lane::mouseMoveEvent(QMouseEvent* event) {
  const bool inside = dataRect().contains(event->pos());
  axis_.setCursor(inside ? std::optional(timeAt(event->position().x())) : std::nullopt);
  Q_EMIT valueUnderCursor(inside && message_.isEmpty() ? valueAt(event->position()) : QString());
  if (!pressed_) return;
  dragging_ = dragging_ || std::abs(event->position().x() - pressed_->x()) >= kDragPixels;
  if (dragging_) axis_.setSelection(std::pair(timeAt(pressed_->x()), timeAt(event->position().x())));
}

void Lane::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || !pressed_) return;
  if (!dragging_) {
    axis_.setSelection({});
    axis_.requestSeek(timeAt(pressed_->x()));
  }
  pressed_.reset();
  dragging_ = false;
}

void Lane::wheelEvent(QWheelEvent* event) { wheelOnAxis(axis_, event, timeAt(event->position().x())); }

void Lane::leaveEvent(QEvent*) {
  axis_.setCursor({});
  Q_EMIT valueUnderCursor({});
}

}  // namespace chladni::widgets

#include "widgets/waveform/overview_strip.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "widgets/theme/theme.h"
#include "widgets/time_axis/time_ruler.h"
#include "widgets/waveform/waveform_lane.h"

namespace chladni::widgets {

OverviewStrip::OverviewStrip(TimeAxis& axis, QWidget* parent) : QWidget(parent), axis_(axis) {
  setLayoutDirection(Qt::LeftToRight);  // as time runs, in every language
  setFixedHeight(44);
  setAccessibleName(tr("Overview of the whole file"));
  setCursor(Qt::PointingHandCursor);
  for (const auto signal : {&TimeAxis::visibleChanged, &TimeAxis::playheadChanged, &TimeAxis::selectionChanged}) {
    connect(&axis_, signal, this, qOverload<>(&QWidget::update));
  }
}

void OverviewStrip::setPeaks(std::vector<std::shared_ptr<const MinMaxPyramid>> channels, int rateHz) {
  channels_ = std::move(channels);
  rate_ = rateHz;
  update();
}

QRect OverviewStrip::area() const { return rect().adjusted(kLaneHeaderWidth, 3, 0, -3); }

double OverviewStrip::timeAt(double x) const {
  return (x - area().left()) / std::max(1, area().width()) * axis_.duration();
}

double OverviewStrip::xAt(double seconds) const {
  return axis_.duration() > 0.0 ? area().left() + seconds / axis_.duration() * area().width() : area().left();
}

void OverviewStrip::resizeEvent(QResizeEvent*) { update(); }

void OverviewStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  painter.fillRect(rect(), theme().panel);
  painter.fillRect(QRect(kLaneHeaderWidth - 1, 0, 1, height()), theme().hairline);
  painter.setPen(theme().text);
  QFont bold = font();
  bold.setWeight(QFont::DemiBold);
  painter.setFont(bold);
  painter.drawText(QRect(12, 5, kLaneHeaderWidth - 24, height() / 2), Qt::AlignLeft | Qt::AlignTop, tr("Whole file"));
  painter.setFont(font());
  painter.setPen(theme().quiet);
  painter.drawText(QRect(12, 0, kLaneHeaderWidth - 24, height() - 5), Qt::AlignLeft | Qt::AlignBottom,
                   rulerText(axis_.duration(), 0.01));
  const QRect area = this->area();
  painter.fillRect(QRect(area.left(), 0, area.width(), height()), theme().lane);
  if (axis_.duration() <= 0.0) return;
  const double gain = displayGain(channels_);
  for (const auto& channel : channels_) {
    if (rate_ > 0) paintPeaks(painter, area, *channel, rate_, 0.0, axis_.duration(), gain);
  }
  const QRectF box(QPointF(xAt(axis_.from()), 0.5), QPointF(std::max(xAt(axis_.from()) + 4.0, xAt(axis_.to())) - 1.0, height() - 1.5));
  QColor outside = theme().window;
  outside.setAlphaF(0.72F);
  painter.fillRect(QRectF(area.left(), 0, box.left() - area.left(), height()), outside);
  painter.fillRect(QRectF(box.right() + 1, 0, area.right() - box.right(), height()), outside);
  if (const auto& selection = axis_.selection()) {
    QColor wash = theme().accent;
    wash.setAlphaF(0.25F);
    painter.fillRect(QRectF(QPointF(xAt(selection->first), 0), QPointF(xAt(selection->second), height())), wash);
  }
  painter.setPen(QPen(theme().accent, 1.5));
  painter.drawRect(box);
  painter.fillRect(lineAt(painter, xAt(axis_.playhead()), rect()), theme().playhead);
}

void OverviewStrip::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton || axis_.duration() <= 0.0) return;
  const double at = timeAt(event->position().x());
  // Beside the box: the box jumps to be centred there, and can be dragged on.
  if (at < axis_.from() || at > axis_.to()) axis_.scroll(at - axis_.span() / 2.0 - axis_.from());
  grip_ = at - axis_.from();
}

void OverviewStrip::mouseMoveEvent(QMouseEvent* event) {
  if (grip_) axis_.scroll(timeAt(event->position().x()) - *grip_ - axis_.from());
}

void OverviewStrip::mouseReleaseEvent(QMouseEvent*) { grip_.reset(); }

void OverviewStrip::wheelEvent(QWheelEvent* event) { wheelOnAxis(axis_, event, timeAt(event->position().x())); }

}  // namespace chladni::widgets

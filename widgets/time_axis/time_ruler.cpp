#include "widgets/time_axis/time_ruler.h"

#include <QMouseEvent>
#include <QPainter>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kMinorParts = 5;

}  // namespace

TimeRuler::TimeRuler(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Time"), parent) {
  setFixedHeight(26);
  setFocusPolicy(Qt::NoFocus);
  setToolTip(tr("Click or drag to move the playhead"));
  connect(&axis, &TimeAxis::playheadChanged, this, qOverload<>(&QWidget::update));
}

void TimeRuler::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  painter.setFont(axisFont(font()));
  const QFontMetrics metrics(painter.font());
  const QRect area = dataRect();
  painter.setPen(theme().quiet);
  painter.drawText(QRect(12, 0, kLaneHeaderWidth - 12, height()), Qt::AlignVCenter, axis().to() >= 3600.0 ? tr("h:mm:ss") : tr("m:ss"));
  painter.fillRect(QRect(kLaneHeaderWidth - 1, 0, 1, height()), theme().hairline);
  painter.fillRect(QRect(0, height() - 1, width(), 1), theme().hairline);
  if (axis().span() <= 0.0) return;

  painter.setClipRect(area);
  const int labelWidth = metrics.horizontalAdvance(rulerText(axis().to(), axis().span() / 20.0)) + 28;
  const double step = rulerStep(axis().span(), std::max(1, area.width() / labelWidth));
  const double minor = step / kMinorParts;
  const QColor tick = mixed(theme().quiet, theme().panel, 0.6);
  const auto last = static_cast<qint64>(std::ceil(axis().to() / minor));
  for (auto i = static_cast<qint64>(std::floor(axis().from() / minor)) - kMinorParts; i <= last; ++i) {
    if (i < 0) continue;
    const double seconds = static_cast<double>(i) * minor;
    const int x = static_cast<int>(std::round(xAt(seconds)));
    const bool major = i % kMinorParts == 0;
    painter.fillRect(QRect(x, major ? 6 : height() - 5, 1, major ? height() - 7 : 4), major ? tick : theme().hairline);
    if (major) painter.drawText(QRect(x + 4, 0, labelWidth, height() - 4), Qt::AlignVCenter | Qt::AlignLeft, rulerText(seconds, step));
  }
  if (const auto& selection = axis().selection()) {
    QColor wash = theme().accent;
    wash.setAlphaF(0.25F);
    painter.fillRect(QRectF(QPointF(xAt(selection->first), 0), QPointF(xAt(selection->second), height())), wash);
  }
  const double x = std::round(xAt(axis().playhead()));
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().playhead);
  painter.drawPolygon(QPolygonF({{x - 4.5, height() - 9.0}, {x + 5.5, height() - 9.0}, {x + 0.5, height() - 1.0}}));
}

void TimeRuler::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) {
    Lane::mousePressEvent(event);
  } else if (dataRect().contains(event->pos())) {
    moving_ = true;
    axis().requestSeek(timeAt(event->position().x()));
  }
}

void TimeRuler::mouseMoveEvent(QMouseEvent* event) {
  if (moving_) axis().requestSeek(timeAt(event->position().x()));
  Lane::mouseMoveEvent(event);
}

void TimeRuler::mouseReleaseEvent(QMouseEvent* event) {
  if (event->button() == Qt::LeftButton) moving_ = false;
  Lane::mouseReleaseEvent(event);
}

}  // namespace chladni::widgets

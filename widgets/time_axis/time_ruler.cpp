#include "widgets/time_axis/time_ruler.h"

#include <QPainter>
#include <array>
#include <cmath>

#include "widgets/theme/theme.h"
#include "widgets/time_axis/clock_text.h"

namespace chladni::widgets {

QString rulerText(double seconds, double step) {
  const int decimals = step >= 0.999 ? 0 : step >= 0.0999 ? 1 : step >= 0.00999 ? 2 : 3;
  return clockText(seconds, decimals);
}

double rulerStep(double span, int wanted) {
  static constexpr std::array kSteps = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,  0.2,   0.5,   1.0,   2.0,    5.0,
                                        10.0,  15.0,  30.0,  60.0, 120., 300., 600., 900.0, 1800., 3600., 7200.0, 14400.0};
  for (const double step : kSteps) {
    if (span / step <= wanted) return step;
  }
  return kSteps.back();
}

TimeRuler::TimeRuler(TimeAxis& axis, QWidget* parent) : Lane(axis, tr("Time"), parent) {
  setFixedHeight(26);
}

void TimeRuler::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  painter.fillRect(rect(), theme().panel);
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  painter.setFont(small);
  const QFontMetrics metrics(small);
  const QRect area = dataRect();
  painter.setPen(theme().quiet);
  painter.drawText(QRect(12, 0, kLaneHeaderWidth - 12, height()), Qt::AlignVCenter, tr("m:ss"));
  painter.fillRect(QRect(kLaneHeaderWidth - 1, 0, 1, height()), theme().hairline);
  painter.fillRect(QRect(0, height() - 1, width(), 1), theme().hairline);
  if (axis().span() <= 0.0) return;

  painter.setClipRect(area);
  const int labelWidth = metrics.horizontalAdvance("0:00:00.000") + 12;
  const double step = rulerStep(axis().span(), std::max(1, area.width() / labelWidth));
  const double minor = step / 5.0;
  const auto last = static_cast<qint64>(std::ceil(axis().to() / minor));
  for (auto tick = static_cast<qint64>(std::floor(axis().from() / minor)); tick <= last; ++tick) {
    const double seconds = static_cast<double>(tick) * minor;
    const int x = static_cast<int>(std::round(xAt(seconds)));
    const bool major = tick % 5 == 0;
    painter.fillRect(QRect(x, major ? height() - 9 : height() - 5, 1, major ? 8 : 4), theme().hairline);
    if (major && x + labelWidth - 8 < area.right() + metrics.horizontalAdvance("0") * 4) painter.drawText(x + 4, height() - 10 + metrics.ascent() / 3, rulerText(seconds, step));
  }
  if (const auto& selection = axis().selection()) {
    QColor wash = theme().accent;
    wash.setAlphaF(0.25F);
    painter.fillRect(QRectF(QPointF(xAt(selection->first), 0), QPointF(xAt(selection->second), height())), wash);
  }
  const double x = lineAt(painter, xAt(axis().playhead()), area).left();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme().playhead);
  painter.drawPolygon(QPolygonF({{x - 4.0, height() - 9.0}, {x + 5.0, height() - 9.0}, {x + 0.5, height() - 1.0}}));
}

}  // namespace chladni::widgets

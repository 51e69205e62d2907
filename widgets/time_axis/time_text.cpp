#include "widgets/time_axis/time_text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chladni::widgets {

QString rulerText(double seconds, double step) {
  const int decimals = step >= 0.999 ? 0 : step >= 0.0999 ? 1 : step >= 0.00999 ? 2 : 3;
  const double unit = std::pow(10.0, decimals);
  const auto ticks = static_cast<qint64>(std::llround(std::max(0.0, seconds) * unit));
  const qint64 whole = ticks / static_cast<qint64>(unit);
  const qint64 rest = ticks % static_cast<qint64>(unit);
  QString text = whole >= 3600 ? QStringLiteral("%1:%2").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                               : QString::number(whole / 60);
  text += QStringLiteral(":%1").arg(whole % 60, 2, 10, QLatin1Char('0'));
  if (decimals > 0) text += QStringLiteral(".%1").arg(rest, decimals, 10, QLatin1Char('0'));
  return text;
}

double rulerStep(double span, int wanted) {
  static constexpr std::array kSteps = {0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1,   0.2,    0.5,    1.0,    2.0,     5.0,     10.0,
                                        15.0,  30.0,  60.0,  120., 300., 600., 900.0, 1800.0, 3600.0, 7200.0, 14400.0, 43200.0, 86400.0};
  for (const double step : kSteps) {
    if (span / step <= wanted) return step;
  }
  return kSteps.back();
}

}  // namespace chladni::widgets

#include "widgets/time_axis/clock_text.h"

#include <cmath>

namespace chladni::widgets {

QString clockText(double seconds, int decimals) {
  const auto unit = static_cast<qint64>(std::llround(std::pow(10.0, decimals)));
  const auto ticks = seconds > 0.0 && std::isfinite(seconds) ? static_cast<qint64>(std::llround(seconds * static_cast<double>(unit))) : 0;
  const qint64 whole = ticks / unit;
  QString text = whole >= 3600 ? QStringLiteral("%1:%2").arg(whole / 3600).arg(whole / 60 % 60, 2, 10, QLatin1Char('0'))
                               : QString::number(whole / 60);
  text += QStringLiteral(":%1").arg(whole % 60, 2, 10, QLatin1Char('0'));
  if (decimals > 0) text += QStringLiteral(".%1").arg(ticks % unit, decimals, 10, QLatin1Char('0'));
  return text;
}

}  // namespace chladni::widgets

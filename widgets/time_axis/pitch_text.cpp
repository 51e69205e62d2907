#include "widgets/time_axis/pitch_text.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

namespace chladni::widgets {

QString pitchClassName(int pitch) {
  static constexpr std::array kNames = {"C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"};
  return QString::fromUtf8(kNames[static_cast<std::size_t>(((pitch % 12) + 12) % 12)]);
}

QString pitchText(double hertz) {
  if (!(hertz >= 16.0) || !std::isfinite(hertz)) return {};
  const double pitch = 69.0 + 12.0 * std::log2(hertz / 440.0);
  const int nearest = static_cast<int>(std::lround(pitch));
  const int cents = static_cast<int>(std::lround(100.0 * (pitch - nearest)));
  return QStringLiteral("%1%2 %3%4 ct").arg(pitchClassName(nearest)).arg(nearest / 12 - 1).arg(cents < 0 ? QChar(0x2212) : QChar('+')).arg(std::abs(cents));
}

QString frequencyText(double hertz) {
  return hertz < 1000.0 ? QCoreApplication::translate("chladni::widgets", "%1 Hz").arg(hertz, 0, 'f', 0)
                        : QCoreApplication::translate("chladni::widgets", "%1 kHz").arg(hertz / 1000.0, 0, 'f', 2);
}

}  // namespace chladni::widgets

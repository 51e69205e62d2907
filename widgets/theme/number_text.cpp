#include "widgets/theme/number_text.h"

#include <QCoreApplication>
#include <array>
#include <cmath>

namespace chladni::widgets {
namespace {

constexpr QChar kMinus(0x2212);
constexpr double kSilentAmplitude = 1e-6;

QString tr(const char* text) { return QCoreApplication::translate("chladni::widgets", text); }

// Without a sign in front of zero.
QString rounded(double value, int decimals) {
  QString text = QString::number(value, 'f', decimals);
  if (text.toDouble() == 0.0 && text.startsWith('-')) text.remove(0, 1);
  return text.replace('-', kMinus);
}

}  // namespace

QString decibels(double level, int decimals) {
  if (!std::isfinite(level)) return tr("silence");
  return tr("%1 dB").arg(rounded(level, decimals));
}

QString decibelText(double amplitude) {
  return amplitude < kSilentAmplitude ? tr("silence") : decibels(20.0 * std::log10(amplitude));
}

QString hertzText(double hertz) {
  return hertz < 1000.0 ? tr("%1 Hz").arg(hertz, 0, 'f', 0) : tr("%1 kHz").arg(hertz / 1000.0, 0, 'f', 2);
}

QString noteText(double hertz) {
  if (!(hertz >= 16.0)) return {};
  static constexpr std::array kNames = {"C", "C♯", "D", "E♭", "E", "F", "F♯", "G", "A♭", "A", "B♭", "B"};
  const double pitch = 69.0 + 12.0 * std::log2(hertz / 440.0);
  const int nearest = static_cast<int>(std::lround(pitch));
  const int cents = static_cast<int>(std::lround(100.0 * (pitch - nearest)));
  const QString name = QString::fromUtf8(kNames[static_cast<std::size_t>(nearest % 12)]);
  return QStringLiteral("%1%2 %3%4 ct").arg(name).arg(nearest / 12 - 1).arg(cents < 0 ? kMinus : QChar('+')).arg(std::abs(cents));
}

QString probabilityText(double p) { return QString::number(p, 'f', 2); }

QString shortClassName(const std::string& name) {
  QString text = QString::fromStdString(name);
  if (text.startsWith(QStringLiteral("playing "))) text.remove(0, 8);
  return text;
}

}  // namespace chladni::widgets

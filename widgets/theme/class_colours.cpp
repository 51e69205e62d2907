#include "widgets/theme/class_colours.h"

#include <array>
#include <cmath>
#include <cstdint>

namespace chladni::widgets {
namespace {

// Okabe and Ito's eight without black, then hues between theirs, each at about the lightness of a neighbour.
constexpr std::array<std::uint32_t, 21> kColours = {0xE69F00, 0x56B4E9, 0x009E73, 0xCC79A7, 0x0072B2, 0xD55E00, 0xB8A800,
                                                    0x8C6BB1, 0x3E8E8E, 0xB07D4F, 0x7A9A01, 0xC05070, 0x5B7FBF, 0xA0522D,
                                                    0x4FB3A5, 0xE07B91, 0x9A86D8, 0x6B8E4E, 0xC98A1B, 0x2F8FC4, 0xB565C0};

double luminance(const QColor& colour) {
  const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

QColor backgroundColour() { return QColor(0x8C, 0x89, 0x82); }

QColor classColour(const QString& className) {
  const QString plain = className.trimmed().toLower();
  if (plain == "background" || plain == "other" || plain == "unknown" || plain == "silence") return backgroundColour();
  // FNV-1a: the same name has the same colour on every machine, in every file.
  std::uint32_t hash = 2166136261U;
  for (const char byte : plain.toUtf8()) hash = (hash ^ static_cast<unsigned char>(byte)) * 16777619U;
  return QColor::fromRgb(kColours[hash % kColours.size()]);
}

QColor textOn(const QColor& ground) {
  const double light = luminance(ground);
  // Contrast with white is 1.05 / (L + 0.05), with black (L + 0.05) / 0.05.
  return 1.05 / (light + 0.05) >= (light + 0.05) / 0.05 ? QColor(Qt::white) : QColor(0x1C, 0x1B, 0x19);
}

}  // namespace chladni::widgets

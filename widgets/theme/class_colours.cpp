#include "widgets/theme/class_colours.h"

#include <QHash>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/data/class_palette.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr double kMarkContrast = 3.0;
constexpr int kSteps = 50;

// WCAG 2.1.
double luminance(const QColor& colour) {
  const auto linear = [](double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

double contrast(const QColor& one, const QColor& two) {
  const auto [darker, lighter] = std::minmax({luminance(one), luminance(two)});
  return (lighter + 0.05) / (darker + 0.05);
}

QColor towards(const QColor& colour, const QColor& end, float part) {
  const auto mix = [part](float from, float to) { return from + (to - from) * part; };
  return QColor::fromRgbF(mix(colour.redF(), end.redF()), mix(colour.greenF(), end.greenF()), mix(colour.blueF(), end.blueF()));
}

QColor movedAway(const QColor& colour) {
  const QColor end = theme().dark ? QColor(Qt::white) : QColor(Qt::black);
  for (int step = 0; step < kSteps; ++step) {
    const QColor tried = towards(colour, end, static_cast<float>(step) / kSteps);
    if (std::min(contrast(tried, theme().lane), contrast(tried, theme().panel)) >= kMarkContrast) return tried;
  }
  return end;
}

QHash<QString, QRgb>& chosen() {
  static QHash<QString, QRgb> colours;
  return colours;
}

QString stemOf(const QString& name) { return QString::fromStdString(classStem(name.toStdString())); }

}  // namespace

QColor markColour(std::uint32_t colour) {
  static std::array<QHash<QRgb, QColor>, 2> made;  // thousands of labels ask for few colours
  QColor& known = made[theme().dark ? 1 : 0][colour];
  if (!known.isValid()) known = movedAway(QColor::fromRgb(colour));
  return known;
}

QColor classColour(const QString& name) {
  const auto found = chosen().constFind(stemOf(name));
  return markColour(found != chosen().cend() ? *found : chladni::classColour(name.toStdString()));
}

void setChosenColours(const std::vector<LabelClass>& classes) {
  chosen().clear();
  for (const LabelClass& one : classes) chosen().insert(stemOf(QString::fromStdString(one.name)), one.colour);
}

QColor seriesColour(int n) {
  static const std::array<const char*, 8> kLight = {"#9A5B00", "#0072B2", "#00795A", "#A8447F", "#C24E00", "#5B4B9A", "#3E7C8E", "#6B7A00"};
  static const std::array<const char*, 8> kDark = {"#E2A94A", "#56B4E9", "#3CC79A", "#E08CBE", "#F0864A", "#A79AE0", "#7CC7D6", "#C5CF5A"};
  const auto index = static_cast<std::size_t>(std::max(n, 0)) % kLight.size();
  return QColor(theme().dark ? kDark[index] : kLight[index]);
}

}  // namespace chladni::widgets

#include "widgets/spectrogram/value_scale.h"

#include <QColor>
#include <QCoreApplication>
#include <algorithm>
#include <cmath>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

const QColor kBelow(0, 90, 181);
const QColor kAbove(220, 50, 32);
constexpr double kLeastTopDb = -60.0;

// In steps, so that it settles at once.
double stepOf(SpectrogramScale scale) { return scale == SpectrogramScale::decibel ? 5.0 : scale == SpectrogramScale::coefficient ? 20.0 : 0.25; }

QString minus(QString number) { return number.replace('-', QChar(0x2212)); }

}  // namespace

bool ValueScale::see(const Tile& tile) {
  if (tile.values.values.empty()) return false;
  const auto [low, high] = std::minmax_element(tile.values.values.begin(), tile.values.values.end());
  const double step = stepOf(scale_);
  double lowest = std::floor(*low / step) * step;
  double highest = std::ceil(*high / step) * step;
  if (scale_ == SpectrogramScale::decibel) highest = std::max(kLeastTopDb, highest);
  if (seen_) {
    lowest = std::min(lowest, lowest_);
    highest = std::max(highest, highest_);
  }
  const bool moved = !seen_ || highest != highest_ ||
                     (scale_ != SpectrogramScale::decibel && lowest != lowest_);
  seen_ = true;
  lowest_ = lowest;
  highest_ = highest;
  return moved && scale_ != SpectrogramScale::chroma;
}

double ValueScale::high(const Settings& settings) const {
  switch (scale_) {
    case SpectrogramScale::decibel: return settings.evenColumns ? 0.0 : highest_ - settings.gainDb;
    case SpectrogramScale::chroma: return 1.0;
    case SpectrogramScale::coefficient: return std::max({1.0, -lowest_, highest_}) * std::pow(10.0, -settings.gainDb / 20.0);
    default: return std::max(highest_, lowest_ + 1e-6);
  }
}

double ValueScale::low(const Settings& settings) const {
  switch (scale_) {
    case SpectrogramScale::decibel: return high(settings) - settings.rangeDb;
    case SpectrogramScale::chroma: return 0.0;
    case SpectrogramScale::coefficient: return -high(settings);
    default: return lowest_;
  }
}

std::array<QRgb, 256> ValueScale::pixels(Colormap map) const {
  std::array<QRgb, 256> result;
  const auto& table = colours(map);
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (scale_ != SpectrogramScale::coefficient) {
      result[i] = qRgb(table[i].red, table[i].green, table[i].blue);
      continue;
    }
    const double share = (static_cast<double>(i) - 127.5) / 127.5;
    const QColor& end = share < 0.0 ? kBelow : kAbove;
    const QColor& middle = theme().lane;
    const auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * std::abs(share))); };
    result[i] = qRgb(mix(middle.red(), end.red()), mix(middle.green(), end.green()), mix(middle.blue(), end.blue()));
  }
  return result;
}

QString ValueScale::unit() const {
  return scale_ == SpectrogramScale::decibel || scale_ == SpectrogramScale::coefficient ? QStringLiteral("dB") : QString();
}

QString ValueScale::text(double value) const {
  if (scale_ == SpectrogramScale::decibel) return minus(QCoreApplication::translate("ValueScale", "%1 dB").arg(value, 0, 'f', 1));
  return minus(QString::number(value, 'f', scale_ == SpectrogramScale::coefficient ? 1 : 2));
}

QString ValueScale::endText(double value) const {
  const bool whole = scale_ == SpectrogramScale::decibel || scale_ == SpectrogramScale::coefficient;
  return minus(QString::number(value, 'f', whole ? 0 : scale_ == SpectrogramScale::chroma ? 1 : 2));
}

}  // namespace chladni::widgets

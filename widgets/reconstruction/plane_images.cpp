#include "widgets/reconstruction/plane_images.h"

#include <algorithm>
#include <cmath>

#include "core/data/colormap.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kRampSteps = 256;

QRgb magnitude(float share) {
  const Rgb colour = colourAt(Colormap::magma, share);
  return qRgb(colour.red, colour.green, colour.blue);
}

// -1 .. 1: blue, the background of data, red.
QRgb diverging(float share) {
  const float amount = std::min(1.0F, std::abs(share));
  const QColor end = share < 0.0F ? QColor(0, 90, 181) : QColor(220, 50, 32);
  const QColor& middle = theme().lane;
  const auto mix = [&](int from, int to) { return static_cast<int>(std::lround(from + (to - from) * amount)); };
  return qRgb(mix(middle.red(), end.red()), mix(middle.green(), end.green()), mix(middle.blue(), end.blue()));
}

template <class Colour>
QImage drawn(const Matrix& table, std::int64_t columns, Colour colour) {
  const auto width = static_cast<int>(std::min(columns, table.rows));
  const auto height = static_cast<int>(table.columns);
  const auto bins = static_cast<std::size_t>(table.columns);
  QImage image(std::max(1, width), std::max(1, height), QImage::Format_RGB32);
  image.fill(theme().lane);
  for (int bin = 0; bin < height; ++bin) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(height - 1 - bin));
    for (int column = 0; column < width; ++column) line[column] = colour(static_cast<std::size_t>(column) * bins + static_cast<std::size_t>(bin));
  }
  return image;
}

}  // namespace

std::pair<float, float> valueSpan(const Matrix& table) {
  float low = 0.0F;
  float high = 0.0F;
  bool any = false;
  for (const float value : table.values) {
    if (!std::isfinite(value)) continue;
    low = any ? std::min(low, value) : value;
    high = any ? std::max(high, value) : value;
    any = true;
  }
  return {low, high > low ? high : low + 1.0F};
}

QImage tableImage(const Matrix& table, std::int64_t columns, float low, float high) {
  return drawn(table, columns, [&](std::size_t i) { return magnitude((table.values[i] - low) / (high - low)); });
}

QImage maskedTableImage(const Matrix& table, const std::vector<std::uint8_t>& hidden, std::int64_t columns, float low, float high) {
  return drawn(table, columns, [&](std::size_t i) {
    return i < hidden.size() && hidden[i] != 0 ? kHiddenColour.rgb() : magnitude((table.values[i] - low) / (high - low));
  });
}

QImage differenceImage(const Matrix& a, const Matrix& b, std::int64_t columns, float reach) {
  return drawn(a, columns, [&](std::size_t i) { return diverging((a.values[i] - b.values[i]) / reach); });
}

QImage maskedColourImage(const Matrix& plane, const std::vector<std::uint8_t>& hidden, const PictureSpec& spec) {
  const auto width = static_cast<int>(plane.columns / 3);
  const auto height = static_cast<int>(plane.rows);
  QImage image(std::max(1, width), std::max(1, height), QImage::Format_RGB32);
  const bool blueFirst = spec.channelOrder == "bgr";
  for (int y = 0; y < height; ++y) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(y));
    for (int x = 0; x < width; ++x) {
      int rgb[3] = {};
      const std::size_t first = static_cast<std::size_t>(y) * static_cast<std::size_t>(plane.columns) + 3 * static_cast<std::size_t>(x);
      for (std::size_t channel = 0; channel < 3; ++channel) {
        const std::size_t colour = blueFirst ? 2 - channel : channel;
        const float value = (plane.values[first + channel] * spec.deviation[colour] + spec.mean[colour]) / spec.scale;
        rgb[colour] = static_cast<int>(std::clamp(std::isfinite(value) ? value : 0.0F, 0.0F, 255.0F));
      }
      line[x] = first < hidden.size() && hidden[first] != 0 ? kHiddenColour.rgb() : qRgb(rgb[0], rgb[1], rgb[2]);
    }
  }
  return image;
}

QImage colourImage(const Matrix& plane, const PictureSpec& spec) { return maskedColourImage(plane, {}, spec); }

QImage magnitudeRamp() {
  QImage ramp(kRampSteps, 1, QImage::Format_RGB32);
  for (int i = 0; i < kRampSteps; ++i) ramp.setPixel(i, 0, magnitude(static_cast<float>(i) / (kRampSteps - 1)));
  return ramp;
}

QImage differenceRamp() {
  QImage ramp(kRampSteps, 1, QImage::Format_RGB32);
  for (int i = 0; i < kRampSteps; ++i) ramp.setPixel(i, 0, diverging(2.0F * static_cast<float>(i) / (kRampSteps - 1) - 1.0F));
  return ramp;
}

}  // namespace chladni::widgets

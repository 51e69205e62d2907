#include "widgets/spectrogram/frequency_axis.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace chladni::widgets {
namespace {

constexpr double kLowestLogHz = 30.0;

double mel(double hertz) { return 2595.0 * std::log10(1.0 + hertz / 700.0); }
double hertzOfMel(double value) { return 700.0 * (std::pow(10.0, value / 2595.0) - 1.0); }

double warped(FrequencyScale scale, double hertz) {
  switch (scale) {
    case FrequencyScale::linear: return hertz;
    case FrequencyScale::logarithmic: return std::log(std::max(hertz, 1e-3));
    case FrequencyScale::mel: return mel(std::max(hertz, 0.0));
  }
  return hertz;
}

double unwarped(FrequencyScale scale, double value) {
  switch (scale) {
    case FrequencyScale::linear: return value;
    case FrequencyScale::logarithmic: return std::exp(value);
    case FrequencyScale::mel: return hertzOfMel(value);
  }
  return value;
}

}  // namespace

FrequencyAxis FrequencyAxis::over(FrequencyScale scale, double first, double last) {
  FrequencyAxis axis;
  axis.scale = scale;
  axis.lowHz = scale == FrequencyScale::logarithmic ? std::max(kLowestLogHz, first) : 0.0;
  axis.highHz = last;
  return axis;
}

double FrequencyAxis::hertzAt(double share) const {
  const double low = warped(scale, lowHz);
  return unwarped(scale, low + std::clamp(share, 0.0, 1.0) * (warped(scale, highHz) - low));
}

double FrequencyAxis::shareAt(double hertz) const {
  const double low = warped(scale, lowHz);
  const double span = warped(scale, highHz) - low;
  return span > 0.0 ? (warped(scale, hertz) - low) / span : 0.0;
}

std::vector<double> FrequencyAxis::marks() const {
  std::vector<double> marks;
  if (!valid()) return marks;
  if (scale == FrequencyScale::linear) {
    static constexpr std::array kSteps = {100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0, 10000.0, 20000.0};
    const auto* step = std::find_if(kSteps.begin(), kSteps.end() - 1, [&](double one) { return highHz / one <= 12.0; });
    for (double hertz = *step; hertz < highHz; hertz += *step) marks.push_back(hertz);
    return marks;
  }
  for (double decade = 10.0; decade < highHz; decade *= 10.0) {
    for (const double part : {1.0, 2.0, 5.0}) {
      const double hertz = decade * part;
      if (hertz > lowHz && hertz < highHz) marks.push_back(hertz);
    }
  }
  return marks;
}

std::vector<PixelRow> pixelRows(const FrequencyAxis& axis, const std::vector<float>& bins, int count) {
  std::vector<PixelRow> rows;
  if (bins.empty() || count <= 0 || !axis.valid()) return rows;
  rows.reserve(static_cast<std::size_t>(count));
  const auto last = static_cast<int>(bins.size()) - 1;
  const auto firstAbove = [&](double hertz) {
    return static_cast<int>(std::upper_bound(bins.begin(), bins.end(), static_cast<float>(hertz)) - bins.begin());
  };
  for (int r = 0; r < count; ++r) {
    const double top = axis.hertzAt(1.0 - static_cast<double>(r) / count);
    const double bottom = axis.hertzAt(1.0 - static_cast<double>(r + 1) / count);
    const auto below = static_cast<int>(std::lower_bound(bins.begin(), bins.end(), static_cast<float>(bottom)) - bins.begin());
    const int above = firstAbove(top);
    if (above - below >= 2) {
      rows.push_back({below, std::min(above - 1, last), 0.0F});
      continue;
    }
    // Fewer bins than rows here: between two of them.
    const double middle = (top + bottom) / 2.0;
    const int upper = firstAbove(middle);
    const int left = std::clamp(upper - 1, 0, last);
    const int right = std::clamp(upper, 0, last);
    const double width = bins[static_cast<std::size_t>(right)] - bins[static_cast<std::size_t>(left)];
    const double mix = width > 0.0 ? (middle - bins[static_cast<std::size_t>(left)]) / width : 0.0;
    rows.push_back({left, right, static_cast<float>(std::clamp(mix, 1e-3, 1.0))});
  }
  return rows;
}

}  // namespace chladni::widgets

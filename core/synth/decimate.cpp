#include "core/synth/decimate.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace chladni::synth {
namespace {

constexpr int kHalfWidth = 24;  // in output samples

std::vector<float> lowPass(int factor) {
  const int reach = kHalfWidth * factor;
  std::vector<float> taps;
  double sum = 0.0;
  for (int n = -reach; n <= reach; ++n) {
    const double x = 0.94 * n / factor;  // the edge a little below the new Nyquist frequency
    const double sinc = n == 0 ? 1.0 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
    const double phase = std::numbers::pi * n / (reach + 1.0);
    const double window = 0.42 + 0.5 * std::cos(phase) + 0.08 * std::cos(2.0 * phase);  // Blackman
    taps.push_back(static_cast<float>(sinc * window));
    sum += sinc * window;
  }
  for (float& tap : taps) tap /= static_cast<float>(sum);
  return taps;
}

}  // namespace

std::vector<float> decimate(const std::vector<float>& samples, int factor) {
  if (factor <= 1) return samples;
  const auto taps = lowPass(factor);
  const auto reach = static_cast<std::int64_t>(taps.size() / 2);
  const auto count = static_cast<std::int64_t>(samples.size());
  std::vector<float> result(static_cast<std::size_t>((count + factor - 1) / factor));
  for (std::int64_t m = 0; m < static_cast<std::int64_t>(result.size()); ++m) {
    const auto centre = m * factor;
    const auto first = std::max<std::int64_t>(0, centre - reach);
    const auto last = std::min(count - 1, centre + reach);
    float sum = 0.0F;
    for (auto n = first; n <= last; ++n)
      sum += samples[static_cast<std::size_t>(n)] * taps[static_cast<std::size_t>(n - centre + reach)];
    result[static_cast<std::size_t>(m)] = sum;
  }
  return result;
}

}  // namespace chladni::synth

#include "core/dsp/spectral_mask.h"

#include <algorithm>
#include <cmath>

#include "core/dsp/real_fft.h"
#include "core/dsp/window.h"

namespace chladni::dsp {

Result<std::vector<float>> weighSpectrum(std::span<const float> sound, SampleRate rate, std::int64_t windowSamples, const ColumnGains& gains,
                                         std::stop_token stop) {
  if (!rate.valid() || windowSamples < 16 || windowSamples % 4 != 0)
    return fail(ErrorCode::invalidArgument, "weighing a spectrum needs a sample rate and a window of 16 or more samples, a multiple of 4");
  auto fft = RealFft::create(windowSamples);
  if (!fft) return fail(fft.error());
  std::vector<float> window = makeWindow(WindowKind::hann, windowSamples, WindowSymmetry::periodic);
  for (float& value : window) value = std::sqrt(value);
  const std::int64_t hop = windowSamples / 4;
  // Four windows overlap; their squares add up to 2.
  constexpr float kOverlapGain = 0.5F;
  const auto total = static_cast<std::int64_t>(sound.size());
  std::vector<float> result(sound.size(), 0.0F);
  std::vector<float> column(static_cast<std::size_t>(windowSamples / 2 + 1));
  for (std::int64_t centre = -windowSamples / 2; centre < total + windowSamples / 2; centre += hop) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "weighing the sound was stopped");
    const std::int64_t start = centre - windowSamples / 2;
    const std::span<float> samples = fft->samples();
    for (std::int64_t n = 0; n < windowSamples; ++n) {
      const std::int64_t at = start + n;
      const bool inside = at >= 0 && at < total;
      samples[static_cast<std::size_t>(n)] = inside ? sound[static_cast<std::size_t>(at)] * window[static_cast<std::size_t>(n)] : 0.0F;
    }
    fft->forward();
    gains(static_cast<double>(centre) / rate.hz(), column);
    const auto spectrum = fft->spectrum();
    for (std::size_t k = 0; k < column.size(); ++k) spectrum[k] *= column[k];
    fft->inverse();
    for (std::int64_t n = std::max<std::int64_t>(0, -start); n < std::min(windowSamples, total - start); ++n)
      result[static_cast<std::size_t>(start + n)] += kOverlapGain * samples[static_cast<std::size_t>(n)] * window[static_cast<std::size_t>(n)];
  }
  return result;
}

}  // namespace chladni::dsp

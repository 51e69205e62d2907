// Measuring tones in a test.
#pragma once

#include <cmath>
#include <numbers>
#include <vector>

namespace chladni::synth {

// How strong the sine of `hertz` is in `samples`, by correlation with both phases.
inline double amplitudeAt(const std::vector<float>& samples, double hertz, double rate) {
  double re = 0.0, im = 0.0;
  for (std::size_t n = 0; n < samples.size(); ++n) {
    const double angle = 2.0 * std::numbers::pi * hertz * static_cast<double>(n) / rate;
    re += samples[n] * std::cos(angle);
    im += samples[n] * std::sin(angle);
  }
  return 2.0 * std::hypot(re, im) / static_cast<double>(samples.size());
}

}  // namespace chladni::synth

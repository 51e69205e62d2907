// Sounds the tests of the signal layer share.
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <random>
#include <vector>

namespace chladni::test {

inline std::vector<float> noise(std::size_t samples, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(-0.5F, 0.5F);
  std::vector<float> sound(samples);
  for (float& value : sound) value = uniform(random);
  return sound;
}

inline std::vector<float> sine(std::size_t samples, double hertz, double rate, double amplitude = 1.0) {
  std::vector<float> sound(samples);
  for (std::size_t n = 0; n < samples; ++n) {
    sound[n] = static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / rate));
  }
  return sound;
}

}  // namespace chladni::test

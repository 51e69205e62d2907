// Shared by the golden.logmel_* tests: the recorded 16-bit sound and comparing tables with recorded ones.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "core/dsp/frontend.h"
#include "core/dsp/frontend_presets.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

namespace chladni::test {

inline std::vector<float> soundOf(const GoldenFile& file, const std::string& name = "in.pcm16") {
  std::vector<float> samples;
  for (const std::int64_t value : file.integers(name)) samples.push_back(static_cast<float>(value) / 32768.0F);
  return samples;
}

inline dsp::Frontend presetFrontend(const std::string& name) {
  const auto spec = dsp::frontendPreset(name);
  REQUIRE(spec);
  auto frontend = dsp::Frontend::create(*spec);
  REQUIRE(frontend);
  return std::move(*frontend);
}

// Largest |actual - expected|; infinite when something is not a number.
inline double worstDifference(std::span<const float> actual, std::span<const float> expected) {
  REQUIRE(actual.size() == expected.size());
  double worst = 0.0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const double difference = std::abs(static_cast<double>(actual[i]) - expected[i]);
    worst = std::isnan(difference) ? std::numeric_limits<double>::infinity() : std::max(worst, difference);
  }
  return worst;
}

inline void requireTable(const Matrix& actual, const FloatTensor& expected, double tolerance) {
  REQUIRE(expected.shape.size() == 2);
  REQUIRE(actual.rows == expected.shape[0]);
  REQUIRE(actual.columns == expected.shape[1]);
  CHECK(worstDifference(actual.values, expected.values) <= tolerance);
}

inline void requirePatches(const std::vector<Matrix>& patches, const FloatTensor& expected, double tolerance) {
  REQUIRE(expected.shape.size() == 3);
  REQUIRE(static_cast<std::int64_t>(patches.size()) == expected.shape[0]);
  const auto size = static_cast<std::size_t>(expected.shape[1] * expected.shape[2]);
  for (std::size_t p = 0; p < patches.size(); ++p) {
    CHECK(worstDifference(patches[p].values, {expected.values.data() + p * size, size}) <= tolerance);
  }
}

}  // namespace chladni::test

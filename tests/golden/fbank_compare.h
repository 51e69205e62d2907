// Comparing log-mel tables with recorded ones: one tolerance above a floor, a wider one at or below it, where values
// are the rounding noise of the FFT.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

#include "core/data/matrix.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

namespace chladni::test {

struct FbankTolerance {
  double above = 2e-3;
  double below = 3e-2;
  double floor = -12.0;
};

inline void requireClose(const Matrix& actual, const FloatTensor& expected, const FbankTolerance& tolerance) {
  REQUIRE(expected.shape.size() == 2);
  REQUIRE(actual.rows == expected.shape[0]);
  REQUIRE(actual.columns == expected.shape[1]);
  double worstAbove = 0.0;
  double worstBelow = 0.0;
  for (std::size_t i = 0; i < expected.values.size(); ++i) {
    const double difference = std::abs(static_cast<double>(actual.values[i]) - expected.values[i]);
    double& worst = expected.values[i] > tolerance.floor ? worstAbove : worstBelow;
    worst = std::isnan(difference) ? std::numeric_limits<double>::infinity() : std::max(worst, difference);
  }
  CHECK(worstAbove <= tolerance.above);
  CHECK(worstBelow <= tolerance.below);
}

}  // namespace chladni::test

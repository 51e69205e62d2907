#include <cmath>

#include "core/metrics/painting.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::metrics;

namespace {

// Six patches of two values in two rows of three.
Matrix patches(std::initializer_list<float> values) {
  Matrix table(6, 2);
  std::copy(values.begin(), values.end(), table.values.begin());
  return table;
}

}  // namespace

TEST_CASE("Painted patches are judged beside the mean and the nearest of the visible ones") {
  // Visible: 0, 2 and 5. Hidden: 1, 3, 4.
  const auto truth = patches({0, 0, 1, 1, 4, 4, 0, 2, 6, 6, 8, 2});
  const std::vector<std::uint8_t> hidden{0, 1, 0, 1, 1, 0};
  auto painted = truth;
  painted.row(1)[0] = 3.0F;  // off by 2 in one of two values: an error of 2
  painted.row(0)[0] = 9.0F;  // was visible: counts for nothing
  const auto figures = paintingFigures(truth, painted, hidden, 3, 10.0);
  CHECK(figures.hidden == 3);
  CHECK(figures.model.error == Approx(2.0 / 3.0));
  CHECK(figures.model.peakRatio == Approx(10.0 * std::log10(100.0 * 3.0 / 2.0)));
  // The mean of the visible ones is (4, 2): patch 1 is off by 3 and 1, patch 3 by 4 and 0, patch 4 by 2 and 4.
  CHECK(figures.meanPatch.error == Approx((5.0 + 8.0 + 10.0) / 3.0));
  // Nearest: patch 0 for patch 1 (the first of two), patch 0 for patch 3, patch 5 for patch 4.
  CHECK(figures.nearestPatch.error == Approx((1.0 + 2.0 + 10.0) / 3.0));
}

TEST_CASE("Nothing is said of a painting of which nothing was hidden or nothing could be seen") {
  const auto truth = patches({0, 0, 1, 1, 4, 4, 0, 2, 6, 6, 8, 2});
  CHECK(paintingFigures(truth, truth, std::vector<std::uint8_t>(6, 0), 3, 1.0).hidden == 0);
  CHECK(paintingFigures(truth, truth, std::vector<std::uint8_t>(6, 1), 3, 1.0).hidden == 0);
  const auto perfect = paintingFigures(truth, truth, std::vector<std::uint8_t>{1, 0, 0, 0, 0, 0}, 3, 1.0);
  CHECK(perfect.model.error == 0.0);
  CHECK(std::isfinite(perfect.model.peakRatio));
  CHECK(valueSpan(truth) == 8.0);
  CHECK(valueSpan(Matrix(2, 2)) == 1.0);
}

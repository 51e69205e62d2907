#include "core/reduction/kmeans.h"

#include <limits>
#include <random>

#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::reduction;

namespace {

// Rows around `clusters` far corners, one after the other, far from zero so that rounding would show.
std::vector<float> clouds(std::int64_t rows, std::int64_t width, std::int64_t clusters, float origin) {
  std::mt19937 random(7);
  std::normal_distribution<float> noise(0.0F, 0.1F);
  std::vector<float> values;
  for (std::int64_t r = 0; r < rows; ++r)
    for (std::int64_t k = 0; k < width; ++k)
      values.push_back(origin + (k % clusters == r % clusters ? 3.0F : 0.0F) + noise(random));
  return values;
}

std::vector<float> noise(std::int64_t count, unsigned seed) {
  std::mt19937 random(seed);
  std::normal_distribution<float> normal;
  std::vector<float> values(static_cast<std::size_t>(count));
  for (float& value : values) value = normal(random);
  return values;
}

// The definition, in double.
std::int32_t slowNearest(const float* row, const Table& centres) {
  double best = std::numeric_limits<double>::infinity();
  std::int32_t label = 0;
  for (std::int64_t c = 0; c < centres.rows; ++c) {
    double sum = 0.0;
    for (std::int64_t k = 0; k < centres.columns; ++k) sum += (row[k] - centres.row(c)[k]) * (row[k] - centres.row(c)[k]);
    if (sum < best) best = sum, label = static_cast<std::int32_t>(c);
  }
  return label;
}

}  // namespace

TEST_CASE("clouds that lie apart are told apart") {
  const auto values = clouds(600, 12, 6, 1000.0F);
  KMeansOptions options;
  options.clusters = 6;
  const auto fit = fitKMeans(Rows(values, 12), options);
  REQUIRE(fit);
  CHECK(fit->converged);
  for (std::size_t r = 6; r < fit->labels.size(); ++r) CHECK(fit->labels[r] == fit->labels[r % 6]);
  CHECK(fit->inertia < 600 * 12 * 0.02);
}

TEST_CASE("the nearest centre is that of the definition") {
  const auto values = noise(500 * 19, 1);
  for (const std::int64_t clusters : {1, 2, 15, 16, 17, 70}) {
    Table centres(clusters, 19);
    const auto drawn = noise(clusters * 19, 2);
    std::copy(drawn.begin(), drawn.end(), centres.values.begin());
    const Rows rows(values, 19);
    const auto labels = nearestCentres(rows, centres, 2);
    REQUIRE(labels);
    for (std::int64_t r = 0; r < rows.count; ++r) CHECK((*labels)[static_cast<std::size_t>(r)] == slowNearest(rows.row(r), centres));
  }
}

TEST_CASE("centres closer than single precision can tell are still told apart") {
  Table centres(2, 2);
  centres.values = {1.0, 1.0 + 0x1p-30, 1.0, 1.0 - 0x1p-30};
  const std::vector<float> values{1.0F, 2.0F, 1.0F, 0.0F, 1.0F, 1.0F};
  const auto labels = nearestCentres(Rows(values, 2), centres);
  REQUIRE(labels);
  CHECK(*labels == std::vector<std::int32_t>{0, 1, 0});  // the last is a tie: the lowest index
}

TEST_CASE("threads change nothing, the seed does") {
  const auto values = noise(4000 * 5, 3);
  KMeansOptions options;
  options.clusters = 9;
  options.threads = 1;
  const auto one = fitKMeans(Rows(values, 5), options);
  options.threads = 4;
  const auto four = fitKMeans(Rows(values, 5), options);
  options.seed = 1;
  const auto other = fitKMeans(Rows(values, 5), options);
  REQUIRE((one && four && other));
  CHECK(one->centres.values == four->centres.values);
  CHECK(one->labels == four->labels);
  CHECK(one->inertia == four->inertia);
  CHECK(one->centres.values != other->centres.values);
}

TEST_CASE("a start drawn from some of the rows") {
  const auto values = clouds(3000, 8, 4, 0.0F);
  KMeansOptions options;
  options.clusters = 4;
  options.startRows = 64;
  const auto fit = fitKMeans(Rows(values, 8), options);
  REQUIRE(fit);
  CHECK(fit->inertia < 3000 * 8 * 0.02);
}

TEST_CASE("centres without rows move, unless nothing lies off its centre") {
  const std::vector<float> values{0.0F, 1.0F, 2.0F, 10.0F};
  Table start(3, 1);
  start.values = {1.0, 100.0, 200.0};
  const auto fit = fitKMeansFrom(Rows(values, 1), start, {});
  REQUIRE(fit);
  std::vector<std::int64_t> members(3);
  for (const auto label : fit->labels) ++members[static_cast<std::size_t>(label)];
  for (const auto count : members) CHECK(count > 0);

  const std::vector<float> same(8, 5.0F);
  start.values = {5.0, 100.0, 200.0};
  const auto stuck = fitKMeansFrom(Rows(same, 1), start, {});
  REQUIRE(stuck);
  CHECK(stuck->centres.values == start.values);
  CHECK(stuck->inertia == 0.0);
}

TEST_CASE("misshapen input is refused with a line") {
  std::vector<float> values{1.0F, 2.0F, 3.0F, 4.0F};
  KMeansOptions options;
  options.clusters = 3;
  CHECK(fitKMeans(Rows(values, 2), options).error().code == ErrorCode::invalidArgument);
  Table narrow(1, 1);
  CHECK(fitKMeansFrom(Rows(values, 2), narrow, {}).error().code == ErrorCode::invalidArgument);
  CHECK(nearestCentres(Rows(values, 2), narrow).error().code == ErrorCode::invalidArgument);
  CHECK(centreDistances(Rows(values, 2), narrow).error().code == ErrorCode::invalidArgument);
  Table start(1, 2);
  values[3] = std::numeric_limits<float>::quiet_NaN();
  CHECK(fitKMeansFrom(Rows(values, 2), start, {}).error().message.find("finite") != std::string::npos);
  values[3] = 0.0F;
  std::stop_source stopped;
  stopped.request_stop();
  CHECK(fitKMeansFrom(Rows(values, 2), start, {}, stopped.get_token()).error().code == ErrorCode::cancelled);
}

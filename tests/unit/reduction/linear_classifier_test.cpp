// A linear head taught from few examples: reaches what it is shown, stays near what it was, and is the minimum it claims.
#include "core/reduction/linear_classifier.h"

#include <algorithm>
#include <cmath>

#include "core/base/random.h"
#include "tests/support/catch.h"

using namespace chladni;
using reduction::LinearClassifier;
using reduction::TaughtRows;
using reduction::TeachOptions;

namespace {

constexpr std::int64_t kClasses = 4;
constexpr std::int64_t kWidth = 6;

LinearClassifier someHead(std::uint64_t seed) {
  Random random(seed);
  LinearClassifier head{Matrix(kClasses, kWidth), std::vector<float>(kClasses)};
  for (float& value : head.weight.values) value = static_cast<float>(random.normal());
  for (float& value : head.bias) value = static_cast<float>(random.normal());
  return head;
}

TaughtRows someRows(std::int64_t count, std::uint64_t seed) {
  Random random(seed);
  TaughtRows rows{Matrix(count, kWidth), Matrix(count, kClasses), std::vector<double>(static_cast<std::size_t>(count))};
  for (float& value : rows.features.values) value = static_cast<float>(random.normal());
  for (std::int64_t r = 0; r < count; ++r) rows.targets.row(r)[static_cast<std::size_t>(random.below(kClasses))] = 1.0F;
  for (double& weight : rows.weights) weight = random.uniform(0.2, 1.0);
  return rows;
}

// What teach() minimises, written out once more.
double lossOf(const LinearClassifier& head, const LinearClassifier& start, const TaughtRows& rows, const TeachOptions& options) {
  double squares = 0.0;
  for (const float value : rows.features.values) squares += double{value} * value;
  const double meanSquare = squares / static_cast<double>(rows.features.rows);
  double loss = 0.0;
  for (std::size_t i = 0; i < head.weight.values.size(); ++i)
    loss += 0.5 * std::pow(head.weight.values[i] - start.weight.values[i], 2) * meanSquare / std::pow(options.reach, 2);
  for (std::size_t k = 0; k < head.bias.size(); ++k) loss += 0.5 * std::pow((head.bias[k] - start.bias[k]) / options.reach, 2);
  const Matrix logits = reduction::apply(head, rows.features);
  for (std::int64_t r = 0; r < logits.rows; ++r) {
    double sum = 0.0;
    for (const float z : logits.row(r)) sum += std::exp(z / options.temperature);
    for (std::size_t k = 0; k < kClasses; ++k) {
      const double z = logits.row(r)[k] / options.temperature;
      const double t = rows.targets.row(r)[k];
      loss += rows.weights[static_cast<std::size_t>(r)] * (options.multiLabel ? std::log1p(std::exp(z)) - t * z : t * (std::log(sum) - z));
    }
  }
  return loss;
}

double distance(const LinearClassifier& a, const LinearClassifier& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.weight.values.size(); ++i) sum += std::pow(a.weight.values[i] - b.weight.values[i], 2);
  for (std::size_t i = 0; i < a.bias.size(); ++i) sum += std::pow(a.bias[i] - b.bias[i], 2);
  return std::sqrt(sum);
}

}  // namespace

TEST_CASE("what is taught is the minimum of the loss") {
  for (const bool multiLabel : {false, true}) {
    TeachOptions options;
    options.multiLabel = multiLabel;
    options.temperature = 0.8;
    options.reach = 1.5;
    const auto start = someHead(1);
    const auto rows = someRows(40, 2);
    const auto taught = reduction::teach(start, rows, options);
    REQUIRE(taught);
    const double least = lossOf(*taught, start, rows, options);
    // From elsewhere it leads to the same place.
    const auto other = someHead(9);
    const auto again = reduction::teach(start, rows, options, &other);
    REQUIRE(again);
    CHECK(distance(*again, *taught) < 0.02);
    CHECK(least < lossOf(start, start, rows, options) - 1.0);
    Random random(3);
    for (int trial = 0; trial < 200; ++trial) {
      LinearClassifier moved = *taught;
      for (float& value : moved.weight.values) value += static_cast<float>(0.02 * random.normal());
      for (float& value : moved.bias) value += static_cast<float>(0.02 * random.normal());
      CHECK(lossOf(moved, start, rows, options) > least);
    }
  }
}

TEST_CASE("reach is how far the head may go") {
  const auto start = someHead(4);
  const auto rows = someRows(12, 5);
  double last = 0.0;
  for (const double reach : {0.01, 0.1, 1.0, 10.0}) {
    TeachOptions options;
    options.reach = reach;
    const auto taught = reduction::teach(start, rows, options);
    REQUIRE(taught);
    const double moved = distance(*taught, start);
    CHECK(moved > last);
    last = moved;
    if (reach == 0.01) CHECK(moved < 0.01);
  }
  TeachOptions wide;
  wide.reach = 30.0;
  const auto taught = reduction::teach(start, someRows(5, 6), wide);
  REQUIRE(taught);
  const auto few = someRows(5, 6);
  const Matrix logits = reduction::apply(*taught, few.features);
  for (std::int64_t r = 0; r < 5; ++r) {
    const auto row = logits.row(r);
    const auto best = std::max_element(row.begin(), row.end()) - row.begin();
    CHECK(few.targets.row(r)[static_cast<std::size_t>(best)] == 1.0F);
  }
}

TEST_CASE("examples that do not fit are refused") {
  const auto start = someHead(7);
  auto rows = someRows(3, 8);
  rows.weights.pop_back();
  CHECK(reduction::teach(start, rows, {}).error().code == ErrorCode::invalidArgument);
  rows = someRows(3, 8);
  rows.features.values[2] = std::nanf("");
  CHECK(reduction::teach(start, rows, {}).error().code == ErrorCode::invalidArgument);
  CHECK(reduction::teach(start, TaughtRows{}, {}).error().code == ErrorCode::invalidArgument);
  std::stop_source stopped;
  stopped.request_stop();
  CHECK(reduction::teach(start, someRows(3, 8), {}, nullptr, stopped.get_token()).error().code == ErrorCode::cancelled);
}

#include "core/metrics/significance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chladni::metrics {

namespace {

// SplitMix64 (Steele, Lea and Flood 2014): the standard library's distributions differ between machines.
class Draws {
 public:
  explicit Draws(std::uint64_t seed) : state_(seed) {}
  // Below `limit`, which is far below 2^32, so that the remainder's unevenness does not matter.
  std::size_t below(std::size_t limit) { return static_cast<std::size_t>(next() % limit); }

 private:
  std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15ULL;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31U);
  }
  std::uint64_t state_;
};

// Linear between the two nearest of sorted values.
double quantile(const std::vector<double>& sorted, double q) {
  const double place = q * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (place - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

Result<Difference> pairedBootstrap(std::size_t items, const PairedMeasure& measure, const BootstrapOptions& options,
                                   std::stop_token stop) {
  if (items == 0 || options.draws < 1 || !(options.confidence > 0.0 && options.confidence < 1.0))
    return fail(ErrorCode::invalidArgument, "the bootstrap needs items, draws and a confidence between 0 and 1");
  std::vector<std::size_t> chosen(items);
  std::iota(chosen.begin(), chosen.end(), std::size_t{0});
  const PairOfMeasures whole = measure(chosen);
  Difference found{whole.first, whole.second, whole.first - whole.second, 0.0, 0.0, 1.0};

  Draws draws(options.seed);
  std::vector<double> differences;
  std::int64_t asFar = 0;
  for (std::int64_t draw = 0; draw < options.draws; ++draw) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "cancelled");
    for (std::size_t& item : chosen) item = draws.below(items);
    const PairOfMeasures drawn = measure(chosen);
    differences.push_back(drawn.first - drawn.second);
    // Equal up to rounding counts as equally far: sums in another order must not look less extreme.
    asFar += std::abs(differences.back() - found.difference) >= std::abs(found.difference) - 1e-12;
  }
  std::sort(differences.begin(), differences.end());
  found.low = quantile(differences, (1.0 - options.confidence) / 2.0);
  found.high = quantile(differences, (1.0 + options.confidence) / 2.0);
  found.p = static_cast<double>(asFar + 1) / static_cast<double>(options.draws + 1);
  return found;
}

Result<Difference> pairedBootstrap(std::span<const double> first, std::span<const double> second,
                                   const BootstrapOptions& options, std::stop_token stop) {
  if (first.size() != second.size())
    return fail(ErrorCode::invalidArgument, "both models must have been measured on the same items, not on " +
                                                std::to_string(first.size()) + " and " + std::to_string(second.size()));
  const auto means = [&](std::span<const std::size_t> items) {
    PairOfMeasures sum;
    for (const std::size_t item : items) {
      sum.first += first[item];
      sum.second += second[item];
    }
    const auto count = static_cast<double>(items.size());
    return PairOfMeasures{sum.first / count, sum.second / count};
  };
  return pairedBootstrap(first.size(), means, options, stop);
}

double mcNemar(std::int64_t onlyFirstRight, std::int64_t onlySecondRight) {
  const std::int64_t coins = onlyFirstRight + onlySecondRight;
  const std::int64_t fewer = std::min(onlyFirstRight, onlySecondRight);
  double tail = 0.0;
  for (std::int64_t heads = 0; heads <= fewer; ++heads)
    tail += std::exp(std::lgamma(static_cast<double>(coins) + 1.0) - std::lgamma(static_cast<double>(heads) + 1.0) -
                     std::lgamma(static_cast<double>(coins - heads) + 1.0) - static_cast<double>(coins) * std::log(2.0));
  return std::min(1.0, 2.0 * tail);
}

}  // namespace chladni::metrics

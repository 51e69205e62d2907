// Wilcoxon's signed-rank test for pairs, exact at any size it accepts: the null distribution of the rank sum is counted,
// not approximated. Differences of zero are dropped; equal absolute differences share the mean of their ranks, and the
// distribution is then that of the shared ranks. Differences are compared exactly as given: round them first when the
// data were rounded. With n pairs the smallest one-sided p is 2^-n. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace chladni::metrics {

enum class Alternative { greater, less, twoSided };  // of the differences: first minus second

struct WilcoxonResult {
  double plus = 0.0;         // rank sum of positive differences
  double minus = 0.0;        // of negative ones
  double statistic = 0.0;    // plus, or the smaller of both for twoSided
  double p = 1.0;
  std::int64_t pairs = 0;    // without those that do not differ
};

inline constexpr std::size_t kMostWilcoxonPairs = 500;

// Fails with invalidArgument without pairs, on a difference that is not a number, or above kMostWilcoxonPairs.
Result<WilcoxonResult> wilcoxon(std::span<const double> differences, Alternative alternative);
Result<WilcoxonResult> wilcoxon(std::span<const double> first, std::span<const double> second, Alternative alternative);

// In how many of the 2^n sign patterns of the ranks 1..n the positive ranks sum to 0, 1, ... n(n+1)/2. n is at most 60.
std::vector<std::int64_t> wilcoxonNullCounts(std::int64_t n);

// "***" below 0.001, "**" below 0.01, "*" below 0.05, else "(-)".
std::string_view significanceStars(double p);

}  // namespace chladni::metrics

#include "core/metrics/wilcoxon.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace chladni::metrics {

namespace {

// Twice the rank of each absolute difference, so that shared ranks stay whole.
std::vector<std::int64_t> doubledRanks(const std::vector<double>& differences) {
  std::vector<std::size_t> order(differences.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return std::abs(differences[a]) < std::abs(differences[b]); });
  std::vector<std::int64_t> ranks(differences.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first + 1;
    while (end < order.size() && std::abs(differences[order[end]]) == std::abs(differences[order[first]])) ++end;
    for (std::size_t i = first; i < end; ++i) ranks[order[i]] = static_cast<std::int64_t>(first + 1 + end);
    first = end;
  }
  return ranks;
}

// Probability that the positive ranks sum to s, when every sign is a fair coin.
std::vector<double> nullDistribution(const std::vector<std::int64_t>& ranks) {
  const auto total = std::accumulate(ranks.begin(), ranks.end(), std::int64_t{0});
  std::vector<double> probability(static_cast<std::size_t>(total) + 1, 0.0);
  probability[0] = 1.0;
  std::size_t reached = 0;
  for (const std::int64_t rank : ranks) {
    const auto step = static_cast<std::size_t>(rank);
    reached += step;
    for (std::size_t s = reached + 1; s-- > 0;) {
      const double without = s + step <= reached ? probability[s] : 0.0;
      probability[s] = 0.5 * (without + (s >= step ? probability[s - step] : 0.0));
    }
  }
  return probability;
}

double sum(const std::vector<double>& values, std::size_t first, std::size_t end) {
  return std::accumulate(values.begin() + static_cast<std::ptrdiff_t>(first), values.begin() + static_cast<std::ptrdiff_t>(end), 0.0);
}

}  // namespace

Result<WilcoxonResult> wilcoxon(std::span<const double> differences, Alternative alternative) {
  if (differences.empty() || differences.size() > kMostWilcoxonPairs)
    return fail(ErrorCode::invalidArgument, "the signed-rank test takes 1 to " + std::to_string(kMostWilcoxonPairs) +
                                                " pairs, not " + std::to_string(differences.size()));
  std::vector<double> kept;
  for (const double difference : differences) {
    if (!std::isfinite(difference))
      return fail(ErrorCode::invalidArgument, "the signed-rank test needs differences that are finite numbers");
    if (difference != 0.0) kept.push_back(difference);
  }
  WilcoxonResult result;
  result.pairs = static_cast<std::int64_t>(kept.size());
  if (kept.empty()) return result;

  const auto ranks = doubledRanks(kept);
  std::int64_t plus = 0;
  std::int64_t total = 0;
  for (std::size_t i = 0; i < kept.size(); ++i) {
    total += ranks[i];
    plus += kept[i] > 0.0 ? ranks[i] : 0;
  }
  result.plus = static_cast<double>(plus) / 2.0;
  result.minus = static_cast<double>(total - plus) / 2.0;
  const auto distribution = nullDistribution(ranks);
  const double atLeast = sum(distribution, static_cast<std::size_t>(plus), distribution.size());
  const double atMost = sum(distribution, 0, static_cast<std::size_t>(plus) + 1);
  result.statistic = alternative == Alternative::twoSided ? std::min(result.plus, result.minus) : result.plus;
  if (alternative == Alternative::greater) result.p = atLeast;
  if (alternative == Alternative::less) result.p = atMost;
  if (alternative == Alternative::twoSided) result.p = 2.0 * std::min(atLeast, atMost);
  result.p = std::min(result.p, 1.0);
  return result;
}

Result<WilcoxonResult> wilcoxon(std::span<const double> first, std::span<const double> second, Alternative alternative) {
  if (first.size() != second.size())
    return fail(ErrorCode::invalidArgument, "pairs need as many first values as second ones, not " +
                                                std::to_string(first.size()) + " and " + std::to_string(second.size()));
  std::vector<double> differences(first.size());
  std::transform(first.begin(), first.end(), second.begin(), differences.begin(), std::minus<>());
  return wilcoxon(differences, alternative);
}

std::vector<std::int64_t> wilcoxonNullCounts(std::int64_t n) {
  CHLADNI_ASSERT(n >= 0 && n <= 60);
  std::vector<std::int64_t> counts{1};
  for (std::int64_t rank = 1; rank <= n; ++rank) {
    const auto step = static_cast<std::size_t>(rank);
    std::vector<std::int64_t> next(counts.size() + step, 0);
    for (std::size_t s = 0; s < counts.size(); ++s) {
      next[s] += counts[s];
      next[s + step] += counts[s];
    }
    counts = std::move(next);
  }
  return counts;
}

std::string_view significanceStars(double p) {
  if (p < 0.001) return "***";
  if (p < 0.01) return "**";
  if (p < 0.05) return "*";
  return "(-)";
}

}  // namespace chladni::metrics

#include "core/metrics/agreement.h"

#include <cmath>

namespace chladni::metrics {

namespace {

double disagreement(std::size_t a, std::size_t b, KappaWeight weight) {
  const double apart = std::abs(static_cast<double>(a) - static_cast<double>(b));
  if (weight == KappaWeight::linear) return apart;
  if (weight == KappaWeight::quadratic) return apart * apart;
  return a == b ? 0.0 : 1.0;
}

}  // namespace

Result<Agreement> agreement(const std::vector<std::vector<std::int64_t>>& counts, KappaWeight weight) {
  std::vector<double> first(counts.size(), 0.0);
  std::vector<double> second(counts.size(), 0.0);
  double total = 0.0;
  Agreement found;
  for (std::size_t a = 0; a < counts.size(); ++a) {
    if (counts[a].size() != counts.size())
      return fail(ErrorCode::invalidArgument, "agreement needs a square table: both annotators choose from the same classes");
    for (std::size_t b = 0; b < counts.size(); ++b) {
      if (counts[a][b] < 0) return fail(ErrorCode::invalidArgument, "counts of agreement cannot be negative");
      const auto count = static_cast<double>(counts[a][b]);
      first[a] += count;
      second[b] += count;
      total += count;
      found.observed += a == b ? count : 0.0;
    }
  }
  if (total == 0.0) return fail(ErrorCode::invalidArgument, "agreement needs at least one item that both annotated");
  found.observed /= total;
  double seen = 0.0;
  double byChance = 0.0;
  for (std::size_t a = 0; a < counts.size(); ++a)
    for (std::size_t b = 0; b < counts.size(); ++b) {
      const double cost = disagreement(a, b, weight);
      seen += cost * static_cast<double>(counts[a][b]);
      byChance += cost * first[a] * second[b] / total;
    }
  if (byChance > 0.0) found.kappa = 1.0 - seen / byChance;
  return found;
}

}  // namespace chladni::metrics

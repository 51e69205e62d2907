#include "core/metrics/aggregation.h"

#include <algorithm>
#include <cmath>

namespace chladni::metrics {

namespace {

void softmax(std::span<double> row) {
  const double largest = *std::max_element(row.begin(), row.end());
  double sum = 0.0;
  for (double& value : row) sum += value = std::exp(value - largest);
  for (double& value : row) value /= sum;
}

}  // namespace

ScoreTable probabilities(const ScoreTable& logits, Probability kind) {
  ScoreTable out = logits;
  if (kind == Probability::sigmoid) {
    for (double& value : out.values) value = 1.0 / (1.0 + std::exp(-value));
    return out;
  }
  if (out.classes > 0)
    for (std::int64_t item = 0; item < out.items; ++item) softmax(out.row(item));
  return out;
}

Result<ScoreTable> meanProbabilities(std::span<const ScoreTable> logitsOfView, Probability kind) {
  if (logitsOfView.empty()) return fail(ErrorCode::invalidArgument, "there is no view to average over");
  const ScoreTable& first = logitsOfView.front();
  ScoreTable mean(first.items, first.classes);
  for (const ScoreTable& view : logitsOfView) {
    auto fine = check(view);
    if (!fine) return fail(fine.error());
    if (view.items != first.items || view.classes != first.classes)
      return fail(ErrorCode::invalidArgument, "views to average must have the same items and classes");
    const ScoreTable own = probabilities(view, kind);
    for (std::size_t i = 0; i < mean.values.size(); ++i)
      mean.values[i] += own.values[i] / static_cast<double>(logitsOfView.size());
  }
  return mean;
}

}  // namespace chladni::metrics

#include "core/metrics/class_balance.h"

#include <algorithm>
#include <cmath>

namespace chladni::metrics {

namespace {

std::vector<std::int64_t> clipsOfClasses(const LabelTable& labels) {
  std::vector<std::int64_t> counts(static_cast<std::size_t>(labels.classes), 0);
  for (std::int64_t item = 0; item < labels.items; ++item) {
    const auto row = labels.row(item);
    for (std::size_t k = 0; k < row.size(); ++k) counts[k] += row[k] != 0;
  }
  return counts;
}

}  // namespace

BalanceWeights balanceWeights(const LabelTable& labels) {
  BalanceWeights weights;
  for (const std::int64_t count : clipsOfClasses(labels)) weights.ofClass.push_back(1000.0 / (static_cast<double>(count) + 0.01));
  for (std::int64_t item = 0; item < labels.items; ++item) {
    const auto row = labels.row(item);
    double sum = 0.0;
    for (std::size_t k = 0; k < row.size(); ++k) sum += row[k] != 0 ? weights.ofClass[k] : 0.0;
    weights.ofClip.push_back(sum);
  }
  return weights;
}

Imbalance imbalance(const LabelTable& labels) {
  Imbalance found;
  found.clips = clipsOfClasses(labels);
  double total = 0.0;
  std::int64_t most = 0;
  std::int64_t least = 0;
  for (const std::int64_t count : found.clips) {
    found.emptyClasses += count == 0;
    if (count == 0) continue;
    total += static_cast<double>(count);
    most = std::max(most, count);
    least = least == 0 ? count : std::min(least, count);
  }
  if (least == 0) return found;
  found.largestToSmallest = static_cast<double>(most) / static_cast<double>(least);
  double entropy = 0.0;
  for (const std::int64_t count : found.clips) {
    const double share = static_cast<double>(count) / total;
    if (count > 0) entropy -= share * std::log(share);
  }
  found.evenness = found.clips.size() > 1 ? entropy / std::log(static_cast<double>(found.clips.size())) : 1.0;
  return found;
}

}  // namespace chladni::metrics

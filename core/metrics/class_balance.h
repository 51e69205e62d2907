// Weights for drawing training clips so that rare classes are heard as often as common ones: a class weighs
// 1000 / (clips that carry it + 0.01), a clip the sum over its classes; draw with replacement in proportion. Also how
// uneven a set is. Follows the balanced sampling of the AST and CAV-MAE recipes. Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <vector>

#include "core/metrics/score_table.h"

namespace chladni::metrics {

struct BalanceWeights {
  std::vector<double> ofClass;
  std::vector<double> ofClip;
};
BalanceWeights balanceWeights(const LabelTable& labels);

struct Imbalance {
  std::vector<std::int64_t> clips;  // per class
  double largestToSmallest = 0.0;   // among classes that occur; 0 without any
  double evenness = 0.0;            // entropy of the counts over that of an even set: 1 is even, 0 one class only
  std::int64_t emptyClasses = 0;
};
Imbalance imbalance(const LabelTable& labels);

}  // namespace chladni::metrics

// Agreement of two annotators (or of an annotator and a model) beyond chance: Cohen's kappa of their confusion counts,
// plain, or weighted for ordered classes (linear, quadratic). 1 is perfect, 0 what chance gives, below 0 worse. Absent
// when chance alone agrees always (both used one and the same class). Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/base/result.h"

namespace chladni::metrics {

enum class KappaWeight { none, linear, quadratic };

struct Agreement {
  double observed = 0.0;  // share of items labelled alike
  std::optional<double> kappa;
};

// counts[a, b]: items that the first called a and the second b; square. Fails with invalidArgument otherwise, on negative
// counts, or without any item.
Result<Agreement> agreement(const std::vector<std::vector<std::int64_t>>& counts, KappaWeight weight = KappaWeight::none);

}  // namespace chladni::metrics

// 0 .. count-1 from coarse to fine, so that stopping early leaves an even picture. Private to core/analysis.
#pragma once

#include <cstdint>
#include <vector>

namespace chladni::analysis {

inline std::vector<std::int64_t> evenOrder(std::int64_t count) {
  std::vector<std::int64_t> order;
  std::vector<bool> taken(static_cast<std::size_t>(count), false);
  std::int64_t step = 1;
  while (step < count) step *= 2;
  for (; step >= 1; step /= 2)
    for (std::int64_t i = 0; i < count; i += step)
      if (!taken[static_cast<std::size_t>(i)]) {
        taken[static_cast<std::size_t>(i)] = true;
        order.push_back(i);
      }
  return order;
}

}  // namespace chladni::analysis

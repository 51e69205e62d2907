// Where in the picture a model looked, segment by segment: weights over a grid of equal regions, row by row from the top left.
// Immutable after building, shared as std::shared_ptr<const RegionAttention>.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni {

struct RegionAttention {
  std::string model;                // as it is called to people
  std::vector<TimeRange> segments;  // in order of time
  Matrix weights;                   // [segment, region], each row sums to 1
  int gridRows = 0;
  int gridColumns = 0;

  // The segment that holds this moment; at the very end of the last one still that one.
  [[nodiscard]] std::optional<std::int64_t> segmentAt(MediaTime at) const {
    const auto after = std::upper_bound(segments.begin(), segments.end(), at, [](MediaTime time, const TimeRange& segment) { return time < segment.start; });
    if (after == segments.begin()) return std::nullopt;
    const auto found = std::prev(after);
    const bool last = std::next(found) == segments.end();
    if (at >= found->end && !(last && at == found->end)) return std::nullopt;
    return found - segments.begin();
  }
  [[nodiscard]] bool usable() const {
    return gridRows > 0 && gridColumns > 0 && weights.rows == static_cast<std::int64_t>(segments.size()) &&
           weights.columns == std::int64_t{gridRows} * gridColumns && weights.rows > 0;
  }
};

}  // namespace chladni

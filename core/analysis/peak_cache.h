// The peaks of recordings opened before, one file each in $XDG_CACHE_HOME/chladni/peaks (else ~/.cache), named by
// content key. Files carry their own checksum; broken ones count as absent. Storing keeps the folder below 512 MB by
// removing what was used longest ago, and never fails loudly: a cache that cannot be written is only slower.
// Private to core/analysis.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/data/min_max_pyramid.h"

namespace chladni::analysis {

struct CachedPeaks {
  std::int64_t samples = 0;
  int rate = 0;
  std::vector<std::shared_ptr<const MinMaxPyramid>> pyramids;  // one a channel
};

std::optional<CachedPeaks> loadPeaks(const std::string& key);
void storePeaks(const std::string& key, const CachedPeaks& peaks);

}  // namespace chladni::analysis

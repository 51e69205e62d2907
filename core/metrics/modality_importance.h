// How much a model of sound and words owes to each: per class, the share of its average precision with both modalities
// that is lost when one is taken away. importance(audio) = (both - lyrics only) / both, importance(lyrics) = (both -
// audio only) / both; below 0 where leaving a modality out helps. Coarse groups (genres) get the mean over their classes,
// and the ratio audio / lyrics of those means. Classes without an importance (both is 0 or absent) are left out.
// Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace chladni::metrics {

struct Importance {
  std::optional<double> audio;
  std::optional<double> lyrics;
};

using ClassPrecisions = std::span<const std::optional<double>>;

// One entry a class; the three lists are of one length.
Result<std::vector<Importance>> modalityImportance(ClassPrecisions both, ClassPrecisions audioOnly, ClassPrecisions lyricsOnly);

struct GroupImportance {
  Importance mean;
  std::optional<double> ratio;  // audio / lyrics; absent when lyrics is 0
  std::int64_t classes = 0;     // that entered the means
};
// groupOfClass: 0 .. groups-1 for each class.
Result<std::vector<GroupImportance>> groupedImportance(std::span<const Importance> classes,
                                                       std::span<const std::int64_t> groupOfClass, std::int64_t groups);

}  // namespace chladni::metrics

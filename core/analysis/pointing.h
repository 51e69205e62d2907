// Pointing: whether the region that a localiser attends to most is where the sound comes from. A second counts as hit when
// the centre of its most attended region lies no farther from the source's centre than the source's radius plus half a
// region (which is what a grid can resolve). `chance` is the share of all regions that would have been hits.
// Positions are shares of width and height, radii shares of the width; the picture is taken as square.
// Pure functions; any thread. Fails with notFound or corruptData naming the line of positions.csv (core/synth/scene_synth.h).
#pragma once

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>

#include "core/base/result.h"

namespace chladni::analysis {

struct SourcePlace {
  double x = 0.0, y = 0.0, radius = 0.0;
};

struct PointingScore {
  std::int64_t seconds = 0;
  std::int64_t hits = 0;
  double chanceSum = 0.0;
  [[nodiscard]] double accuracy() const { return seconds > 0 ? static_cast<double>(hits) / static_cast<double>(seconds) : 0.0; }
  [[nodiscard]] double chance() const { return seconds > 0 ? chanceSum / static_cast<double>(seconds) : 0.0; }
  // `attention` has a value for each region, row by row.
  void add(std::span<const float> attention, int rows, int columns, const SourcePlace& source);
};

// By path relative to the folder and second; seconds without a source are absent.
using SourcePlaces = std::map<std::pair<std::string, int>, SourcePlace>;
Result<SourcePlaces> readSourcePlaces(const std::filesystem::path& table);

}  // namespace chladni::analysis

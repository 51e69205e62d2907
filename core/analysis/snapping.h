// Where the edge of a label may snap to: edges of other labels, a grid, onsets of the sound, cuts of the picture.
// Pure functions and plain values; onsetsOf and cutsOf block and are for workers.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "core/analysis/recording.h"
#include "core/base/result.h"
#include "core/data/label.h"
#include "core/data/video_frame.h"

namespace chladni::analysis {

enum class SnapKind { edge, onset, cut, grid };

struct SnapPoint {
  MediaTime at;
  SnapKind kind = SnapKind::edge;
  bool operator==(const SnapPoint&) const = default;
};

// What there is to snap to; times ascending.
struct SnapTargets {
  std::vector<MediaTime> edges;
  std::vector<MediaTime> onsets;
  std::vector<MediaTime> cuts;
  MediaTime gridStep;  // zero: no grid
};

// The nearest target no further than `within`; of equally near ones the first in the order of SnapKind. `except` is an
// edge that is being moved and so is no target where it stands.
std::optional<SnapPoint> snapPoint(const SnapTargets& targets, MediaTime at, MediaTime within,
                                   std::optional<MediaTime> except = {});

// Starts and ends of all labels that are not rejected, each once.
std::vector<MediaTime> edgesOf(const std::vector<LabelTrack>& tracks);

// Onsets of the whole sound (core/dsp/onset.h), decoded piece by piece; none without sound.
Result<std::vector<MediaTime>> onsetsOf(const Recording& recording, std::stop_token stop);

// One picture in few numbers.
struct Look {
  MediaTime at;
  std::vector<float> histogram;  // sums to 1
};
Look lookOf(const VideoFrame& frame);
// The instants at which `looks` (in order of time) change as a whole: the distance of neighbours is large, and stands out
// from the distances around.
std::vector<MediaTime> cutsAmong(const std::vector<Look>& looks);

// A longer picture costs too much to look through unasked.
inline constexpr double kLongestForCuts = 120.0;  // seconds
// Cuts of the picture, from small versions of all its frames. None without a picture, or when it is too long.
Result<std::vector<MediaTime>> cutsOf(const Recording& recording, std::stop_token stop);

}  // namespace chladni::analysis

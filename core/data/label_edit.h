// Edits of a label track as pure functions: a track and what to do in, the new track out. Nothing is changed in place.
// `from` ties every label of the result to the one it descends from, so that a store can tell a change from a removal.
// On an exclusive track an edit that would make two labels overlap is refused (invalidArgument); two that touch at one
// instant do not overlap. Indices refer to the track that went in; results are in track order. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/label.h"

namespace chladni {

inline constexpr std::int64_t kNewLabel = -1;

struct TrackEdit {
  LabelTrack track;
  std::vector<std::int64_t> from;     // for each label of `track`: its index before, or kNewLabel
  std::vector<std::size_t> selected;  // the labels that the edit was about, in the new track
};

using LabelIndices = std::vector<std::size_t>;

enum class LabelEdge { start, end };

// A point on a track of points keeps only its start.
Result<TrackEdit> addLabel(const LabelTrack& track, Label label);
Result<TrackEdit> removeLabels(const LabelTrack& track, const LabelIndices& which);
// Replaces one label, span included.
Result<TrackEdit> changeLabel(const LabelTrack& track, std::size_t which, Label label);
// The class of several labels; what was proposed becomes the author's word.
Result<TrackEdit> setClass(const LabelTrack& track, const LabelIndices& which, const std::string& text,
                           const std::string& author);
// Cuts those of `which` that hold `at` strictly inside; refused when none does.
Result<TrackEdit> splitLabels(const LabelTrack& track, const LabelIndices& which, MediaTime at);
// One label from the first start to the last end, with the rest of the first one; at least two are needed.
Result<TrackEdit> mergeLabels(const LabelTrack& track, const LabelIndices& which);
Result<TrackEdit> shiftLabels(const LabelTrack& track, const LabelIndices& which, MediaTime by);
Result<TrackEdit> duplicateLabels(const LabelTrack& track, const LabelIndices& which, MediaTime by);
// Moves one edge; past the other edge it stops there. On an exclusive track it also stops at the neighbour, in which
// case the neighbour stays as it is.
Result<TrackEdit> nudgeEdge(const LabelTrack& track, std::size_t which, LabelEdge edge, MediaTime by);
// Makes a track exclusive or ends that; refused while labels overlap, naming the first pair.
Result<TrackEdit> setExclusive(const LabelTrack& track, bool exclusive);
// Makes a track a reference or ends that; its labels stay as they are.
Result<TrackEdit> setReference(const LabelTrack& track, bool reference);

// The first label of the pair that overlaps first; none when no two overlap.
std::optional<std::size_t> firstOverlap(const std::vector<Label>& labels);
// start <= end, band low <= high, confidence 0..1 and finite numbers.
Result<void> checkLabel(const Label& label);

// How far from zero labels lie, 126 years: any two of their times can be added and subtracted.
inline constexpr MediaTime kMostLabelTime = MediaTime::fromNanoseconds(4'000'000'000 * 1'000'000'000);
[[nodiscard]] constexpr bool isLabelTime(MediaTime time) { return -kMostLabelTime <= time && time <= kMostLabelTime; }

// The first label that starts after `at`, the last one that starts before it.
std::optional<std::size_t> nextLabel(const LabelTrack& track, MediaTime at);
std::optional<std::size_t> previousLabel(const LabelTrack& track, MediaTime at);

}  // namespace chladni

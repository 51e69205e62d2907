// Localising an event across modalities: given its segments in one, where does it lie in the other? The window of as many
// segments whose distances, taken pair by pair in order, have the smallest sum. Pure functions; any thread.
// Source: Tian et al., ECCV 2018, as the authors' program evaluates it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/inference/matcher.h"

namespace chladni::analysis {

enum class GivenModality { sound, picture };

struct WindowMatch {
  std::vector<double> scores;  // sum of distances of the window that starts at each segment
  std::int64_t start = 0;      // of the smallest, the first of equals
};

// `event`: segments of the given modality, in order. Fails with invalidArgument when there are none, when one is outside,
// when there are more than the other modality has segments, or when a distance is not a number.
Result<WindowMatch> matchWindow(const inference::Distances& distances, std::span<const std::int64_t> event,
                                GivenModality given);

struct MatchingCase {
  inference::Distances distances;
  std::vector<bool> positive;  // which segments hold the event, in both modalities
};

// Shares of exactly right starts, in percent. Cases without an event, or with nothing else, are left out.
struct MatchingAccuracy {
  std::int64_t cases = 0;
  double givenSound = 0.0;
  double givenPicture = 0.0;
};
Result<MatchingAccuracy> matchingAccuracy(std::span<const MatchingCase> cases);

}  // namespace chladni::analysis

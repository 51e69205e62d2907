#include "core/analysis/matching.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace chladni::analysis {
namespace {

// Segments of the event; its annotation is one stretch.
std::vector<std::int64_t> eventOf(const std::vector<bool>& positive) {
  std::vector<std::int64_t> segments;
  for (std::size_t i = 0; i < positive.size(); ++i)
    if (positive[i]) segments.push_back(static_cast<std::int64_t>(i));
  return segments;
}

Result<void> checkEvent(const inference::Distances& distances, std::span<const std::int64_t> event, std::int64_t givenCount,
                        std::int64_t otherCount) {
  if (distances.pictures < 0 || distances.sounds < 0 ||
      static_cast<std::int64_t>(distances.values.size()) != distances.pictures * distances.sounds)
    return fail(ErrorCode::invalidArgument, "the table of distances is not " + std::to_string(distances.pictures) + " by " +
                                                std::to_string(distances.sounds));
  if (!std::all_of(distances.values.begin(), distances.values.end(), [](double d) { return std::isfinite(d); }))
    return fail(ErrorCode::invalidArgument, "a distance is not a finite number; look at the features for NaN");
  if (event.empty()) return fail(ErrorCode::invalidArgument, "the event has no segments");
  for (const auto segment : event)
    if (segment < 0 || segment >= givenCount)
      return fail(ErrorCode::invalidArgument, "segment " + std::to_string(segment) + " of the event is not there; there are " +
                                                  std::to_string(givenCount));
  if (static_cast<std::int64_t>(event.size()) > otherCount)
    return fail(ErrorCode::invalidArgument, "an event of " + std::to_string(event.size()) + " segments does not fit into " +
                                                std::to_string(otherCount));
  return {};
}

}  // namespace

Result<WindowMatch> matchWindow(const inference::Distances& distances, std::span<const std::int64_t> event,
                                GivenModality given) {
  const bool fromSound = given == GivenModality::sound;
  const auto others = fromSound ? distances.pictures : distances.sounds;
  if (auto checked = checkEvent(distances, event, fromSound ? distances.sounds : distances.pictures, others); !checked)
    return fail(std::move(checked).error());
  WindowMatch match;
  const auto length = static_cast<std::int64_t>(event.size());
  for (std::int64_t start = 0; start + length <= others; ++start) {
    double sum = 0.0;
    for (std::int64_t i = 0; i < length; ++i) {
      const auto known = event[static_cast<std::size_t>(i)];
      sum += fromSound ? distances.at(start + i, known) : distances.at(known, start + i);
    }
    match.scores.push_back(sum);
  }
  match.start = std::min_element(match.scores.begin(), match.scores.end()) - match.scores.begin();
  return match;
}

Result<MatchingAccuracy> matchingAccuracy(std::span<const MatchingCase> cases) {
  MatchingAccuracy accuracy;
  std::int64_t fromSound = 0, fromPicture = 0;
  for (const auto& one : cases) {
    const auto event = eventOf(one.positive);
    if (event.empty() || event.size() == one.positive.size()) continue;
    const auto picture = matchWindow(one.distances, event, GivenModality::sound);
    if (!picture) return fail(picture.error());
    const auto sound = matchWindow(one.distances, event, GivenModality::picture);
    if (!sound) return fail(sound.error());
    ++accuracy.cases;
    fromSound += picture->start == event.front() ? 1 : 0;
    fromPicture += sound->start == event.front() ? 1 : 0;
  }
  if (accuracy.cases == 0) return accuracy;
  accuracy.givenSound = 100.0 * static_cast<double>(fromSound) / static_cast<double>(accuracy.cases);
  accuracy.givenPicture = 100.0 * static_cast<double>(fromPicture) / static_cast<double>(accuracy.cases);
  return accuracy;
}

}  // namespace chladni::analysis

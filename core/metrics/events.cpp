#include "core/metrics/events.h"

#include <algorithm>
#include <cmath>
#include <tuple>

namespace chladni::metrics {

namespace {

bool agree(const Event& truth, const Event& found, const EventTolerance& tolerance) {
  if (truth.recording != found.recording || truth.label != found.label) return false;
  // Times are decimal fractions: a gap of exactly the tolerance must not fail on its last bit.
  constexpr double kRounding = 1e-9;
  if (std::abs(truth.start - found.start) > tolerance.seconds + kRounding) return false;
  if (!tolerance.compareEnds) return true;
  const double atEnd = std::max(tolerance.seconds, tolerance.shareOfLength * (truth.end - truth.start));
  return std::abs(truth.end - found.end) <= atEnd + kRounding;
}

// The largest matching of two sides, by augmenting paths.
class Matching {
 public:
  Matching(std::vector<std::vector<std::size_t>> partners, std::size_t others)
      : partners_(std::move(partners)), ownerOf_(others) {}

  // For each on the first side whether it is matched.
  std::vector<bool> solve() {
    std::vector<bool> matched(partners_.size());
    for (std::size_t i = 0; i < partners_.size(); ++i) {
      visited_.assign(ownerOf_.size(), false);
      augment(i);
    }
    for (const auto& owner : ownerOf_)
      if (owner) matched[*owner] = true;
    return matched;
  }

 private:
  bool augment(std::size_t own) {
    for (const std::size_t other : partners_[own]) {
      if (visited_[other]) continue;
      visited_[other] = true;
      if (!ownerOf_[other] || augment(*ownerOf_[other])) {
        ownerOf_[other] = own;
        return true;
      }
    }
    return false;
  }

  const std::vector<std::vector<std::size_t>> partners_;
  std::vector<std::optional<std::size_t>> ownerOf_;
  std::vector<bool> visited_;
};

Result<void> checkEvents(std::span<const Event> events, std::int64_t classes) {
  for (const Event& event : events) {
    if (event.label < 0 || event.label >= classes)
      return fail(ErrorCode::invalidArgument, "an event has label " + std::to_string(event.label) + ", but there are " +
                                                  std::to_string(classes));
    if (!std::isfinite(event.start) || !std::isfinite(event.end) || event.end < event.start)
      return fail(ErrorCode::invalidArgument, "an event from " + std::to_string(event.start) + " to " +
                                                  std::to_string(event.end) + " s ends before it starts");
  }
  return {};
}

std::vector<bool> matchedEvents(std::span<const Event> truth, std::span<const Event> found, const EventTolerance& tolerance) {
  // Candidates lie next to each other when true events are sorted.
  std::vector<std::size_t> order(truth.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto before = [](const Event& a, const Event& b) {
    return std::tie(a.recording, a.label, a.start) < std::tie(b.recording, b.label, b.start);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return before(truth[a], truth[b]); });
  std::vector<std::vector<std::size_t>> partners(found.size());
  for (std::size_t f = 0; f < found.size(); ++f) {
    Event earliest = found[f];
    earliest.start -= tolerance.seconds + 1e-6;
    auto at = std::lower_bound(order.begin(), order.end(), earliest,
                               [&](std::size_t a, const Event& b) { return before(truth[a], b); });
    for (; at != order.end(); ++at) {
      const Event& candidate = truth[*at];
      if (candidate.recording != found[f].recording || candidate.label != found[f].label ||
          candidate.start > found[f].start + tolerance.seconds + 1e-6)
        break;
      if (agree(candidate, found[f], tolerance)) partners[f].push_back(*at);
    }
  }
  return Matching(std::move(partners), truth.size()).solve();
}

}  // namespace

Result<EventScores> eventScores(std::span<const Event> truth, std::span<const Event> found, std::int64_t classes,
                                const EventTolerance& tolerance) {
  if (classes < 1 || !(tolerance.seconds >= 0.0) || !(tolerance.shareOfLength >= 0.0))
    return fail(ErrorCode::invalidArgument, "event scores need classes and tolerances of 0 or more");
  for (const auto events : {truth, found}) {
    auto fine = checkEvents(events, classes);
    if (!fine) return fail(fine.error());
  }
  EventScores scores;
  const auto count = static_cast<std::size_t>(classes);
  scores.truth.assign(count, 0);
  scores.found.assign(count, 0);
  scores.matched.assign(count, 0);
  for (const Event& event : truth) ++scores.truth[static_cast<std::size_t>(event.label)];
  for (const Event& event : found) ++scores.found[static_cast<std::size_t>(event.label)];
  const auto right = matchedEvents(truth, found, tolerance);
  std::int64_t matched = 0;
  for (std::size_t f = 0; f < found.size(); ++f) {
    if (!right[f]) continue;
    ++scores.matched[static_cast<std::size_t>(found[f].label)];
    ++matched;
  }
  scores.overall = scoresOf(matched, static_cast<std::int64_t>(found.size()) - matched,
                            static_cast<std::int64_t>(truth.size()) - matched);
  double occurring = 0.0;
  for (std::size_t k = 0; k < count; ++k) {
    const ClassScores own = scoresOf(scores.matched[k], scores.found[k] - scores.matched[k], scores.truth[k] - scores.matched[k]);
    scores.perClass.push_back(own);
    if (scores.truth[k] + scores.found[k] == 0) continue;
    occurring += 1.0;
    scores.macro.precision += own.precision;
    scores.macro.recall += own.recall;
    scores.macro.f1 += own.f1;
  }
  if (occurring > 0.0)
    scores.macro = {scores.macro.precision / occurring, scores.macro.recall / occurring, scores.macro.f1 / occurring};
  return scores;
}

Result<SegmentScores> segmentScores(std::span<const std::int64_t> truth, std::span<const std::int64_t> predicted,
                                    std::int64_t segmentsPerRecording, std::optional<std::int64_t> background) {
  if (truth.empty() || truth.size() != predicted.size() || segmentsPerRecording < 1 ||
      truth.size() % static_cast<std::size_t>(segmentsPerRecording) != 0)
    return fail(ErrorCode::invalidArgument, "segment accuracy needs a true and a predicted label for every segment of "
                                            "whole recordings");
  SegmentScores scores;
  std::int64_t equal = 0;
  std::int64_t foreground = 0;
  std::int64_t foregroundEqual = 0;
  std::int64_t toldApart = 0;
  std::int64_t equalHere = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) {
    equalHere += truth[i] == predicted[i];
    if (background) {
      foreground += truth[i] != *background;
      foregroundEqual += truth[i] != *background && truth[i] == predicted[i];
      toldApart += (truth[i] == *background) == (predicted[i] == *background);
    }
    if ((i + 1) % static_cast<std::size_t>(segmentsPerRecording) != 0) continue;
    scores.perRecording.push_back(static_cast<double>(equalHere) / static_cast<double>(segmentsPerRecording));
    equal += equalHere;
    equalHere = 0;
  }
  const auto all = static_cast<double>(truth.size());
  scores.accuracy = static_cast<double>(equal) / all;
  if (background) scores.detection = static_cast<double>(toldApart) / all;
  if (foreground > 0) scores.foregroundAccuracy = static_cast<double>(foregroundEqual) / static_cast<double>(foreground);
  return scores;
}

}  // namespace chladni::metrics

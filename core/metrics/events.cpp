#include "core/metrics/events.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <limits>
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

// The largest matching of found events with true ones (Hopcroft and Karp 1973), without recursion and without a table of
// pairs: the true events that one may match lie next to each other when they are sorted.
class Matching {
 public:
  struct Reach {
    std::size_t from = 0, to = 0;  // true events, in their order
  };

  Matching(std::vector<Reach> reaches, std::size_t others, std::function<bool(std::size_t own, std::size_t other)> fits)
      : reaches_(std::move(reaches)), fits_(std::move(fits)), ownerOf_(others, kNobody), free_(reaches_.size(), true),
        layer_(reaches_.size()), next_(reaches_.size()) {}

  // For each on the first side whether it is matched.
  std::vector<bool> solve() {
    while (layOut())
      for (std::size_t own = 0; own < reaches_.size(); ++own)
        if (free_[own] && augment(own)) free_[own] = false;
    std::vector<bool> matched(free_);
    matched.flip();
    return matched;
  }

 private:
  static constexpr std::size_t kNobody = std::numeric_limits<std::size_t>::max();

  // How many steps each is from one that is free; false when none of them leads to a free one on the other side.
  bool layOut() {
    std::deque<std::size_t> queue;
    for (std::size_t own = 0; own < reaches_.size(); ++own) {
      next_[own] = reaches_[own].from;
      layer_[own] = free_[own] ? 0 : kNobody;
      if (free_[own]) queue.push_back(own);
    }
    bool leads = false;
    for (; !queue.empty(); queue.pop_front()) {
      const std::size_t own = queue.front();
      for (std::size_t other = reaches_[own].from; other < reaches_[own].to; ++other) {
        const std::size_t owner = ownerOf_[other];
        if ((owner != kNobody && layer_[owner] != kNobody) || !fits_(own, other)) continue;
        if (owner == kNobody) {
          leads = true;
          break;
        }
        layer_[owner] = layer_[own] + 1;
        queue.push_back(owner);
      }
    }
    return leads;
  }

  // Goes down the layers from `root` to a free one, and gives everybody on the way the next of the other side.
  bool augment(std::size_t root) {
    std::vector<std::size_t> path{root};
    while (!path.empty()) {
      const std::size_t own = path.back();
      if (next_[own] == reaches_[own].to) {
        layer_[own] = kNobody;
        path.pop_back();
        if (!path.empty()) ++next_[path.back()];
        continue;
      }
      const std::size_t owner = ownerOf_[next_[own]];
      const bool down = owner == kNobody || layer_[owner] == layer_[own] + 1;
      if (!down || !fits_(own, next_[own])) {
        ++next_[own];
      } else if (owner != kNobody) {
        path.push_back(owner);
      } else {
        for (const std::size_t one : path) {
          ownerOf_[next_[one]] = one;
          layer_[one] = kNobody;  // once in a round
        }
        return true;
      }
    }
    return false;
  }

  const std::vector<Reach> reaches_;
  const std::function<bool(std::size_t, std::size_t)> fits_;
  std::vector<std::size_t> ownerOf_;
  std::vector<bool> free_;
  std::vector<std::size_t> layer_;
  std::vector<std::size_t> next_;
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
  std::vector<std::size_t> order(truth.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto before = [](const Event& a, const Event& b) {
    return std::tie(a.recording, a.label, a.start) < std::tie(b.recording, b.label, b.start);
  };
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return before(truth[a], truth[b]); });
  std::vector<Matching::Reach> reaches(found.size());
  for (std::size_t f = 0; f < found.size(); ++f) {
    Event edge = found[f];
    edge.start -= tolerance.seconds + 1e-6;
    const auto from = std::lower_bound(order.begin(), order.end(), edge, [&](std::size_t a, const Event& b) { return before(truth[a], b); });
    edge.start = found[f].start + tolerance.seconds + 1e-6;
    const auto to = std::upper_bound(from, order.end(), edge, [&](const Event& a, std::size_t b) { return before(a, truth[b]); });
    reaches[f] = {static_cast<std::size_t>(from - order.begin()), static_cast<std::size_t>(to - order.begin())};
  }
  const auto fits = [&](std::size_t own, std::size_t other) { return agree(truth[order[other]], found[own], tolerance); };
  return Matching(std::move(reaches), truth.size(), fits).solve();
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

#include "core/metrics/label_agreement.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/metrics/agreement.h"

namespace chladni::metrics {

namespace {

constexpr std::int64_t kMaxSteps = 10'000'000;
constexpr std::size_t kMaxStates = 2000;
constexpr double kRounding = 1e-9;  // s; as events are matched
constexpr std::size_t kMaxCandidates = 4'000'000;  // of pairs; what lies in heaps beyond it is not paired

std::vector<Label> labelsOf(const LabelSet& set) {
  std::vector<Label> all;
  for (const LabelTrack& track : set.tracks)
    for (const Label& label : track.labels)
      if (label.state != LabelState::rejected) all.push_back(label);
  std::stable_sort(all.begin(), all.end(), [](const Label& a, const Label& b) { return a.span.start < b.span.start; });
  return all;
}

MediaTime shared(const TimeRange& a, const TimeRange& b) { return std::min(a.end, b.end) - std::max(a.start, b.start); }

std::map<std::string, std::int64_t> numbersOf(const std::vector<Label>& a, const std::vector<Label>& b) {
  std::map<std::string, std::int64_t> numbers;
  for (const auto* labels : {&a, &b})
    for (const Label& label : *labels) numbers.try_emplace(label.text, 0);
  std::int64_t next = 0;
  for (auto& [text, number] : numbers) number = next++;
  return numbers;
}

// Pairs of labels that share time, the largest share first, and of points near each other, the nearest first; each label in one pair at most.
using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;
Pairs pairsOf(const std::vector<Label>& a, const std::vector<Label>& b, bool sameText, const EventTolerance& tolerance,
              const std::vector<bool>& takenA, const std::vector<bool>& takenB) {
  struct Candidate {
    MediaTime time;
    std::size_t first;
    std::size_t second;
  };
  std::vector<Candidate> candidates;
  MediaTime longest;
  const MediaTime reach = MediaTime::fromSeconds(std::min(tolerance.seconds, 1e9));  // of points
  for (const Label& label : b) longest = std::max(longest, label.span.length());
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (takenA[i]) continue;
    const auto from = std::lower_bound(b.begin(), b.end(), a[i].span.start - longest - reach,
                                       [](const Label& label, MediaTime time) { return label.span.start < time; });
    for (auto at = from; at != b.end() && at->span.start <= a[i].span.end + reach && candidates.size() < kMaxCandidates; ++at) {
      const auto j = static_cast<std::size_t>(at - b.begin());
      const MediaTime time = shared(a[i].span, at->span);
      const bool points = a[i].isPoint() && at->isPoint();
      const bool touches = time > MediaTime() || (points && time >= -reach) || (time == MediaTime() && (a[i].isPoint() || at->isPoint()));
      if (takenB[j] || !touches || (a[i].text == at->text) != sameText) continue;
      candidates.push_back({time, i, j});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(), [](const Candidate& x, const Candidate& y) { return x.time > y.time; });
  std::vector<bool> usedA = takenA;
  std::vector<bool> usedB = takenB;
  Pairs pairs;
  for (const Candidate& candidate : candidates) {
    if (usedA[candidate.first] || usedB[candidate.second]) continue;
    usedA[candidate.first] = usedB[candidate.second] = true;
    pairs.emplace_back(candidate.first, candidate.second);
  }
  return pairs;
}

BoundaryDifferences boundariesOf(const std::vector<Label>& a, const std::vector<Label>& b, const Pairs& pairs) {
  BoundaryDifferences out;
  out.count = static_cast<std::int64_t>(pairs.size());
  for (const auto& [i, j] : pairs) {
    const double start = (b[j].span.start - a[i].span.start).seconds();
    const double end = (b[j].span.end - a[i].span.end).seconds();
    out.meanStart += start;
    out.meanEnd += end;
    out.meanAbsoluteStart += std::abs(start);
    out.meanAbsoluteEnd += std::abs(end);
    out.largest = std::max({out.largest, std::abs(start), std::abs(end)});
  }
  if (pairs.empty()) return out;
  for (double* mean : {&out.meanStart, &out.meanEnd, &out.meanAbsoluteStart, &out.meanAbsoluteEnd})
    *mean /= static_cast<double>(pairs.size());
  return out;
}

// Time that labels of one text cover, without counting any of it twice, as ordered pieces.
std::vector<TimeRange> covered(const std::vector<Label>& labels, const std::string& text) {
  std::vector<TimeRange> pieces;
  for (const Label& label : labels) {
    if (label.text != text) continue;
    if (!pieces.empty() && label.span.start <= pieces.back().end) pieces.back().end = std::max(pieces.back().end, label.span.end);
    else pieces.push_back(label.span);
  }
  return pieces;
}

double lengthOf(const std::vector<TimeRange>& pieces) {
  double length = 0.0;
  for (const TimeRange& piece : pieces) length += piece.length().seconds();
  return length;
}

double sharedTime(const std::vector<TimeRange>& a, const std::vector<TimeRange>& b) {
  double time = 0.0;
  for (std::size_t i = 0, j = 0; i < a.size() && j < b.size();) {
    time += std::max(0.0, shared(a[i], b[j]).seconds());
    if (a[i].end < b[j].end) ++i;
    else ++j;
  }
  return time;
}

// What the labels say at each step's middle: the set of their texts, as a number.
class Grid {
 public:
  Grid(MediaTime start, double step, std::int64_t steps) : start_(start), step_(step), steps_(steps) {}

  std::vector<std::int64_t> statesOf(const std::vector<Label>& labels, const std::map<std::string, std::int64_t>& numbers) {
    std::vector<std::pair<std::int64_t, std::int64_t>> begins;
    std::vector<std::pair<std::int64_t, std::int64_t>> ends;
    for (const Label& label : labels) {
      const std::int64_t number = numbers.at(label.text);
      begins.emplace_back(stepAt(label.span.start), number);
      ends.emplace_back(stepAt(label.span.end), number);
    }
    std::sort(begins.begin(), begins.end());
    std::sort(ends.begin(), ends.end());
    std::map<std::int64_t, int> now;
    std::vector<std::int64_t> states(static_cast<std::size_t>(steps_));
    std::size_t begin = 0;
    std::size_t end = 0;
    std::int64_t state = 0;
    for (std::int64_t step = 0; step < steps_; ++step) {
      bool changed = step == 0;
      for (; begin < begins.size() && begins[begin].first <= step; ++begin, changed = true) ++now[begins[begin].second];
      for (; end < ends.size() && ends[end].first <= step; ++end, changed = true)
        if (--now[ends[end].second] == 0) now.erase(ends[end].second);
      if (changed) state = stateOf(now);
      states[static_cast<std::size_t>(step)] = state;
    }
    return states;
  }
  [[nodiscard]] std::size_t states() const { return numbers_.size(); }

 private:
  // The first step whose middle is not before the time.
  [[nodiscard]] std::int64_t stepAt(MediaTime time) const {
    return std::max<std::int64_t>(0, static_cast<std::int64_t>(std::ceil((time - start_).seconds() / step_ - 0.5)));
  }
  std::int64_t stateOf(const std::map<std::int64_t, int>& now) {
    std::vector<std::int64_t> texts;
    for (const auto& [text, count] : now) texts.push_back(text);
    // Rare mixtures share a number, so that the table stays small.
    if (numbers_.size() >= kMaxStates && !numbers_.contains(texts)) return static_cast<std::int64_t>(kMaxStates) - 1;
    return numbers_.try_emplace(texts, static_cast<std::int64_t>(numbers_.size())).first->second;
  }

  MediaTime start_;
  double step_;
  std::int64_t steps_;
  std::map<std::vector<std::int64_t>, std::int64_t> numbers_;
};

Result<Agreement> gridAgreement(const LabelSet& one, const LabelSet& other, const std::vector<Label>& a,
                                const std::vector<Label>& b, const std::map<std::string, std::int64_t>& numbers, double step) {
  MediaTime start;
  MediaTime end = std::max(one.length.value_or(MediaTime()), other.length.value_or(MediaTime()));
  for (const auto* labels : {&a, &b})
    for (const Label& label : *labels) {
      start = std::min(start, label.span.start);
      end = std::max(end, label.span.end);
    }
  const double count = std::ceil((end - start).seconds() / step);
  if (count > static_cast<double>(kMaxSteps))
    return fail(ErrorCode::invalidArgument, "more than ten million steps; take a longer step");
  Grid grid(start, step, std::max<std::int64_t>(1, static_cast<std::int64_t>(count)));
  const auto first = grid.statesOf(a, numbers);
  const auto second = grid.statesOf(b, numbers);
  std::vector<std::vector<std::int64_t>> counts(grid.states(), std::vector<std::int64_t>(grid.states()));
  for (std::size_t i = 0; i < first.size(); ++i)
    ++counts[static_cast<std::size_t>(first[i])][static_cast<std::size_t>(second[i])];
  return agreement(counts);
}

TimeRange both(const Label& a, const Label& b) {
  return {std::min(a.span.start, b.span.start), std::max(a.span.end, b.span.end)};
}

bool apart(const Label& a, const Label& b, const EventTolerance& tolerance) {
  const double endTolerance = std::max(tolerance.seconds, tolerance.shareOfLength * a.span.length().seconds());
  return std::abs((b.span.start - a.span.start).seconds()) > tolerance.seconds + kRounding ||
         (tolerance.compareEnds && std::abs((b.span.end - a.span.end).seconds()) > endTolerance + kRounding);
}

std::vector<Disagreement> disagreementsOf(const std::vector<Label>& a, const std::vector<Label>& b, const Pairs& same,
                                          const EventTolerance& tolerance) {
  std::vector<Disagreement> all;
  std::vector<bool> takenA(a.size());
  std::vector<bool> takenB(b.size());
  for (const auto& [i, j] : same) {
    takenA[i] = takenB[j] = true;
    if (apart(a[i], b[j], tolerance)) all.push_back({DisagreementKind::boundaries, both(a[i], b[j]), a[i], b[j]});
  }
  for (const auto& [i, j] : pairsOf(a, b, false, tolerance, takenA, takenB)) {
    takenA[i] = takenB[j] = true;
    all.push_back({DisagreementKind::otherText, both(a[i], b[j]), a[i], b[j]});
  }
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!takenA[i]) all.push_back({DisagreementKind::onlyFirst, a[i].span, a[i], std::nullopt});
  for (std::size_t j = 0; j < b.size(); ++j)
    if (!takenB[j]) all.push_back({DisagreementKind::onlySecond, b[j].span, std::nullopt, b[j]});
  std::stable_sort(all.begin(), all.end(),
                   [](const Disagreement& x, const Disagreement& y) { return x.span.start < y.span.start; });
  return all;
}

std::vector<Event> eventsOf(const std::vector<Label>& labels, const std::map<std::string, std::int64_t>& numbers) {
  std::vector<Event> events;
  for (const Label& label : labels)
    events.push_back({0, numbers.at(label.text), label.span.start.seconds(), label.span.end.seconds()});
  return events;
}

}  // namespace

Result<LabelAgreement> labelAgreement(const LabelSet& first, const LabelSet& second, const LabelAgreementOptions& options) {
  if (!(options.stepSeconds > 0.0)) return fail(ErrorCode::invalidArgument, "the step must be above 0 s");
  const auto a = labelsOf(first);
  const auto b = labelsOf(second);
  if (a.empty() && b.empty()) return fail(ErrorCode::invalidArgument, "neither of the two holds a label to compare");
  const auto numbers = numbersOf(a, b);
  LabelAgreement out;
  out.first = static_cast<std::int64_t>(a.size());
  out.second = static_cast<std::int64_t>(b.size());
  const Pairs same = pairsOf(a, b, true, options.tolerance, std::vector<bool>(a.size()), std::vector<bool>(b.size()));
  out.boundaries = boundariesOf(a, b, same);
  const auto grid = gridAgreement(first, second, a, b, numbers, options.stepSeconds);
  if (!grid) return fail(grid.error());
  out.observed = grid->observed;
  out.kappa = grid->kappa;
  const auto scores = eventScores(eventsOf(a, numbers), eventsOf(b, numbers), static_cast<std::int64_t>(numbers.size()), options.tolerance);
  if (!scores) return fail(scores.error());
  out.events = scores->overall;
  double either = 0.0;
  double shareOfBoth = 0.0;
  for (const auto& [text, number] : numbers) {
    const auto mine = covered(a, text);
    const auto yours = covered(b, text);
    const double common = sharedTime(mine, yours);
    const double total = lengthOf(mine) + lengthOf(yours) - common;
    const auto at = static_cast<std::size_t>(number);
    out.perText.push_back({text, total > 0.0 ? std::optional(common / total) : std::nullopt, scores->perClass[at].f1, scores->truth[at],
                           scores->found[at], scores->matched[at]});
    either += total;
    shareOfBoth += common;
  }
  if (either > 0.0) out.overlap = shareOfBoth / either;
  out.disagreements = disagreementsOf(a, b, same, options.tolerance);
  return out;
}

}  // namespace chladni::metrics

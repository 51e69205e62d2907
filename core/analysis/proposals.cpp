#include "core/analysis/proposals.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "core/data/window_stretch.h"

namespace chladni::analysis {
namespace {

constexpr double kSameEvent = 0.5;  // of a proposal's length

float probability(float p) { return std::isnan(p) ? 0.0F : p; }

struct Run {
  TimeRange span;
  double sum = 0.0;
  int windows = 0;
};

std::vector<Run> runsOf(const std::vector<TimeRange>& stretches, const Matrix& scores, std::int64_t column, const ProposalOptions& options) {
  const auto high = static_cast<float>(options.threshold);
  const auto low = static_cast<float>(std::max(0.0, options.threshold - options.hysteresis));
  std::vector<Run> runs;
  Run run;
  bool reached = false;
  const auto close = [&] {
    if (run.windows > 0 && reached) runs.push_back(run);
    run = {};
    reached = false;
  };
  for (std::size_t i = 0; i < stretches.size(); ++i) {
    const float p = probability(scores.at(static_cast<std::int64_t>(i), column));
    if (p < low) {
      close();
      continue;
    }
    if (run.windows == 0) run.span.start = stretches[i].start;
    run.span.end = stretches[i].end;
    run.sum += p;
    ++run.windows;
    reached = reached || p >= high;
  }
  close();
  return runs;
}

std::vector<Run> bridged(std::vector<Run> runs, MediaTime gap) {
  std::vector<Run> merged;
  for (Run& run : runs) {
    if (!merged.empty() && run.span.start - merged.back().span.end <= gap) {
      merged.back().span.end = run.span.end;
      merged.back().sum += run.sum;
      merged.back().windows += run.windows;
    } else {
      merged.push_back(run);
    }
  }
  return merged;
}

bool mostlyOn(const TimeRange& span, const TimeRange& other) {
  if (span.length() <= MediaTime{}) return other.start <= span.start && span.start <= other.end;
  const MediaTime shared = std::min(span.end, other.end) - std::max(span.start, other.start);
  return static_cast<double>(shared.nanoseconds()) > kSameEvent * static_cast<double>(span.length().nanoseconds());
}

}  // namespace

Result<void> checkOptions(const ProposalOptions& options) {
  const auto within = [](double value, double most) { return std::isfinite(value) && value >= 0.0 && value <= most; };
  if (!within(options.threshold, 1.0)) return fail(ErrorCode::invalidArgument, "the threshold is a probability between 0 and 1");
  if (!within(options.hysteresis, 1.0)) return fail(ErrorCode::invalidArgument, "the hysteresis is a part of a probability, between 0 and 1");
  constexpr double kDay = 86400.0;
  if (!within(options.minimumSeconds, kDay) || !within(options.gapSeconds, kDay))
    return fail(ErrorCode::invalidArgument, "the minimum length and the gap are seconds between 0 and 86400");
  return {};
}

Result<std::vector<Proposal>> proposalsOf(const std::vector<TimeRange>& windows, const Matrix& scores, const ProposalOptions& options,
                                          int background) {
  if (auto ok = checkOptions(options); !ok) return fail(ok.error());
  if (scores.rows != static_cast<std::int64_t>(windows.size()))
    return fail(ErrorCode::invalidArgument, std::to_string(scores.rows) + " rows of scores for " + std::to_string(windows.size()) +
                                                " windows; give one row per window");
  std::vector<TimeRange> stretches;
  stretches.reserve(windows.size());
  for (std::size_t i = 0; i < windows.size(); ++i) stretches.push_back(stretchOf(windows, i));
  std::vector<Proposal> proposals;
  for (std::int64_t column = 0; column < scores.columns; ++column) {
    if (column == background) continue;
    for (const Run& run : bridged(runsOf(stretches, scores, column, options), MediaTime::fromSeconds(options.gapSeconds))) {
      if (run.span.length() < MediaTime::fromSeconds(options.minimumSeconds)) continue;
      proposals.push_back({run.span, static_cast<int>(column), static_cast<float>(run.sum / run.windows)});
    }
  }
  std::stable_sort(proposals.begin(), proposals.end(), [](const Proposal& a, const Proposal& b) {
    return std::tuple(a.span.start, a.span.end, a.index) < std::tuple(b.span.start, b.span.end, b.index);
  });
  return proposals;
}

std::vector<Label> labelsOf(const std::vector<Proposal>& proposals, const std::vector<std::string>& classes, const Provenance& provenance,
                            const ProposalOptions& options, const std::string& madeAt) {
  std::vector<Label> labels;
  labels.reserve(proposals.size());
  for (const Proposal& proposal : proposals) {
    Label label;
    label.span = proposal.span;
    label.text = classes.at(static_cast<std::size_t>(proposal.index));
    label.confidence = std::clamp(static_cast<double>(proposal.p), 0.0, 1.0);
    label.state = LabelState::proposed;
    label.origin = {provenance.model, provenance.weightsSha256, options.threshold};
    label.attributes.emplace_back("proposed", madeAt);
    labels.push_back(std::move(label));
  }
  return labels;
}

Result<TrackEdit> replaceProposals(const LabelTrack& track, const std::vector<Label>& proposals) {
  LabelIndices waiting;
  for (std::size_t i = 0; i < track.labels.size(); ++i)
    if (track.labels[i].state == LabelState::proposed) waiting.push_back(i);
  TrackEdit edit = {track, {}, {}};
  if (waiting.empty()) {
    for (std::size_t i = 0; i < track.labels.size(); ++i) edit.from.push_back(static_cast<std::int64_t>(i));
  } else {
    auto rest = removeLabels(track, waiting);
    if (!rest) return rest;
    edit = std::move(*rest);
  }
  std::vector<std::pair<Label, std::int64_t>> all;
  for (std::size_t i = 0; i < edit.from.size(); ++i) all.emplace_back(edit.track.labels[i], edit.from[i]);
  const std::size_t decided = all.size();
  for (const Label& proposal : proposals) {
    const bool known = std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(decided), [&](const auto& one) {
      return mostlyOn(proposal.span, one.first.span) && one.first.text == proposal.text;
    });
    if (!known) all.emplace_back(proposal, kNewLabel);
  }
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return std::tuple(a.first.span.start, a.first.span.end) < std::tuple(b.first.span.start, b.first.span.end);
  });
  TrackEdit result{edit.track, {}, {}};
  result.track.labels.clear();
  for (auto& [label, from] : all) {
    if (from == kNewLabel) result.selected.push_back(result.from.size());
    result.track.labels.push_back(std::move(label));
    result.from.push_back(from);
  }
  if (result.track.exclusive && firstOverlap(result.track.labels))
    return fail(ErrorCode::invalidArgument, "the proposals overlap, and the track \"" + track.name +
                                                "\" is exclusive; allow overlaps, or give them a track of their own");
  return result;
}

Result<TrackEdit> acceptFrom(const LabelTrack& track, double least, const std::string& author) {
  TrackEdit edit{track, {}, {}};
  for (std::size_t i = 0; i < track.labels.size(); ++i) {
    edit.from.push_back(static_cast<std::int64_t>(i));
    Label& label = edit.track.labels[i];
    if (label.state != LabelState::proposed || label.confidence.value_or(0.0) < least) continue;
    label.state = LabelState::confirmed;
    label.author = author;
    edit.selected.push_back(i);
  }
  return edit;
}

}  // namespace chladni::analysis

#include "core/data/label_edit.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iterator>
#include <limits>

namespace chladni {

namespace {

struct Draft {
  Label label;
  std::int64_t from = kNewLabel;
  bool selected = false;
};

std::string at(MediaTime time) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f s", time.seconds());
  return text;
}

std::vector<Draft> draftsOf(const LabelTrack& track) {
  std::vector<Draft> drafts;
  drafts.reserve(track.labels.size() + 1);
  for (std::size_t i = 0; i < track.labels.size(); ++i)
    drafts.push_back({track.labels[i], static_cast<std::int64_t>(i), false});
  return drafts;
}

bool before(const Label& a, const Label& b) {
  return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end < b.span.end;
}

Result<void> checkIndices(const LabelTrack& track, const LabelIndices& which) {
  if (which.empty()) return fail(ErrorCode::invalidArgument, "no label is selected; select one first");
  for (const std::size_t index : which)
    if (index >= track.labels.size())
      return fail(ErrorCode::invalidArgument, "track \"" + track.name + "\" has no label " + std::to_string(index + 1) +
                                                  "; it holds " + std::to_string(track.labels.size()));
  return {};
}

Unexpected overlapOf(const LabelTrack& track, const Label& label) {
  return fail(ErrorCode::invalidArgument, "\"" + label.text + "\" at " + at(label.span.start) +
                                              " overlaps the next label, and track \"" + track.name +
                                              "\" is exclusive; shorten one of them or allow overlaps");
}

// Sorts, checks and ties the ends together. Every public function ends here.
Result<TrackEdit> finished(const LabelTrack& track, std::vector<Draft> drafts) {
  std::stable_sort(drafts.begin(), drafts.end(), [](const Draft& a, const Draft& b) { return before(a.label, b.label); });
  TrackEdit edit;
  edit.track.name = track.name;
  edit.track.kind = track.kind;
  edit.track.exclusive = track.exclusive;
  edit.track.reference = track.reference;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].selected) edit.selected.push_back(i);
    edit.from.push_back(drafts[i].from);
    edit.track.labels.push_back(std::move(drafts[i].label));
  }
  if (track.exclusive)
    if (const auto overlap = firstOverlap(edit.track.labels)) return overlapOf(track, edit.track.labels[*overlap]);
  return edit;
}

Result<std::vector<Draft>> selectedDrafts(const LabelTrack& track, const LabelIndices& which) {
  if (auto ok = checkIndices(track, which); !ok) return fail(ok.error());
  auto drafts = draftsOf(track);
  for (const std::size_t index : which) drafts[index].selected = true;
  return drafts;
}

Label shifted(Label label, MediaTime by) {
  label.span = {label.span.start + by, label.span.end + by};
  return label;
}

// How far an edge may go before it meets the other edge or, on an exclusive track, another label.
TimeRange roomFor(const LabelTrack& track, std::size_t which, LabelEdge edge) {
  const TimeRange span = track.labels[which].span;
  TimeRange room = edge == LabelEdge::start
                       ? TimeRange{MediaTime::fromNanoseconds(std::numeric_limits<std::int64_t>::min()), span.end}
                       : TimeRange{span.start, MediaTime::fromNanoseconds(std::numeric_limits<std::int64_t>::max())};
  if (!track.exclusive) return room;
  for (std::size_t i = 0; i < track.labels.size(); ++i) {
    if (i == which) continue;
    const TimeRange& other = track.labels[i].span;
    if (edge == LabelEdge::start && other.end <= span.start) room.start = std::max(room.start, other.end);
    if (edge == LabelEdge::end && other.start >= span.end) room.end = std::min(room.end, other.start);
  }
  return room;
}

}  // namespace

std::optional<std::size_t> firstOverlap(const std::vector<Label>& labels) {
  for (std::size_t i = 1, reach = 0; i < labels.size(); ++i) {
    const TimeRange& last = labels[reach].span;
    const TimeRange& next = labels[i].span;
    // Two points at one instant are as much on top of each other as two equal intervals.
    if (next.start < last.end || (next == last && labels[i].isPoint())) return reach;
    if (next.end >= last.end) reach = i;
  }
  return std::nullopt;
}

Result<void> checkLabel(const Label& label) {
  const auto wrong = [&](const std::string& what) {
    return fail(ErrorCode::invalidArgument, "label \"" + label.text + "\" at " + at(label.span.start) + ": " + what);
  };
  if (!isLabelTime(label.span.start) || !isLabelTime(label.span.end)) return wrong("it lies more than 126 years from the start");
  if (label.span.end < label.span.start) return wrong("it ends before it starts; swap the two times");
  if (label.band && !(std::isfinite(label.band->low) && std::isfinite(label.band->high) && label.band->low <= label.band->high))
    return wrong("its frequencies are not a band from low to high");
  if (label.confidence && !(*label.confidence >= 0.0 && *label.confidence <= 1.0)) return wrong("its confidence is not from 0 to 1");
  if (label.origin.threshold && !std::isfinite(*label.origin.threshold)) return wrong("its threshold is not a number");
  return {};
}

Result<TrackEdit> addLabel(const LabelTrack& track, Label label) {
  if (track.kind == TrackKind::points) label.span.end = label.span.start;
  if (auto ok = checkLabel(label); !ok) return fail(ok.error());
  auto drafts = draftsOf(track);
  drafts.push_back({std::move(label), kNewLabel, true});
  return finished(track, std::move(drafts));
}

Result<TrackEdit> removeLabels(const LabelTrack& track, const LabelIndices& which) {
  auto drafts = selectedDrafts(track, which);
  if (!drafts) return fail(drafts.error());
  std::erase_if(*drafts, [](const Draft& draft) { return draft.selected; });
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> changeLabel(const LabelTrack& track, std::size_t which, Label label) {
  auto drafts = selectedDrafts(track, {which});
  if (!drafts) return fail(drafts.error());
  if (track.kind == TrackKind::points) label.span.end = label.span.start;
  if (auto ok = checkLabel(label); !ok) return fail(ok.error());
  (*drafts)[which].label = std::move(label);
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> setClass(const LabelTrack& track, const LabelIndices& which, const std::string& text,
                           const std::string& author) {
  auto drafts = selectedDrafts(track, which);
  if (!drafts) return fail(drafts.error());
  for (Draft& draft : *drafts) {
    if (!draft.selected) continue;
    draft.label.text = text;
    draft.label.state = LabelState::confirmed;
    draft.label.author = author;
  }
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> splitLabels(const LabelTrack& track, const LabelIndices& which, MediaTime time) {
  auto drafts = selectedDrafts(track, which);
  if (!drafts) return fail(drafts.error());
  std::vector<Draft> added;
  for (Draft& draft : *drafts) {
    if (!draft.selected || time <= draft.label.span.start || time >= draft.label.span.end) continue;
    Draft second{draft.label, kNewLabel, true};
    second.label.span.start = time;
    draft.label.span.end = time;
    added.push_back(std::move(second));
  }
  if (added.empty())
    return fail(ErrorCode::invalidArgument, "no selected label holds " + at(time) + "; move the playhead inside one");
  std::move(added.begin(), added.end(), std::back_inserter(*drafts));
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> mergeLabels(const LabelTrack& track, const LabelIndices& which) {
  auto drafts = selectedDrafts(track, which);
  if (!drafts) return fail(drafts.error());
  Draft* first = nullptr;
  int merged = 0;
  for (Draft& draft : *drafts) {
    if (!draft.selected) continue;
    ++merged;
    if (!first) {
      first = &draft;
      continue;
    }
    first->label.span.end = std::max(first->label.span.end, draft.label.span.end);
  }
  if (merged < 2) return fail(ErrorCode::invalidArgument, "merging needs two labels; select a second one");
  const std::int64_t kept = first->from;
  std::erase_if(*drafts, [kept](const Draft& draft) { return draft.selected && draft.from != kept; });
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> shiftLabels(const LabelTrack& track, const LabelIndices& which, MediaTime by) {
  auto drafts = selectedDrafts(track, which);
  if (!drafts) return fail(drafts.error());
  for (Draft& draft : *drafts)
    if (draft.selected) draft.label = shifted(std::move(draft.label), by);
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> duplicateLabels(const LabelTrack& track, const LabelIndices& which, MediaTime by) {
  auto drafts = selectedDrafts(track, which);
  if (!drafts) return fail(drafts.error());
  const std::size_t count = drafts->size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!(*drafts)[i].selected) continue;
    (*drafts)[i].selected = false;
    drafts->push_back({shifted((*drafts)[i].label, by), kNewLabel, true});
  }
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> nudgeEdge(const LabelTrack& track, std::size_t which, LabelEdge edge, MediaTime by) {
  auto drafts = selectedDrafts(track, {which});
  if (!drafts) return fail(drafts.error());
  const TimeRange room = roomFor(track, which, edge);
  TimeRange& span = (*drafts)[which].label.span;
  if (track.kind == TrackKind::points) {
    span = {span.start + by, span.start + by};
  } else {
    MediaTime& moved = edge == LabelEdge::start ? span.start : span.end;
    moved = std::clamp(moved + by, room.start, room.end);
  }
  return finished(track, std::move(*drafts));
}

Result<TrackEdit> setExclusive(const LabelTrack& track, bool exclusive) {
  LabelTrack changed = track;
  changed.exclusive = exclusive;
  return finished(changed, draftsOf(track));
}

Result<TrackEdit> setReference(const LabelTrack& track, bool reference) {
  LabelTrack changed = track;
  changed.reference = reference;
  return finished(changed, draftsOf(track));
}

std::optional<std::size_t> nextLabel(const LabelTrack& track, MediaTime time) {
  const auto found = std::upper_bound(track.labels.begin(), track.labels.end(), time,
                                      [](MediaTime value, const Label& label) { return value < label.span.start; });
  if (found == track.labels.end()) return std::nullopt;
  return static_cast<std::size_t>(found - track.labels.begin());
}

std::optional<std::size_t> previousLabel(const LabelTrack& track, MediaTime time) {
  const auto found = std::lower_bound(track.labels.begin(), track.labels.end(), time,
                                      [](const Label& label, MediaTime value) { return label.span.start < value; });
  if (found == track.labels.begin()) return std::nullopt;
  return static_cast<std::size_t>(found - track.labels.begin()) - 1;
}

}  // namespace chladni

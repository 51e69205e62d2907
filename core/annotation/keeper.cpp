#include "core/annotation/keeper.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace chladni::annotation {

namespace {

bool earlier(const Label& a, const Label& b) {
  return a.span.start != b.span.start ? a.span.start < b.span.start : a.span.end < b.span.end;
}

bool finite(const std::optional<double>& value) { return !value || std::isfinite(*value); }

void repair(Label& label) {
  if (label.span.end < label.span.start) std::swap(label.span.start, label.span.end);
  if (!finite(label.confidence)) label.confidence.reset();
  if (!finite(label.origin.threshold)) label.origin.threshold.reset();
  if (label.band && !(std::isfinite(label.band->low) && std::isfinite(label.band->high))) label.band.reset();
  for (std::string* text : {&label.text, &label.author, &label.origin.model, &label.origin.weightsSha256})
    *text = obeying(*text, TextRule::any);
  for (auto& [key, value] : label.attributes) {
    key = obeying(key, TextRule::any);
    value = obeying(value, TextRule::any);
  }
}

}  // namespace

void sortLabels(LabelTrack& track) { std::stable_sort(track.labels.begin(), track.labels.end(), earlier); }

TrackKind kindByLabels(const LabelTrack& track) {
  const bool points = !track.labels.empty() && std::all_of(track.labels.begin(), track.labels.end(),
                                                           [](const Label& label) { return label.isPoint(); });
  return points ? TrackKind::points : TrackKind::intervals;
}

void makeNamesUnique(LabelSet& set, std::string_view nameless) {
  std::set<std::string> used;
  std::unordered_map<std::string, std::size_t> next;
  for (LabelTrack& track : set.tracks) {
    if (track.name.empty()) track.name = nameless;
    if (used.insert(track.name).second) continue;
    std::size_t& number = next.try_emplace(track.name, 2).first->second;
    std::string name;
    do name = track.name + "-" + std::to_string(number++);
    while (!used.insert(name).second);
    track.name = std::move(name);
  }
}

bool overlaps(const LabelTrack& track) {
  for (std::size_t i = 1; i < track.labels.size(); ++i)
    if (track.labels[i].span.start < track.labels[i - 1].span.end) return true;
  return false;
}

Keeper::Keeper(LabelSet set) : set_(std::move(set)) {
  const LabelSet before = set_;
  for (LabelTrack& track : set_.tracks) {
    track.name = obeying(track.name, TextRule::any);
    for (Label& label : track.labels) repair(label);
    sortLabels(track);
    if (track.kind == TrackKind::points) track.kind = track.labels.empty() ? track.kind : kindByLabels(track);
  }
  set_.media = obeying(set_.media, TextRule::any);
  if (!(set_ == before)) lose(1, "set", "what is no valid label is repaired: order, text that is no UTF-8, numbers");
}

void Keeper::lose(std::size_t count, std::string_view noun, const std::string& what) {
  if (count == 0) return;
  losses_.push_back(what + " (" + std::to_string(count) + " " + std::string(noun) + (count == 1 ? ")" : "s)"));
}

template <class Change>
void Keeper::eachLabel(const Change& change, const std::string& what) {
  std::size_t changed = 0;
  for (LabelTrack& track : set_.tracks)
    for (Label& label : track.labels) changed += change(label) ? 1 : 0;
  lose(changed, "label", what);
}

void Keeper::change(const std::function<void(Label&)>& edit, const std::string& what) {
  eachLabel(
      [&](Label& label) {
        const Label before = label;
        edit(label);
        return !(label == before);
      },
      what);
}

void Keeper::dropLength() {
  if (set_.length) lose(1, "recording", "the length of the recording is not kept");
  set_.length.reset();
}

void Keeper::dropMedia() {
  if (!set_.media.empty()) lose(1, "recording", "the name of the recording is not kept");
  set_.media.clear();
}

void Keeper::dropExclusive() {
  std::size_t changed = 0;
  for (LabelTrack& track : set_.tracks) changed += std::exchange(track.exclusive, false) ? 1 : 0;
  lose(changed, "track", "that labels may not overlap is not kept");
}

void Keeper::dropReference() {
  std::size_t changed = 0;
  for (LabelTrack& track : set_.tracks) changed += std::exchange(track.reference, false) ? 1 : 0;
  lose(changed, "track", "that it is the reference is not kept");
}

void Keeper::dropKinds() {
  std::size_t changed = 0;
  for (LabelTrack& track : set_.tracks) {
    const TrackKind kind = kindByLabels(track);
    changed += track.kind != kind ? 1 : 0;
    track.kind = kind;
  }
  lose(changed, "track", "whether a track is one of points or of intervals is not kept");
}

void Keeper::dropBands() {
  eachLabel([](Label& label) { return std::exchange(label.band, std::nullopt).has_value(); }, "frequencies are not kept");
}
void Keeper::dropConfidence() {
  eachLabel([](Label& label) { return std::exchange(label.confidence, std::nullopt).has_value(); },
            "confidence is not kept");
}
void Keeper::dropState() {
  eachLabel([](Label& label) { return std::exchange(label.state, LabelState::confirmed) != LabelState::confirmed; },
            "that a label is proposed or rejected is not kept");
}
void Keeper::dropAuthor() {
  eachLabel([](Label& label) { return !std::exchange(label.author, {}).empty(); }, "authors are not kept");
}
void Keeper::dropOrigin() {
  eachLabel([](Label& label) { return !(std::exchange(label.origin, {}) == LabelOrigin()); },
            "the model that proposed a label is not kept");
}
void Keeper::dropAttributes() {
  eachLabel([](Label& label) { return !std::exchange(label.attributes, {}).empty(); }, "attributes are not kept");
}
void Keeper::dropProvenance() {
  dropState();
  dropAuthor();
  dropOrigin();
  dropAttributes();
}

void Keeper::dropAuthorsThatDiffer() {
  std::size_t changed = 0;
  for (LabelTrack& track : set_.tracks) {
    const bool same = std::all_of(track.labels.begin(), track.labels.end(), [&](const Label& label) {
      return label.author == track.labels.front().author;
    });
    if (same) continue;
    for (Label& label : track.labels) changed += std::exchange(label.author, {}).empty() ? 0 : 1;
  }
  lose(changed, "label", "authors are kept only where a track has one");
}

void Keeper::dropEmptyTracks() {
  const std::size_t removed = std::erase_if(set_.tracks, [](const LabelTrack& track) { return track.labels.empty(); });
  lose(removed, "track", "tracks without labels are left out");
}

void Keeper::dropEmptyTexts(const std::string& why) {
  std::size_t removed = 0;
  for (LabelTrack& track : set_.tracks)
    removed += std::erase_if(track.labels, [](const Label& label) { return label.text.empty(); });
  lose(removed, "label", why);
}

void Keeper::mergeTracks(bool keepOnlyName) {
  dropEmptyTracks();
  if (set_.tracks.empty()) return;
  if (set_.tracks.size() == 1) {
    LabelTrack& only = set_.tracks.front();
    if (keepOnlyName || only.name == kOnlyTrack) return;
    only.name = kOnlyTrack;
    return lose(1, "track", "the name of the track is not kept");
  }
  lose(set_.tracks.size(), "track", "tracks are not kept apart: all labels go to one");
  LabelTrack all;
  all.name = kOnlyTrack;
  for (LabelTrack& track : set_.tracks)
    all.labels.insert(all.labels.end(), std::make_move_iterator(track.labels.begin()),
                      std::make_move_iterator(track.labels.end()));
  sortLabels(all);
  all.kind = kindByLabels(all);
  set_.tracks.clear();
  set_.tracks.push_back(std::move(all));
}

void Keeper::obey(TextRule rule) {
  eachLabel(
      [&](Label& label) {
        std::string text = obeying(label.text, rule);
        const bool changed = text != label.text;
        label.text = std::move(text);
        return changed;
      },
      "characters that the format cannot hold are replaced");
}

void Keeper::obeyNames(TextRule rule, std::string_view nameless, char forbidden) {
  std::vector<std::string> before;
  for (LabelTrack& track : set_.tracks) {
    before.push_back(track.name);
    track.name = obeying(without(track.name, forbidden), rule);
  }
  makeNamesUnique(set_, nameless);
  std::size_t changed = 0;
  for (std::size_t i = 0; i < before.size(); ++i) changed += before[i] != set_.tracks[i].name ? 1 : 0;
  lose(changed, "track", "names of tracks are changed to ones that the format can hold");
}

void Keeper::snapTimes(const std::function<MediaTime(MediaTime)>& snap, const std::string& why) {
  eachLabel(
      [&](Label& label) {
        const TimeRange span{snap(label.span.start), snap(label.span.end)};
        const bool changed = !(span == label.span);
        label.span = span;
        return changed;
      },
      why);
}

void Keeper::snapTo(MediaTime step, const std::string& why) {
  const std::int64_t ns = step.nanoseconds();
  snapTimes(
      [ns](MediaTime time) {
        const std::int64_t rest = ((time.nanoseconds() % ns) + ns) % ns;
        const std::int64_t down = time.nanoseconds() - rest;
        return MediaTime::fromNanoseconds(rest * 2 >= ns ? down + ns : down);
      },
      why);
}

void Keeper::within(MediaTime first, MediaTime last, const std::string& why) {
  std::size_t removed = 0;
  for (LabelTrack& track : set_.tracks)
    removed += std::erase_if(track.labels, [&](const Label& label) {
      const bool touches = label.isPoint() ? label.span.start <= last : label.span.start < last;
      return !touches || (label.isPoint() ? label.span.end < first : label.span.end <= first);
    });
  lose(removed, "label", "left out: " + why);
  eachLabel(
      [&](Label& label) {
        const TimeRange span{std::max(label.span.start, first), std::min(label.span.end, last)};
        const bool changed = !(span == label.span);
        label.span = span;
        return changed;
      },
      "cut: " + why);
}

void Keeper::atLeastLong(MediaTime length, const std::string& why) {
  eachLabel(
      [&](Label& label) {
        if (label.span.length() >= length) return false;
        label.span.end = label.span.start + length;
        return true;
      },
      why);
}

void Keeper::tidy() {
  for (LabelTrack& track : set_.tracks) sortLabels(track);
}

}  // namespace chladni::annotation

#include "core/annotation/recordings.h"

namespace chladni::annotation {

namespace {

constexpr std::string_view kNameless = "recording";

}  // namespace

void recordingsFromTracks(LabelSet& set) {
  if (set.tracks.size() != 1) return;
  set.media = set.tracks.front().name;
  set.tracks.front().name = kOnlyTrack;
}

void keepRecordings(Keeper& keeper, TextRule rule, char forbidden) {
  LabelSet& set = keeper.set();
  keeper.dropEmptyTracks();
  if (set.tracks.empty()) return keeper.dropMedia();
  if (set.media.empty() && set.tracks.size() > 1) {
    keeper.lose(set.tracks.size(), "track", "no recording is named: tracks are written as recordings of their names");
    return keeper.obeyNames(rule, kNameless, forbidden);
  }
  std::string media = set.media.empty() ? set.tracks.front().name : set.media;
  keeper.mergeTracks(false);
  media = obeying(without(media, forbidden), rule);
  if (media.empty() || media == "<NA>") media = kNameless;
  if (media != set.media) keeper.lose(1, "recording", "the recording is called " + media);
  set.media = std::move(media);
}

const std::string& recordingOf(const LabelSet& set, const LabelTrack& track) {
  return set.media.empty() ? track.name : set.media;
}

}  // namespace chladni::annotation

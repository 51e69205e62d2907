// Keeper: takes from a set of labels what a format cannot hold, and says so. Private to core/annotation. Each step changes
// nothing, and says nothing, when the set already obeys; a format is a short list of steps.
// The set is made valid first: ordered labels, finite numbers, well-formed UTF-8. Not thread-safe.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/annotation/text_rules.h"
#include "core/data/label.h"

namespace chladni::annotation {

// Name of the one track of formats without names of tracks.
inline constexpr std::string_view kOnlyTrack = "labels";

// By start, then end; equal spans keep their order.
void sortLabels(LabelTrack& track);
// Points when all labels are, and there is one; what formats without kinds of tracks give.
TrackKind kindByLabels(const LabelTrack& track);
// Adds "-2", "-3" ... to names that occurred before; those that lack a name become `nameless`.
void makeNamesUnique(LabelSet& set, std::string_view nameless);
bool overlaps(const LabelTrack& track);

class Keeper {
 public:
  explicit Keeper(LabelSet set);

  [[nodiscard]] LabelSet& set() { return set_; }
  [[nodiscard]] const std::vector<std::string>& losses() const { return losses_; }
  // "what (3 labels)"; nothing for a count of 0.
  void lose(std::size_t count, std::string_view noun, const std::string& what);

  void dropLength();
  void dropMedia();
  void dropExclusive();
  void dropReference();
  void dropKinds();  // by the labels
  void dropBands();
  void dropConfidence();
  void dropState();
  void dropAuthor();
  void dropAuthorsThatDiffer();  // within a track
  void dropOrigin();
  void dropAttributes();
  // State, author, origin and attributes.
  void dropProvenance();
  void dropEmptyTracks();
  void dropEmptyTexts(const std::string& why);
  // One track, called kOnlyTrack unless its name can be kept.
  void mergeTracks(bool keepOnlyName);
  void obey(TextRule rule);
  void obeyNames(TextRule rule, std::string_view nameless, char forbidden = 0);
  // The nearest times that the format knows.
  void snapTimes(const std::function<MediaTime(MediaTime)>& snap, const std::string& why);
  void snapTo(MediaTime step, const std::string& why);
  // Cuts labels; drops those that lie outside.
  void within(MediaTime first, MediaTime last, const std::string& why);
  void atLeastLong(MediaTime length, const std::string& why);
  // Every label for itself; counts those that changed.
  void change(const std::function<void(Label&)>& edit, const std::string& what);
  void tidy();  // sorts what the steps have changed

 private:
  template <class Change>
  void eachLabel(const Change& change, const std::string& what);
  LabelSet set_;
  std::vector<std::string> losses_;
};

// 100 days: formats that count in doubles are exact to the nanosecond within.
inline constexpr MediaTime kLongestTime = MediaTime::fromNanoseconds(8'640'000ll * 1'000'000'000);

}  // namespace chladni::annotation

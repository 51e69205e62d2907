// SetBuilder: collects the labels of a file and keeps to the limits of label_file.h. Private to core/annotation.
#pragma once

#include <string>
#include <unordered_map>

#include "core/annotation/keeper.h"
#include "core/annotation/label_file.h"
#include "core/annotation/text_numbers.h"

namespace chladni::annotation {

inline constexpr const char* kTooMuchText = "repeats more than 256 MiB of text; a name that all labels carry is too long";
inline constexpr const char* kTooManyLabels = "more than 200000 labels or 20000 tracks; split the file";

// The recording that the rows of a table name; none when they name several, as the labels of a set lie on one.
class NamedRecording {
 public:
  void see(std::string_view name) {
    if (name.empty() || name == name_) return;
    several_ = several_ || !name_.empty();
    name_ = name;
  }
  [[nodiscard]] std::string name() const { return several_ ? std::string() : name_; }

 private:
  std::string name_;
  bool several_ = false;
};

class SetBuilder {
 public:
  LabelSet set;

  // Always a new one; nothing when there are too many.
  LabelTrack* addTrack(std::string name) {
    if (set.tracks.size() >= kMaxLabelTracks) return nullptr;
    set.tracks.emplace_back().name = std::move(name);
    return &set.tracks.back();
  }
  // The one that was made with this name, or a new one.
  LabelTrack* trackNamed(const std::string& name) {
    const auto [at, isNew] = byName_.try_emplace(name, set.tracks.size());
    return isNew ? addTrack(name) : &set.tracks[at->second];
  }
  // Label of the track; nothing when there are too many.
  Label* addLabel(LabelTrack* track) {
    if (!track || labels_ >= kMaxLabels) return nullptr;
    ++labels_;
    return &track->labels.emplace_back();
  }
  // False when labels repeat more text than any file has: one long name that all of them carry.
  bool hold(std::size_t bytes) { return (held_ += bytes) <= kMaxHeld; }
  // Orders labels and makes names unique.
  LabelSet finished(bool kindsByLabels = true) {
    for (LabelTrack& track : set.tracks) {
      sortLabels(track);
      if (kindsByLabels) track.kind = kindByLabels(track);
    }
    makeNamesUnique(set, kOnlyTrack);
    return std::move(set);
  }

 private:
  std::unordered_map<std::string, std::size_t> byName_;
  static constexpr std::size_t kMaxHeld = std::size_t{256} << 20;
  std::size_t labels_ = 0, held_ = 0;
};

}  // namespace chladni::annotation

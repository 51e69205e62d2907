// What people and models say about stretches of a recording: labels on tracks, with a vocabulary of classes.
// Plain values, no services; times count from the recording's first instant, in nanoseconds, and may lie outside of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/base/units.h"

namespace chladni {

// A band of frequencies in Hz, low <= high.
struct FrequencyBand {
  double low = 0.0;
  double high = 0.0;
  bool operator==(const FrequencyBand&) const = default;
};

// Which model proposed a label and with which settings; empty for a person's own.
struct LabelOrigin {
  std::string model;          // package name
  std::string weightsSha256;  // of its weights file
  std::optional<double> threshold;
  bool operator==(const LabelOrigin&) const = default;
};

enum class LabelState { confirmed, proposed, rejected };  // a person's word, a model's, a model's that a person refused

struct Label {
  TimeRange span;    // start == end: a point
  std::string text;  // the class or the words, UTF-8, any characters
  std::optional<FrequencyBand> band;  // a box in time and frequency when set
  std::optional<double> confidence;   // 0..1
  LabelState state = LabelState::confirmed;
  std::string author;  // who made or confirmed it; empty: unknown
  LabelOrigin origin;
  std::vector<std::pair<std::string, std::string>> attributes;  // in the order given, keys may repeat
  [[nodiscard]] bool isPoint() const { return span.start == span.end; }
  bool operator==(const Label&) const = default;
};

enum class TrackKind { intervals, points };

struct LabelTrack {
  std::string name;  // UTF-8, unique within its recording
  TrackKind kind = TrackKind::intervals;
  bool exclusive = false;     // labels may not overlap
  std::vector<Label> labels;  // by start, then end; equal spans keep the order in which they came
  bool reference = false;     // what others are held against: a project does not let it be edited
  bool operator==(const LabelTrack&) const = default;
};

struct LabelClass {
  std::string name;
  std::uint32_t colour = 0x808080;  // 0xRRGGBB
  std::string key;                  // one key that gives it, "" for none
  bool operator==(const LabelClass&) const = default;
};

// All tracks of one recording, as a file of labels holds them.
struct LabelSet {
  std::vector<LabelTrack> tracks;
  std::optional<MediaTime> length;  // of the recording, where the file says so
  std::string media;                // name of the recording, where the file says so; never opened unasked
  bool operator==(const LabelSet&) const = default;
};

}  // namespace chladni

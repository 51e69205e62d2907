// Measures of events in time. An event is a label from start to end, in seconds. Event-based F1: a found event is right
// when a true one has its label, starts within the tolerance, and ends within the larger of the tolerance and a share of
// the true event's length; each true event can be matched once, and the matching is the largest possible. Segment
// accuracy: the share of equal labels on a grid of segments. Follows Mesaros et al. 2016, "Metrics for Polyphonic Sound
// Event Detection". Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/metrics/classification_report.h"

namespace chladni::metrics {

struct Event {
  std::int64_t recording = 0;  // events of different recordings never match
  std::int64_t label = 0;
  double start = 0.0;
  double end = 0.0;
};

struct EventTolerance {
  double seconds = 0.2;
  double shareOfLength = 0.2;  // of the end only
  bool compareEnds = true;
};

struct EventScores {
  ClassScores overall;  // of all events together
  ClassScores macro;    // over classes that occur, true or found
  std::vector<ClassScores> perClass;
  std::vector<std::int64_t> truth;    // true events per class
  std::vector<std::int64_t> found;    // found events per class
  std::vector<std::int64_t> matched;  // right ones per class
};

// Fails with invalidArgument on a label out of range, an event that ends before it starts, or a negative tolerance.
Result<EventScores> eventScores(std::span<const Event> truth, std::span<const Event> found, std::int64_t classes,
                                const EventTolerance& tolerance = {});

struct SegmentScores {
  double accuracy = 0.0;                       // share of equal segments
  std::vector<double> perRecording;            // the same, recording by recording
  std::optional<double> foregroundAccuracy;    // among segments that are not background in truth
  std::optional<double> detection;             // share of segments where event and background are told apart
};

// truth and predicted: labels of segmentsPerRecording segments for each recording in turn. Without a background class
// the two optional figures are absent; foregroundAccuracy also when everything is background.
Result<SegmentScores> segmentScores(std::span<const std::int64_t> truth, std::span<const std::int64_t> predicted,
                                    std::int64_t segmentsPerRecording, std::optional<std::int64_t> background);

}  // namespace chladni::metrics

// Events from scores per segment: the best class of each segment, equal neighbours merged, background dropped.
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/matrix.h"

namespace chladni::analysis {

struct SegmentLabel {
  TimeRange span;
  int index = -1;  // of the class; -1: no score is a number
  float p = 0.0F;
};

struct Event {
  TimeRange span;
  int index = 0;
  float p = 0.0F;  // mean score of the class over the event's segments
};

struct EventOptions {
  int background = -1;     // class that is no event; -1: there is none
  float threshold = 0.0F;  // a segment whose best score lies below is no event either
};

// The class named "Background", whatever its case; -1 when there is none.
int backgroundClass(const std::vector<std::string>& classes);

// The best class of each row, the first of equals. Fails with invalidArgument unless scores has one row per segment.
Result<std::vector<SegmentLabel>> labelsOf(const std::vector<TimeRange>& segments, const Matrix& scores);
// In order of time. Neighbours are segments of which one begins where, or before, the other ends.
std::vector<Event> eventsOf(const std::vector<SegmentLabel>& labels, const EventOptions& options);

}  // namespace chladni::analysis

#include "core/analysis/events.h"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace chladni::analysis {
namespace {

bool sameLetters(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [&](char x, char y) { return lower(x) == lower(y); });
}

SegmentLabel best(TimeRange span, std::span<const float> scores) {
  SegmentLabel label{span, -1, 0.0F};
  for (std::size_t i = 0; i < scores.size(); ++i)
    if (!std::isnan(scores[i]) && (label.index < 0 || scores[i] > label.p)) label.index = static_cast<int>(i), label.p = scores[i];
  return label;
}

bool isEvent(const SegmentLabel& label, const EventOptions& options) {
  return label.index >= 0 && label.index != options.background && label.p >= options.threshold;
}

}  // namespace

int backgroundClass(const std::vector<std::string>& classes) {
  const auto found = std::find_if(classes.begin(), classes.end(), [](const auto& name) { return sameLetters(name, "background"); });
  return found == classes.end() ? -1 : static_cast<int>(found - classes.begin());
}

Result<std::vector<SegmentLabel>> labelsOf(const std::vector<TimeRange>& segments, const Matrix& scores) {
  if (scores.rows != static_cast<std::int64_t>(segments.size()))
    return fail(ErrorCode::invalidArgument, std::to_string(scores.rows) + " rows of scores for " +
                                                std::to_string(segments.size()) + " segments; give one row per segment");
  std::vector<SegmentLabel> labels;
  labels.reserve(segments.size());
  for (std::size_t i = 0; i < segments.size(); ++i)
    labels.push_back(best(segments[i], scores.row(static_cast<std::int64_t>(i))));
  return labels;
}

std::vector<Event> eventsOf(const std::vector<SegmentLabel>& labels, const EventOptions& options) {
  std::vector<Event> events;
  double sum = 0.0;
  int segments = 0;
  bool open = false;  // the last event may still grow
  for (const auto& label : labels) {
    if (!isEvent(label, options)) {
      open = false;
      continue;
    }
    const bool grows = open && events.back().index == label.index && label.span.start <= events.back().span.end;
    if (!grows) {
      events.push_back({label.span, label.index, 0.0F});
      sum = 0.0;
      segments = 0;
    }
    open = true;
    sum += label.p;
    ++segments;
    events.back().span.end = std::max(events.back().span.end, label.span.end);
    events.back().p = static_cast<float>(sum / segments);
  }
  return events;
}

}  // namespace chladni::analysis

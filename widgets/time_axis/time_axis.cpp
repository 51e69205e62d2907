#include "widgets/time_axis/time_axis.h"

#include <algorithm>

namespace chladni::widgets {

void TimeAxis::setDuration(double seconds) {
  const bool whole = from_ <= 0.0 && to_ >= duration_ - 1e-9;
  duration_ = std::max(0.0, seconds);
  if (whole) {
    setVisible(0.0, duration_);
  } else {
    setVisible(from_, to_);
  }
}

void TimeAxis::setVisible(double from, double to) {
  const double span = std::clamp(to - from, std::min(kShortestSpan, duration_), duration_);
  from = std::clamp(from, 0.0, duration_ - span);
  to = from + span;
  if (from == from_ && to == to_) return;
  from_ = from;
  to_ = to;
  Q_EMIT visibleChanged();
}

void TimeAxis::zoom(double factor, double anchor) {
  const double span = std::clamp(this->span() / factor, std::min(kShortestSpan, duration_), duration_);
  const double share = this->span() > 0.0 ? (anchor - from_) / this->span() : 0.5;
  setVisible(anchor - share * span, anchor - share * span + span);
}

void TimeAxis::scroll(double seconds) {
  const double span = this->span();
  const double from = std::clamp(from_ + seconds, 0.0, duration_ - span);
  setVisible(from, from + span);
}

void TimeAxis::setPlayhead(double seconds) {
  seconds = std::clamp(seconds, 0.0, duration_);
  if (seconds == playhead_) return;
  playhead_ = seconds;
  Q_EMIT playheadChanged();
}

void TimeAxis::setSelection(std::optional<std::pair<double, double>> selection) {
  if (selection) {
    auto& [start, end] = *selection;
    if (start > end) std::swap(start, end);
    start = std::clamp(start, 0.0, duration_);
    end = std::clamp(end, 0.0, duration_);
    if (end <= start) selection.reset();
  }
  if (selection == selection_) return;
  selection_ = selection;
  Q_EMIT selectionChanged();
}

void TimeAxis::setCursor(std::optional<double> seconds) {
  if (seconds == cursor_) return;
  cursor_ = seconds;
  Q_EMIT cursorChanged();
}

}  // namespace chladni::widgets

#include "widgets/time_axis/time_axis.h"

#include <algorithm>
#include <cmath>

namespace chladni::widgets {

void TimeAxis::setDuration(double seconds) {
  if (!std::isfinite(seconds)) return;
  const bool whole = from_ <= 0.0 && to_ >= duration_ - 1e-9;
  duration_ = std::max(0.0, seconds);
  setSelection(selection_);
  setPlayhead(playhead_);
  if (whole) {
    setVisible(0.0, duration_);
  } else {
    setVisible(from_, to_);
  }
}

void TimeAxis::setVisible(double from, double to) {
  if (!std::isfinite(from) || !std::isfinite(to)) return;
  const double span = std::clamp(to - from, std::min(kShortestSpan, duration_), duration_);
  from = std::clamp(from, 0.0, duration_ - span);
  to = from + span;
  if (from == from_ && to == to_) return;
  from_ = from;
  to_ = to;
  Q_EMIT visibleChanged();
}

void TimeAxis::fitSelection() {
  if (selection_) setVisible(selection_->first, selection_->second);
}

void TimeAxis::zoom(double factor, double anchor) {
  if (!(factor > 0.0) || !std::isfinite(factor)) return;
  const double span = std::clamp(this->span() / factor, std::min(kShortestSpan, duration_), duration_);
  const double share = this->span() > 0.0 ? (anchor - from_) / this->span() : 0.5;
  const double from = anchor - share * span;
  setVisible(from, from + span);
}

void TimeAxis::scroll(double seconds) {
  if (!std::isfinite(seconds)) return;
  const double span = this->span();
  const double from = std::clamp(from_ + seconds, 0.0, std::max(0.0, duration_ - span));
  setVisible(from, from + span);
}

void TimeAxis::setPlayhead(double seconds) {
  if (!std::isfinite(seconds)) return;
  seconds = std::clamp(seconds, 0.0, duration_);
  if (seconds == playhead_) return;
  playhead_ = seconds;
  Q_EMIT playheadChanged();
}

void TimeAxis::setSelection(std::optional<std::pair<double, double>> selection) {
  if (selection) {
    auto& [start, end] = *selection;
    if (!std::isfinite(start) || !std::isfinite(end)) return;
    if (start > end) std::swap(start, end);
    start = std::clamp(start, 0.0, duration_);
    end = std::clamp(end, 0.0, duration_);
    if (end <= start) selection.reset();
  }
  if (selection == selection_) return;
  selection_ = selection;
  Q_EMIT selectionChanged();
}

void TimeAxis::setCursor(std::optional<double> seconds, std::optional<double> hertz) {
  if (seconds) seconds = std::clamp(*seconds, 0.0, duration_);
  if (seconds == cursor_ && hertz == cursorHertz_) return;
  cursor_ = seconds;
  cursorHertz_ = hertz;
  Q_EMIT cursorChanged();
}

void TimeAxis::requestSeek(double seconds) {
  if (std::isfinite(seconds)) Q_EMIT seekRequested(std::clamp(seconds, 0.0, duration_));
}

}  // namespace chladni::widgets

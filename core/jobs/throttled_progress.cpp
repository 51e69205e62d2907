#include "core/jobs/throttled_progress.h"

namespace chladni::jobs {

ThrottledProgress::ThrottledProgress(ProgressSink sink, double perSecond, Clock clock)
    : sink_(std::move(sink)),
      interval_(std::chrono::duration_cast<std::chrono::steady_clock::duration>(
          std::chrono::duration<double>(1.0 / perSecond))),
      clock_(std::move(clock)) {}

void ThrottledProgress::report(const Progress& progress) {
  if (!sink_) return;
  const std::lock_guard lock(mutex_);
  const auto now = clock_();
  const bool newStage = !lastTime_ || progress.stage != lastStage_;
  const bool complete = progress.total > 0 && progress.done >= progress.total;
  if (newStage || complete || now - *lastTime_ >= interval_)
    pass(progress, now);
  else
    held_ = progress;
}

void ThrottledProgress::flush() {
  const std::lock_guard lock(mutex_);
  if (held_) pass(Progress(*held_), clock_());
}

void ThrottledProgress::pass(const Progress& progress, std::chrono::steady_clock::time_point now) {
  // A held update of the stage that ends here was its last one: it goes first.
  if (held_ && held_->stage != progress.stage) sink_(*held_);
  held_.reset();
  lastTime_ = now;
  lastStage_ = progress.stage;
  sink_(progress);
}

}  // namespace chladni::jobs

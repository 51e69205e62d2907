// ThrottledProgress: passes a busy producer's progress on at most `perSecond` times a second, and always the last one:
// a finished stage (done == total) at once, anything else held back by flush() or the destructor. A new stage is passed
// at once too. Any thread may report; the sink is called by the reporting thread, one call at a time, in order.
#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>

#include "core/base/progress.h"

namespace chladni::jobs {

class ThrottledProgress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  explicit ThrottledProgress(ProgressSink sink, double perSecond = 20.0,
                             Clock clock = [] { return std::chrono::steady_clock::now(); });
  ~ThrottledProgress() { flush(); }
  ThrottledProgress(const ThrottledProgress&) = delete;
  ThrottledProgress& operator=(const ThrottledProgress&) = delete;

  void report(const Progress& progress);
  void operator()(const Progress& progress) { report(progress); }
  void flush();

 private:
  void pass(const Progress& progress, std::chrono::steady_clock::time_point now);

  // immutable
  const ProgressSink sink_;
  const std::chrono::steady_clock::duration interval_;
  const Clock clock_;
  // guarded by mutex_
  std::mutex mutex_;
  std::optional<Progress> held_;
  std::optional<std::chrono::steady_clock::time_point> lastTime_;
  std::string lastStage_;
};

}  // namespace chladni::jobs

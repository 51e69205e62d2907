// TrainControl: what a person has asked a running training to do. Words arrive as lines ("pause", "resume", "stop", or
// {"command": "stop"}) from any thread; the loop looks between steps. A stop is never lost, also while paused.
// Thread-safe.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <string_view>

#include "core/base/result.h"

namespace chladni::training {

class TrainControl {
 public:
  // `stop` is another way to ask for a stop: signals.
  explicit TrainControl(std::stop_token stop = {});
  // Fails with protocol for a line that is no command; nothing changes then.
  Result<void> obey(std::string_view line);
  [[nodiscard]] bool stopRequested() const { return stop_.stop_requested() || stopSaid_; }
  [[nodiscard]] bool signalled() const { return stop_.stop_requested(); }
  [[nodiscard]] bool paused() const { return paused_; }
  // Until not paused any more, or a stop.
  void waitWhilePaused();
  // Sleeps so long, or until any command or stop.
  void wait(std::chrono::milliseconds time);

 private:
  std::stop_token stop_;
  std::atomic<bool> stopSaid_ = false;
  std::atomic<bool> paused_ = false;
  std::mutex mutex_;
  std::condition_variable_any changed_;
};

}  // namespace chladni::training

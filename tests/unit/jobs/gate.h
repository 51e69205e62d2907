// A gate that jobs of a test wait at, so that the test decides the order of things instead of a clock.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace chladni::test {

class Gate {
 public:
  void open() {
    {
      const std::lock_guard lock(mutex_);
      open_ = true;
    }
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }
  // False when stopped before the gate opened.
  bool wait(std::stop_token stop) {
    std::unique_lock lock(mutex_);
    return changed_.wait(lock, stop, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable_any changed_;
  bool open_ = false;
};

}  // namespace chladni::test

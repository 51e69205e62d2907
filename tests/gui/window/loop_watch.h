// How long the event loop was kept from turning: by the clock, which other programs slow down as well, and by the processor
// time of the GUI thread alone, which is the window's own doing and may be checked on a busy machine.
#pragma once

#include <QElapsedTimer>
#include <algorithm>
#include <ctime>

#ifndef __has_feature
#define __has_feature(name) 0
#endif

namespace chladni::test {

class LoopWatch {
 public:
#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__) || __has_feature(thread_sanitizer) || __has_feature(address_sanitizer)
  static constexpr double kMostMs = 500.0;  // they slow the same work down up to tenfold
#else
  static constexpr double kMostMs = 50.0;
#endif

  LoopWatch() { start(); }
  void start() {
    clock_.start();
    cpu_ = threadMs();
  }
  // After each turn of the loop.
  void turn() {
    worstMs_ = std::max(worstMs_, static_cast<double>(clock_.restart()));
    const double now = threadMs();
    worstOwnMs_ = std::max(worstOwnMs_, now - cpu_);
    cpu_ = now;
  }
  [[nodiscard]] double worstMs() const { return worstMs_; }
  [[nodiscard]] double worstOwnMs() const { return worstOwnMs_; }

 private:
  static double threadMs() {
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return 1e3 * static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_nsec);
  }
  QElapsedTimer clock_;
  double cpu_ = 0.0;
  double worstMs_ = 0.0;
  double worstOwnMs_ = 0.0;
};

}  // namespace chladni::test

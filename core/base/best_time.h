// bestMs(): milliseconds of the quickest of some runs of `work`: what the machine can do when nobody disturbs it. 1e30
// when stopped before the first.
#pragma once

#include <algorithm>
#include <chrono>
#include <functional>
#include <stop_token>

namespace chladni {

inline double bestMs(const std::function<void()>& work, const std::stop_token& stop = {}, int repetitions = 4) {
  double best = 1e30;
  for (int i = 0; i < repetitions && !stop.stop_requested(); ++i) {
    const auto start = std::chrono::steady_clock::now();
    work();
    best = std::min(best, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
  }
  return best;
}

}  // namespace chladni

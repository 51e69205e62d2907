// forStrips(): cuts rows into strips and hands them to threads. The cut depends on the number of rows alone, never on
// the number of threads, so sums that are taken strip by strip are the same on every machine. Private to core/reduction.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace chladni::reduction {

constexpr std::int64_t kStrips = 32;

inline std::int64_t stripCount(std::int64_t rows) {
  constexpr std::int64_t kLeastRows = 256;
  return std::clamp<std::int64_t>(rows / kLeastRows, 1, kStrips);
}

inline int threadCount(int wanted) {
  if (wanted > 0) return wanted;
  return std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

// work(strip, first row, rows) on up to `threads` threads (0: as many as the machine has); returns when all are done.
template <class Work>
void forStrips(std::int64_t rows, int threads, const Work& work) {
  const std::int64_t strips = stripCount(rows);
  std::atomic<std::int64_t> next{0};
  const auto run = [&] {
    for (std::int64_t strip = next++; strip < strips; strip = next++) {
      const std::int64_t first = rows * strip / strips;
      work(strip, first, rows * (strip + 1) / strips - first);
    }
  };
  const auto helpers = std::min<std::int64_t>(threadCount(threads), strips) - 1;
  std::vector<std::jthread> team;
  for (std::int64_t i = 0; i < helpers; ++i) team.emplace_back(run);
  run();
}

}  // namespace chladni::reduction

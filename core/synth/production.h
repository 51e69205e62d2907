// Production: numbered items shared out among threads in a fixed count of series, each made by a maker of its own: what
// fluidsynth plays depends a little on what it played before, and must not depend on the number of threads. The first
// failure or a stop ends all; what was made until then comes back with it. Blocking; `open` and the makers run in
// the threads, `progress` under a lock.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"

namespace chladni::synth {

struct ProductionPlan {
  std::int64_t items = 0;
  int threads = 0;   // 0: as many as the machine has
  std::string what;  // for progress: "making scenes"
};

template <class Row>
struct Produced {
  std::vector<Row> rows;  // in order
  std::optional<Error> failure;
};

template <class Row>
class Production {
 public:
  using Maker = std::function<Result<Row>(std::int64_t index)>;
  using OpenMaker = std::function<Result<Maker>()>;

  Production(ProductionPlan plan, OpenMaker open, const ProgressSink& progress, std::stop_token stop)
      : plan_(std::move(plan)), open_(std::move(open)), progress_(progress), stop_(std::move(stop)), rows_(static_cast<std::size_t>(plan_.items)) {}

  Produced<Row> run() {
    const auto machine = std::max(1U, std::thread::hardware_concurrency());
    const auto wanted = plan_.threads > 0 ? static_cast<unsigned>(plan_.threads) : machine;
    {
      std::vector<std::jthread> threads;
      for (unsigned n = 0; n < std::min<std::int64_t>(wanted, kSeries); ++n) threads.emplace_back([this] { work(); });
    }
    Produced<Row> made{{}, failure_};
    if (!failure_ && stop_.stop_requested() && done_ < plan_.items) made.failure = Error{ErrorCode::cancelled, "stopped", {}};
    for (auto& row : rows_)
      if (row) made.rows.push_back(std::move(*row));
    return made;
  }

 private:
  static constexpr std::int64_t kSeries = 4;

  void work() {
    for (auto series = next_.fetch_add(1); series < kSeries; series = next_.fetch_add(1)) makeSeries(series);
  }

  void makeSeries(std::int64_t series) {
    auto maker = open_();
    if (!maker) return report(maker.error());
    for (auto index = series; index < plan_.items; index += kSeries) {
      if (stop_.stop_requested() || failed_) return;
      auto row = (*maker)(index);
      if (!row) return report(row.error());
      const std::scoped_lock lock(mutex_);
      rows_[static_cast<std::size_t>(index)] = std::move(*row);
      ++done_;
      if (progress_) progress_({plan_.what, done_, plan_.items});
    }
  }

  void report(const Error& error) {
    const std::scoped_lock lock(mutex_);
    if (!failure_) failure_ = error;
    failed_ = true;
  }

  const ProductionPlan plan_;
  const OpenMaker open_;
  const ProgressSink& progress_;
  std::stop_token stop_;
  std::atomic<std::int64_t> next_{0};
  std::atomic<bool> failed_{false};
  // Guarded by mutex_ while threads run.
  std::mutex mutex_;
  std::vector<std::optional<Row>> rows_;
  std::optional<Error> failure_;
  std::int64_t done_ = 0;
};

}  // namespace chladni::synth

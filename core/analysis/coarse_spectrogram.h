// CoarseSpectrogram: the zoomed-out levels of a spectrogram, eight bits a value, made in one pass over the sound. A row
// of level L is the largest power among 2^L hops. The finest level kept covers 16 hops or more: when it outgrows
// kMaxBaseBytes its rows are joined in pairs, so that memory is bounded for any length (about 2 x kMaxBaseBytes).
// One thread feeds and finishes; any thread may read. Private to core/analysis.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/analysis/spectrum_engine.h"

namespace chladni::analysis {

class CoarseSpectrogram {
 public:
  static constexpr int kFirstLevel = 4;
  static constexpr std::int64_t kMaxBaseBytes = 24 << 20;

  explicit CoarseSpectrogram(std::shared_ptr<const SpectrumEngine> engine,
                             std::int64_t maxBaseBytes = kMaxBaseBytes);

  // Feeding thread: sound in order, as engine->rate() and mix() want it.
  Result<void> append(std::span<const float> sound);
  Result<void> finish();

  [[nodiscard]] bool finished() const { return finished_.load(std::memory_order_acquire); }
  [[nodiscard]] int baseLevel() const;
  [[nodiscard]] const SpectrumEngine& engine() const { return *engine_; }
  // Rows [first, first + count) of a level, fewer at the end of the sound, as levels. Empty optional: the level is finer
  // than what is kept, or not all of those rows have been fed yet.
  [[nodiscard]] std::optional<Matrix> rows(int level, std::int64_t first, std::int64_t count) const;

 private:
  Result<void> computeReady(std::int64_t total, bool last);
  void addColumns(const Matrix& power);
  void pushRow();
  void joinBasePairs();

  const std::shared_ptr<const SpectrumEngine> engine_;
  const std::int64_t maxBaseBytes_;
  // feeding thread only
  std::vector<float> sound_;
  std::int64_t soundStart_ = 0;
  std::int64_t fed_ = 0;
  std::int64_t nextColumn_ = 0;
  std::vector<float> largest_;  // power of the row under way
  std::int64_t joined_ = 0;     // hops in it
  // guarded by mutex_
  mutable std::mutex mutex_;
  int baseLevel_ = kFirstLevel;
  std::vector<std::uint8_t> base_;  // [row, bin]
  std::atomic<bool> finished_{false};
};

}  // namespace chladni::analysis

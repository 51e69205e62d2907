#include "core/analysis/coarse_spectrogram.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace chladni::analysis {

namespace {
constexpr std::int64_t kBatchColumns = 256;
constexpr std::int64_t kEndless = std::numeric_limits<std::int64_t>::max() / 4;
}  // namespace

CoarseSpectrogram::CoarseSpectrogram(std::shared_ptr<const SpectrumEngine> engine, std::int64_t maxBaseBytes)
    : engine_(std::move(engine)), maxBaseBytes_(maxBaseBytes) {
  largest_.assign(static_cast<std::size_t>(engine_->bins()), 0.0F);
}

int CoarseSpectrogram::baseLevel() const {
  const std::lock_guard lock(mutex_);
  return baseLevel_;
}

Result<void> CoarseSpectrogram::append(std::span<const float> sound) {
  sound_.insert(sound_.end(), sound.begin(), sound.end());
  fed_ += static_cast<std::int64_t>(sound.size());
  return computeReady(kEndless, false);
}

Result<void> CoarseSpectrogram::finish() {
  auto done = computeReady(fed_, true);
  if (!done) return done;
  if (joined_ > 0) pushRow();
  sound_ = {};
  finished_.store(true, std::memory_order_release);
  return {};
}

// Columns whose sound has arrived. Only the last call knows the end of the sound.
Result<void> CoarseSpectrogram::computeReady(std::int64_t total, bool last) {
  const std::int64_t allColumns = last ? engine_->columns(fed_) : kEndless;
  for (;;) {
    const std::int64_t end = std::min(nextColumn_ + kBatchColumns, allColumns);
    if (end <= nextColumn_ || (!last && engine_->reach(nextColumn_, end).last > fed_)) return {};
    auto power = engine_->power(sound_, soundStart_, total, nextColumn_, end);
    if (!power) return fail(power.error());
    addColumns(*power);
    nextColumn_ = end;
    const std::int64_t keepFrom = std::clamp(engine_->reach(end, end + 1).first, soundStart_, fed_);
    sound_.erase(sound_.begin(), sound_.begin() + (keepFrom - soundStart_));
    soundStart_ = keepFrom;
  }
}

void CoarseSpectrogram::addColumns(const Matrix& power) {
  for (std::int64_t c = 0; c < power.rows; ++c) {
    const float* column = power.values.data() + c * power.columns;
    float* into = largest_.data();
    for (std::int64_t b = 0; b < power.columns; ++b) into[b] = std::max(into[b], column[b]);
    if (++joined_ == (std::int64_t{1} << baseLevel_)) pushRow();
  }
}

void CoarseSpectrogram::pushRow() {
  engine_->levels(largest_, largest_);
  const float lowest = engine_->lowest();
  const float scale = 1.0F / engine_->step();
  const std::lock_guard lock(mutex_);
  for (const float value : largest_)
    base_.push_back(static_cast<std::uint8_t>(std::clamp((value - lowest) * scale + 0.5F, 0.0F, 255.0F)));
  std::fill(largest_.begin(), largest_.end(), 0.0F);
  joined_ = 0;
  const auto rows = static_cast<std::int64_t>(base_.size()) / engine_->bins();
  if (static_cast<std::int64_t>(base_.size()) > maxBaseBytes_ && rows % 2 == 0) joinBasePairs();
}

void CoarseSpectrogram::joinBasePairs() {
  const auto bins = static_cast<std::size_t>(engine_->bins());
  const std::size_t rows = base_.size() / bins;
  for (std::size_t r = 0; r < rows / 2; ++r)
    for (std::size_t b = 0; b < bins; ++b)
      base_[r * bins + b] = std::max(base_[2 * r * bins + b], base_[(2 * r + 1) * bins + b]);
  base_.resize(rows / 2 * bins);
  ++baseLevel_;
}

std::optional<Matrix> CoarseSpectrogram::rows(int level, std::int64_t first, std::int64_t count) const {
  const std::lock_guard lock(mutex_);
  if (level < baseLevel_) return std::nullopt;
  const std::int64_t factor = std::int64_t{1} << (level - baseLevel_);
  const std::int64_t bins = engine_->bins();
  const std::int64_t available = static_cast<std::int64_t>(base_.size()) / bins;
  const bool whole = finished_.load(std::memory_order_acquire);
  const std::int64_t levelRows = (available + factor - 1) / factor;
  if (!whole && (first + count) * factor > available) return std::nullopt;
  const std::int64_t rowCount = std::clamp<std::int64_t>(levelRows - first, 0, count);
  Matrix table(rowCount, bins);
  std::vector<std::uint8_t> largest(static_cast<std::size_t>(bins));
  for (std::int64_t r = 0; r < rowCount; ++r) {
    std::fill(largest.begin(), largest.end(), std::uint8_t{0});
    const std::int64_t from = (first + r) * factor;
    for (std::int64_t s = from; s < std::min(from + factor, available); ++s) {
      const std::uint8_t* row = base_.data() + s * bins;
      for (std::int64_t b = 0; b < bins; ++b) largest[b] = std::max(largest[b], row[b]);
    }
    const std::span<float> out = table.row(r);
    for (std::int64_t b = 0; b < bins; ++b) out[b] = engine_->lowest() + engine_->step() * largest[b];
  }
  return table;
}

}  // namespace chladni::analysis

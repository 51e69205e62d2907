// MinMaxPyramid: peaks and loudness of a long one-channel sound at several resolutions, without the samples. Level 0
// summarises blocks of blockSamples samples, each higher level 16 entries of the one below; 12 bytes an entry.
// One thread appends and finishes; any number of threads may summarise meanwhile and see every completed block,
// without locks: storage never moves and a count is published after what it counts. NaN samples count as 0.
// toBytes()/fromBytes() make a cache file of it; fromBytes fails with corruptData.
#pragma once


#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace chladni {

struct PeakSummary {
  float min = 0.0F;
  float max = 0.0F;
  float rms = 0.0F;
  bool known = false;  // false: nothing of this stretch has been read yet, or it lies outside the sound
};

class MinMaxPyramid {
 public:
  static constexpr int kFactor = 16;
  static constexpr std::int64_t kDefaultBlockSamples = 256;

  explicit MinMaxPyramid(std::int64_t blockSamples = kDefaultBlockSamples);
  ~MinMaxPyramid();
  MinMaxPyramid(const MinMaxPyramid&) = delete;
  MinMaxPyramid& operator=(const MinMaxPyramid&) = delete;

  // Writer thread only. After finish() the last, possibly shorter block is visible and nothing may be appended.
  // Sound beyond the capacity (36 days at 44.1 kHz with the default block) is ignored.
  void append(std::span<const float> samples);
  void finish();

  // Any thread.
  [[nodiscard]] std::int64_t blockSamples() const { return blockSamples_; }
  [[nodiscard]] std::int64_t completedSamples() const;  // covered by visible blocks
  [[nodiscard]] bool finished() const { return finished_.load(std::memory_order_acquire); }

  // Splits samples [start, end) into out.size() equal pixels. Blocks that a pixel touches count wholly, so peaks never
  // get lost; parts outside the sound or not yet read are left out.
  void summarise(std::int64_t start, std::int64_t end, std::span<PeakSummary> out) const;
  [[nodiscard]] std::vector<PeakSummary> summarise(std::int64_t start, std::int64_t end, std::int64_t pixels) const;

  [[nodiscard]] std::size_t memoryBytes() const;

  // Of what is visible now; complete after finish().
  [[nodiscard]] std::vector<std::byte> toBytes() const;
  static Result<std::unique_ptr<MinMaxPyramid>> fromBytes(std::span<const std::byte> bytes);

 private:
  struct Entry {
    float min;
    float max;
    float sumSquares;
  };
  class Level;
  static constexpr int kLevels = 6;

  void push(int level, Entry entry);
  void accumulate(std::int64_t firstBlock, std::int64_t lastBlock, std::int64_t visible, Entry& into) const;

  // immutable
  const std::int64_t blockSamples_;
  // writer only
  std::vector<float> pending_;
  // atomic inside, published level by level from the top down
  std::unique_ptr<Level[]> levels_;
  std::atomic<std::int64_t> samples_{0};
  std::atomic<bool> finished_{false};
};

}  // namespace chladni

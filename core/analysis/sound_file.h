// SoundFile: random access to the sound of one file for many threads. Open readers are kept and lent out, so that the
// next stretch costs a seek instead of opening the file again. Refuses to go on when the file was changed meanwhile.
// Thread-safety: all members from any thread. Private to core/analysis.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/analysis/file_identity.h"
#include "core/media/audio_reader.h"

namespace chladni::analysis {

class SoundFile {
 public:
  SoundFile(FileIdentity identity, SampleRate rate, std::int64_t samples)
      : identity_(std::move(identity)), rate_(rate), samples_(samples) {}

  [[nodiscard]] const FileIdentity& identity() const { return identity_; }
  [[nodiscard]] SampleRate rate() const { return rate_; }
  // At the file's own rate; from the header until exact.
  [[nodiscard]] std::int64_t samples() const { return samples_.load(std::memory_order_relaxed); }
  void setSamples(std::int64_t samples) { samples_.store(samples, std::memory_order_relaxed); }
  [[nodiscard]] std::int64_t samplesAt(SampleRate rate) const;

  // Samples [first, last) of the file resampled to `rate`, clipped to what there is.
  Result<AudioBuffer> read(SampleRate rate, std::optional<ChannelMix> mix, std::int64_t first, std::int64_t last,
                           std::stop_token stop) const;
  Result<media::AudioReader> openReader(SampleRate rate, std::optional<ChannelMix> mix, std::stop_token stop) const;

 private:
  struct Idle {
    SampleRate rate;
    std::optional<ChannelMix> mix;
    media::AudioReader reader;
  };
  Result<media::AudioReader> borrow(SampleRate rate, std::optional<ChannelMix> mix, std::int64_t position,
                                    std::stop_token stop) const;

  const FileIdentity identity_;
  const SampleRate rate_;
  std::atomic<std::int64_t> samples_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  mutable std::vector<Idle> idle_;
};

}  // namespace chladni::analysis

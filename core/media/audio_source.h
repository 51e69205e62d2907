// AudioSource: one sound stream at its own rate, laid on the media axis: sample n of what it delivers is at n / rate.
// Gaps and a late start become silence, overlaps are dropped, stamps that wobble by a few milliseconds are smoothed.
// Mixing down happens here, while converting to float. Private to core/media. Not thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>

#include "core/base/result.h"
#include "core/data/frontend_spec.h"
#include "core/media/demuxer.h"

namespace chladni::media {

class AudioSource {
 public:
  static Result<std::unique_ptr<AudioSource>> open(const std::filesystem::path& path, int ordinal,
                                                   std::optional<ChannelMix> mix, std::stop_token stop);

  [[nodiscard]] int rateHz() const { return rateHz_; }
  [[nodiscard]] int sourceChannels() const { return sourceChannels_; }
  [[nodiscard]] int channels() const { return mix_ ? 1 : sourceChannels_; }
  [[nodiscard]] std::int64_t firstSample() const { return firstSample_; }  // earlier ones are silence
  [[nodiscard]] std::int64_t position() const { return position_; }
  [[nodiscard]] std::int64_t gapSamples() const { return gapSamples_; }
  [[nodiscard]] std::optional<std::int64_t> statedEnd() const;  // by the header

  // Fills up to `count` samples of every channel; fewer only at the end.
  Result<std::int64_t> read(std::span<float* const> out, std::int64_t count, std::stop_token stop);
  Result<void> seek(std::int64_t sample, std::stop_token stop);

 private:
  AudioSource() = default;
  Result<void> start(std::stop_token stop);
  Result<bool> decodeFrame();
  Result<bool> placeFrame();
  [[nodiscard]] std::optional<std::int64_t> sampleOf(const AVFrame& frame) const;
  void place(std::optional<std::int64_t> stamp);
  [[nodiscard]] std::optional<std::int64_t> onGrid(std::int64_t stamp) const;
  [[nodiscard]] std::optional<std::int64_t> landing(std::int64_t stamp) const;
  Result<bool> jump(std::int64_t sample, std::int64_t runUp);
  Result<void> skipTo(std::int64_t sample);
  // Delivers up to `count` samples, or drops them when `out` is empty.
  Result<std::int64_t> advance(std::span<float* const> out, std::int64_t count);

  std::filesystem::path path_;
  int ordinal_ = 0;
  std::optional<ChannelMix> mix_;
  std::unique_ptr<Demuxer> demuxer_;
  const AVStream* stream_ = nullptr;
  CodecPtr decoder_;
  PacketPtr packet_;
  FramePtr frame_;
  bool draining_ = false;
  bool ended_ = false;
  bool anyDamage_ = false;
  bool intact_ = true;  // false after a seek that failed half-way: the place is unknown

  int rateHz_ = 0;
  int sourceChannels_ = 0;
  std::int64_t firstSample_ = 0;
  std::int64_t grid_ = 0;         // samples between the codec's frames, 0: irregular
  std::int64_t gridPhase_ = 0;    // a sample where a frame begins
  double tickSamples_ = 0.0;      // resolution of the stamps
  std::int64_t position_ = 0;     // of the next sample delivered
  std::int64_t silence_ = 0;      // samples of it before frame_
  std::int64_t frameOffset_ = 0;  // samples of frame_ already used
  bool frameReady_ = false;
  std::optional<std::int64_t> expected_;  // where the next frame joins on; empty: not placed yet
  std::int64_t stampShift_ = 0;           // added to stamps after a jump in the container's clock
  std::int64_t gapSamples_ = 0;
};

}  // namespace chladni::media

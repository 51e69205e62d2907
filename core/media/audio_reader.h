// AudioReader: streaming decode of one audio stream to planar float, in order, from any starting sample. Sample n of the
// output lies at n / rate seconds of media time (0 = first moment the file presents): a late start and gaps are filled
// with silence, overlaps dropped, encoder delay and padding removed. Same samples whatever the block sizes and seeks.
// Ownership: blocks belong to the caller; the reader holds a few blocks, never the file. Thread-safety: one thread at
// a time per reader. Fails with notFound (file or stream missing), io, corruptData, unsupported, cancelled; a file
// damaged in the middle delivers what can be decoded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "core/base/result.h"
#include "core/base/units.h"
#include "core/data/audio_buffer.h"
#include "core/data/frontend_spec.h"  // ChannelMix

namespace chladni::media {

struct AudioReaderOptions {
  std::optional<SampleRate> rate;  // resample to this; else the stream's own rate
  std::optional<ChannelMix> mix;   // one channel: the first, or the mean, mixed before resampling; else all channels
  int stream = 0;                  // among the audio streams of the file
  bool fillStart = true;           // silence from media time 0 to the stream's first sample; else start there
};

struct AudioReaderInfo {
  SampleRate rate;        // of the output
  SampleRate sourceRate;  // of the stream
  int channels = 0;       // of the output
  int sourceChannels = 0;
  MediaTime start;                                 // first real sample on the media axis
  std::optional<std::int64_t> approximateSamples;  // of the output, from the header; may be wrong
};

class AudioReader {
 public:
  static Result<AudioReader> open(const std::filesystem::path& path, AudioReaderOptions options = {},
                                  std::stop_token stop = {});
  AudioReader(AudioReader&&) noexcept;
  AudioReader& operator=(AudioReader&&) noexcept;
  ~AudioReader();

  [[nodiscard]] const AudioReaderInfo& info() const;

  // The next block of 1 to maxSamples samples; empty optional at the end. Blocks join without gap.
  Result<std::optional<AudioBuffer>> next(std::stop_token stop = {}, std::int64_t maxSamples = 65536);

  // The next block starts at the sample nearest to `time`, not before the first; beyond the end next() is empty.
  Result<void> seek(MediaTime time, std::stop_token stop = {});

  // Index of the output sample that next() starts with.
  [[nodiscard]] std::int64_t position() const;

  // Samples of silence put into gaps of the stream so far (the late start not included), at the source rate.
  [[nodiscard]] std::int64_t gapSamples() const;

 private:
  struct State;
  explicit AudioReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// The whole sound, or the samples of `range` that the file has. Memory: 4 bytes a sample and channel.
Result<AudioBuffer> readAudio(const std::filesystem::path& path, const AudioReaderOptions& options = {},
                              std::optional<TimeRange> range = std::nullopt, std::stop_token stop = {});

}  // namespace chladni::media

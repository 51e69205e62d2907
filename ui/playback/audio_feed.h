// AudioFeed: decoded sound on its way to the loudspeaker. One thread decodes ahead into a bounded queue (half a second);
// the audio thread pulls interleaved stereo floats from it and never waits for the decoder: what is missing is silence.
// The feed remembers which media time each pulled frame belongs to, so the playhead can follow what is *heard*.
// Times are seconds of media; frames count what was pulled since construction. Thread-safety: pull() from one thread,
// everything else from any. A file that cannot be decoded ends at once; error() says why. Destruction joins.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <mutex>
#include <optional>
#include <span>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "core/base/units.h"
#include "core/data/audio_buffer.h"
#include "core/dsp/band_filter.h"

namespace chladni::media {
class AudioReader;
}

namespace chladni::ui {

// Interleaved stereo of a sound with any number of channels: mono goes to both sides, 5.1 is folded down, of other
// layouts the even channels go left and the odd ones right.
std::vector<float> foldToStereo(const AudioBuffer& sound);

// How the medium is made audible.
struct Rendering {
  double speed = 1.0;                      // 0.25 .. 4, at the same pitch
  std::optional<dsp::FrequencyBand> band;  // the only frequencies to be heard
  bool operator==(const Rendering&) const = default;
};

class AudioFeed {
 public:
  static constexpr int kChannels = 2;

  AudioFeed(std::filesystem::path path, SampleRate rate);
  ~AudioFeed();
  AudioFeed(const AudioFeed&) = delete;
  AudioFeed& operator=(const AudioFeed&) = delete;

  // Drops what is queued and goes on from there. Within a loop, reaching its end continues at its start.
  void seek(MediaTime to, std::optional<TimeRange> loop, const Rendering& rendering = {});

  // Fills `out` (kChannels per frame), with silence where nothing is ready.
  void pull(std::span<float> out);

  [[nodiscard]] SampleRate rate() const { return rate_; }
  // Media time of a pulled frame; empty when it was pulled before the last seek, or nothing has been pulled since.
  [[nodiscard]] std::optional<MediaTime> mediaAt(std::int64_t frame) const;
  // All sound up to the end of the media has been pulled, and `frame` lies behind it.
  [[nodiscard]] bool finished(std::int64_t frame) const;
  [[nodiscard]] std::optional<Error> error() const;

 private:
  struct Block {
    std::int64_t mediaFrame = 0;  // at rate_
    std::vector<float> samples;   // interleaved
    std::size_t used = 0;         // values already pulled
    double speed = 1.0;           // media frames per frame
  };
  struct Heard {
    std::int64_t firstFrame = 0;
    std::int64_t frames = 0;
    std::int64_t mediaFrame = 0;
    double speed = 1.0;  // media frames per frame; 0: silence while the decoder was behind
  };

  void decode(std::stop_token stop);
  void decodeFrom(media::AudioReader& reader, std::stop_token stop);
  void record(std::int64_t frames, std::int64_t mediaFrame, double speed);

  // immutable
  const std::filesystem::path path_;
  const SampleRate rate_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Block> queue_;
  std::int64_t queuedFrames_ = 0;
  std::optional<MediaTime> wanted_;
  std::optional<TimeRange> loop_;
  Rendering rendering_;
  std::uint64_t generation_ = 0;
  bool drained_ = false;  // the decoder has reached the end
  std::deque<Heard> heard_;
  std::int64_t pulledFrames_ = 0;
  std::int64_t lastMediaFrame_ = 0;
  std::optional<Error> error_;
  // last: starts when everything above exists
  std::jthread thread_;
};

}  // namespace chladni::ui

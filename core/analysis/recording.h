// Recording: one opened media file. open() only probes (fast, no decoding); scan() then decodes the sound once, in the
// caller's worker thread, filling the peaks (per channel) and the coarse spectrogram as it goes. Readers of peaks() need
// no lock. Reopening a file whose content hash is in the cache folder loads the peaks from there.
// Thread-safety: all const functions from any thread; scan() from one worker at a time.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <stop_token>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/data/audio_buffer.h"
#include "core/data/frontend_spec.h"  // ChannelMix
#include "core/data/min_max_pyramid.h"
#include "core/data/tile_source.h"
#include "core/media/media_info.h"

namespace chladni::analysis {

class SoundFile;

// What a column holds: power of an STFT, of mel bands of it, of the filter bank that models hear by (logMel), of bins equally
// far apart in pitch (constantQ); mfcc: cosine coefficients of the mel bands in decibel, from 1 on (0 is the level);
// chroma: pitch classes, the strongest of each column 1.
enum class SpectrogramKind { stft, mel, logMel, constantQ, mfcc, chroma };

struct SpectrogramSettings {
  SpectrogramKind kind = SpectrogramKind::stft;
  int windowSamples = 2048;
  int hopSamples = 512;
  int fftSize = 2048;
  int melBins = 128;
  int binsPerOctave = 24;  // constantQ
  int coefficients = 20;   // mfcc
  bool operator==(const SpectrogramSettings&) const = default;
};

class Recording {
 public:
  static Result<std::shared_ptr<Recording>> open(const std::filesystem::path& path);
  ~Recording();

  [[nodiscard]] const std::filesystem::path& path() const;
  [[nodiscard]] const media::MediaInfo& info() const;
  [[nodiscard]] bool hasAudio() const;
  [[nodiscard]] bool hasVideo() const;
  // From the header at first; exact once the scan has finished.
  [[nodiscard]] double durationSeconds() const;

  // One pyramid a channel at the file's own rate, filling while a scan runs. Empty when there is no sound.
  [[nodiscard]] std::vector<std::shared_ptr<const MinMaxPyramid>> peaks() const;
  [[nodiscard]] SampleRate rate() const;  // of the peaks and of the sound; invalid when there is no sound
  [[nodiscard]] bool scanned() const;
  // Decodes everything once: peaks, exact duration, coarse spectrogram. Keeps what it has when stopped or failing.
  Result<void> scan(const ProgressSink& progress, std::stop_token stop);

  // Tiles of the mean of all channels. Fine levels decode on demand; coarse ones come from the scan (sampled before it).
  [[nodiscard]] std::shared_ptr<TileSource> spectrogram(const SpectrogramSettings& settings) const;

  // Decoded sound of a stretch, clipped to the file; resampled and mixed when asked. Blocks; for workers.
  Result<AudioBuffer> readAudio(TimeRange range, SampleRate rate, ChannelMix mix, std::stop_token stop) const;
  // Samples [first, last) of every channel as they are, clipped to the file. Blocks; for workers.
  Result<AudioBuffer> readSamples(std::int64_t first, std::int64_t last, std::stop_token stop) const;
  // For the rest of core/analysis. Fails with notFound when there is no audio stream.
  [[nodiscard]] Result<std::shared_ptr<const SoundFile>> sound() const;

 private:
  struct State;
  explicit Recording(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::analysis

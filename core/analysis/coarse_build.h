// CoarseBuild: who makes the coarse levels for one set of settings, and whether they are made. Either a scan claims it and
// feeds the sound it decodes anyway, or a pass of its own runs in the background. A build that failed or was stopped
// starts again from nothing. Destruction stops the pass and joins. Any thread. Private to core/analysis.
#pragma once

#include <memory>
#include <mutex>
#include <thread>

#include "core/analysis/coarse_spectrogram.h"
#include "core/analysis/sound_file.h"

namespace chladni::analysis {

class CoarseBuild {
 public:
  CoarseBuild(SpectrogramSettings settings, std::shared_ptr<const SpectrumEngine> engine, bool leftToScan);

  [[nodiscard]] const SpectrogramSettings& settings() const { return settings_; }
  [[nodiscard]] const std::shared_ptr<const SpectrumEngine>& engine() const { return engine_; }
  [[nodiscard]] std::shared_ptr<const CoarseSpectrogram> data() const;

  // For a scan: empty spectrogram to feed, or null when it is made or being made. release() must follow.
  std::shared_ptr<CoarseSpectrogram> claim();
  void release();
  // For a picture: starts the background pass unless somebody feeds already or a scan is expected to.
  void wanted(const std::shared_ptr<const SoundFile>& sound);

 private:
  const SpectrogramSettings settings_;
  const std::shared_ptr<const SpectrumEngine> engine_;
  // guarded by mutex_
  mutable std::mutex mutex_;
  std::shared_ptr<CoarseSpectrogram> data_;
  bool feeding_ = false;
  bool leftToScan_;
  // last, so that it is joined before anything above dies
  std::jthread pass_;
};

// Feeds the sound from the sample that `from` says to the end, through a reader of its own.
Result<void> feedFromFile(const SoundFile& sound, CoarseSpectrogram& spectrogram, std::int64_t from,
                          std::stop_token stop);

}  // namespace chladni::analysis

#include "core/analysis/coarse_build.h"

namespace chladni::analysis {

CoarseBuild::CoarseBuild(SpectrogramSettings settings, std::shared_ptr<const SpectrumEngine> engine, bool leftToScan)
    : settings_(settings),
      engine_(std::move(engine)),
      data_(std::make_shared<CoarseSpectrogram>(engine_)),
      leftToScan_(leftToScan) {}

std::shared_ptr<const CoarseSpectrogram> CoarseBuild::data() const {
  const std::lock_guard lock(mutex_);
  return data_;
}

std::shared_ptr<CoarseSpectrogram> CoarseBuild::claim() {
  const std::lock_guard lock(mutex_);
  if (feeding_ || data_->finished()) return nullptr;
  feeding_ = true;
  data_ = std::make_shared<CoarseSpectrogram>(engine_);
  return data_;
}

void CoarseBuild::release() {
  const std::lock_guard lock(mutex_);
  feeding_ = false;
  leftToScan_ = false;
}

// A pass that failed is not tried again: the sampled picture stays, and the reason shows where the sound is read.
void CoarseBuild::wanted(const std::shared_ptr<const SoundFile>& sound) {
  const std::lock_guard lock(mutex_);
  if (feeding_ || leftToScan_ || data_->finished()) return;
  feeding_ = true;
  data_ = std::make_shared<CoarseSpectrogram>(engine_);
  pass_ = std::jthread([sound, data = data_](const std::stop_token& stop) {
    const Result<void> ignored = feedFromFile(*sound, *data, 0, stop);
    static_cast<void>(ignored);
  });
}

Result<void> feedFromFile(const SoundFile& sound, CoarseSpectrogram& spectrogram, std::int64_t from,
                          std::stop_token stop) {
  const SpectrumEngine& engine = spectrogram.engine();
  auto reader = sound.openReader(engine.rate(), engine.mix(), stop);
  if (!reader) return fail(reader.error());
  if (from > 0) {
    auto sought = reader->seek(engine.rate().time(from), stop);
    if (!sought) return sought;
  }
  for (;;) {
    if (stop.stop_requested()) return fail(ErrorCode::cancelled, "the spectrogram was stopped");
    auto block = reader->next(stop);
    if (!block) return fail(block.error());
    if (!*block) return spectrogram.finish();
    auto fed = spectrogram.append((*block)->channels.front());
    if (!fed) return fed;
  }
}

}  // namespace chladni::analysis

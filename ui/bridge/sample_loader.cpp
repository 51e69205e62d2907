#include "ui/bridge/sample_loader.h"

namespace chladni::ui {

using widgets::SampleStretch;

SampleLoader::SampleLoader(QObject* parent)
    : SampleProvider(parent), post_(this), worker_([this, post = post_](int, std::uint64_t generation, Request& request, std::stop_token stop) {
        auto sound = request.recording->readSamples(request.first, request.last, std::move(stop));
        std::shared_ptr<const SampleStretch> read;
        if (sound) read = std::make_shared<const SampleStretch>(request.first, std::move(sound->channels));
        post([this, generation, read = std::move(read)] { accept(generation, read); });
      }) {}

void SampleLoader::setRecording(std::shared_ptr<const analysis::Recording> recording) {
  recording_ = recording && recording->hasAudio() ? std::move(recording) : nullptr;
  stretch_.reset();
  answered_ = asked_;
  worker_.cancelAll();
}

void SampleLoader::want(std::int64_t first, std::int64_t last) {
  if (!recording_ || last <= first) return;
  asked_ = worker_.submit(0, {recording_, std::max<std::int64_t>(0, first), last}, jobs::Supersede::cancelRunning);
}

void SampleLoader::accept(std::uint64_t generation, std::shared_ptr<const SampleStretch> stretch) {
  if (generation <= answered_) return;
  answered_ = generation;
  if (stretch) stretch_ = std::move(stretch);
  Q_EMIT ready();
}

}  // namespace chladni::ui

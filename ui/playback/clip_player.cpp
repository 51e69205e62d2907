#include "ui/playback/clip_player.h"

#include "ui/playback/audio_output.h"

namespace chladni::ui {
namespace {
constexpr int kLookMs = 50;
}

ClipPlayer::ClipPlayer(QObject* parent) : QObject(parent), output_(new AudioOutput(this)) {
  connect(&timer_, &QTimer::timeout, this, &ClipPlayer::look);
  connect(output_, &AudioOutput::unavailable, this, [this] {
    stop();
    Q_EMIT unavailable();
  });
}

void ClipPlayer::play(const std::filesystem::path& path) {
  playing_ = path;
  if (!silent_) output_->start(path, {}, std::nullopt);
  timer_.start(kLookMs);
  Q_EMIT changed();
}

void ClipPlayer::stop() {
  if (playing_.empty()) return;
  timer_.stop();
  output_->stop();
  playing_.clear();
  Q_EMIT changed();
}

void ClipPlayer::look() {
  if (silent_ || output_->finished()) stop();
}

}  // namespace chladni::ui

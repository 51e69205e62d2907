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

void ClipPlayer::play(const std::filesystem::path& path) { playFrom(path, {}, std::nullopt); }

void ClipPlayer::playStretch(const std::filesystem::path& path, const TimeRange& stretch) { playFrom(path, stretch.start, stretch.end); }

void ClipPlayer::playFrom(const std::filesystem::path& path, MediaTime from, std::optional<MediaTime> end) {
  playing_ = path;
  end_ = end;
  if (!silent_) output_->start(path, from, std::nullopt);
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
  const auto heard = silent_ ? std::nullopt : output_->heard();
  if (silent_ || output_->finished() || (end_ && heard && *heard >= *end_)) stop();
}

}  // namespace chladni::ui

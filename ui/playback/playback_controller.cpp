#include "ui/playback/playback_controller.h"

#include <algorithm>

#include "core/dsp/time_stretch.h"
#include "ui/playback/audio_output.h"

namespace chladni::ui {
namespace {

constexpr int kTickMs = 16;
constexpr double kShortestLoop = 0.02;

}  // namespace

PlaybackController::PlaybackController(QObject* parent) : QObject(parent), output_(new AudioOutput(this)) {
  timer_.setTimerType(Qt::PreciseTimer);
  timer_.setInterval(kTickMs);
  connect(&timer_, &QTimer::timeout, this, &PlaybackController::tick);
  connect(output_, &AudioOutput::unavailable, this, [this] {
    // A play that has been stopped or switched to the clock meanwhile has no use for the answer.
    if (!playing_ || onSilentClock_) return;
    startSilentClock();
    if (!std::exchange(saidUnavailable_, true)) Q_EMIT soundUnavailable();
  });
}

PlaybackController::~PlaybackController() = default;

void PlaybackController::setMedia(const PlayableMedia& media, double position) {
  pause();
  media_ = media;
  loop_.reset();
  moveTo(position);
}

void PlaybackController::clearMedia() {
  pause();
  media_ = {};
  loop_.reset();
  moveTo(0.0);
}

void PlaybackController::setDuration(double seconds) {
  media_.durationSeconds = seconds;
  if (position_ > seconds) moveTo(seconds);
}

void PlaybackController::play() {
  if (playing_ || !hasMedia() || media_.durationSeconds <= 0.0) return;
  if (loop_ && (position_ < loop_->start.seconds() || position_ >= loop_->end.seconds())) moveTo(loop_->start.seconds());
  if (position_ >= media_.durationSeconds - 1e-3) moveTo(0.0);
  playing_ = true;
  if (media_.hasAudio && !silent_) {
    onSilentClock_ = false;
    output_->start(media_.path, MediaTime::fromSeconds(position_), loop_, rendering_);
    output_->setVolume(volume_);
  } else {
    startSilentClock();
  }
  timer_.start();
  Q_EMIT playingChanged(true);
}

void PlaybackController::playOnce(const TimeRange& range, std::optional<dsp::FrequencyBand> band) {
  if (!hasMedia()) return;
  pause();
  const auto loop = std::exchange(loop_, std::nullopt);
  rendering_.band = band;
  moveTo(range.start.seconds());
  stopAt_ = range.end.seconds();
  play();
  loop_ = loop;
}

void PlaybackController::pause() {
  if (!playing_) return;
  playing_ = false;
  if (std::exchange(stopAt_, std::nullopt)) rendering_.band.reset();
  timer_.stop();
  output_->stop();
  Q_EMIT playingChanged(false);
}

void PlaybackController::toggle() { playing_ ? pause() : play(); }

void PlaybackController::seek(double seconds) {
  if (!hasMedia()) return;
  moveTo(seconds);
  if (!playing_) return;
  // Whoever goes elsewhere wants to hear that, and to its end.
  if (stopAt_ && seconds > *stopAt_) stopAt_.reset();
  if (onSilentClock_) {
    startSilentClock();
  } else {
    output_->seek(MediaTime::fromSeconds(position_), loop_, rendering_);
  }
}

void PlaybackController::setLoop(std::optional<TimeRange> loop) {
  if (loop && loop->length().seconds() < kShortestLoop) loop.reset();
  if (loop == loop_) return;
  loop_ = loop;
  if (!playing_) return;
  if (loop_ && (position_ < loop_->start.seconds() || position_ >= loop_->end.seconds())) {
    seek(loop_->start.seconds());
  } else if (!onSilentClock_) {
    output_->seek(MediaTime::fromSeconds(position_), loop_, rendering_);
  }
}

void PlaybackController::setSpeed(double speed) {
  speed = std::clamp(speed, dsp::TimeStretch::kSlowest, dsp::TimeStretch::kFastest);
  if (speed == rendering_.speed) return;
  rendering_.speed = speed;
  rerender();
  Q_EMIT speedChanged(speed);
}

void PlaybackController::setBand(std::optional<dsp::FrequencyBand> band) {
  if (band == rendering_.band) return;
  rendering_.band = band;
  rerender();
}

void PlaybackController::setVolume(double volume) {
  volume_ = std::clamp(volume, 0.0, 1.0);
  output_->setVolume(volume_);
}

// What is queued was made the old way: go on from what is heard now.
void PlaybackController::rerender() {
  if (playing_) seek(position_);
}

void PlaybackController::startSilentClock() {
  onSilentClock_ = true;
  clockStart_ = position_;
  clock_.start();
}

void PlaybackController::tick() {
  if (!playing_) return;
  if (stopAt_ && position_ >= *stopAt_) return pause();
  if (!onSilentClock_) {
    if (const auto heard = output_->heard()) moveTo(heard->seconds());
    if (output_->finished()) finish();
    return;
  }
  const double now = clockStart_ + static_cast<double>(clock_.nsecsElapsed()) * 1e-9 * rendering_.speed;
  if (stopAt_ && now >= *stopAt_) {
    moveTo(*stopAt_);
    pause();
  } else if (loop_ && !stopAt_ && now >= loop_->end.seconds()) {
    moveTo(loop_->start.seconds());
    startSilentClock();
  } else if (now >= media_.durationSeconds) {
    finish();
  } else {
    moveTo(now);
  }
}

void PlaybackController::moveTo(double seconds) {
  position_ = std::clamp(seconds, 0.0, std::max(0.0, media_.durationSeconds));
  Q_EMIT positionChanged(position_);
}

void PlaybackController::finish() {
  // Sound that is shorter than the picture must not end the picture: the clock takes over for the rest.
  if (!onSilentClock_ && position_ < media_.durationSeconds - 0.1) {
    output_->stop();
    startSilentClock();
    return;
  }
  pause();
  moveTo(media_.durationSeconds);
  Q_EMIT reachedEnd();
}

}  // namespace chladni::ui

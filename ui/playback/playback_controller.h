// PlaybackController: play, pause, seek and loop of one medium, and the position that the playhead follows. With a sound
// device the position is what is being heard; without one (no sound in the file, no device, setSilent) a steady clock
// drives it. GUI thread only; nothing here waits. Positions are seconds of media.
#pragma once

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <optional>

#include "core/base/units.h"
#include "ui/playback/audio_feed.h"

namespace chladni::ui {

class AudioOutput;

struct PlayableMedia {
  std::filesystem::path path;
  bool hasAudio = false;
  double durationSeconds = 0.0;
};

class PlaybackController : public QObject {
  Q_OBJECT

 public:
  explicit PlaybackController(QObject* parent = nullptr);
  ~PlaybackController() override;

  // Stops, forgets the loop and goes to `position`.
  void setMedia(const PlayableMedia& media, double position);
  void clearMedia();
  // The exact length, once the file has been read.
  void setDuration(double seconds);
  // Never open the sound device: for pictures and tests.
  void setSilent(bool silent) { silent_ = silent; }

  [[nodiscard]] bool hasMedia() const { return !media_.path.empty(); }
  [[nodiscard]] bool playing() const { return playing_; }
  [[nodiscard]] double position() const { return position_; }
  [[nodiscard]] std::optional<TimeRange> loop() const { return loop_; }

  // At the end it starts again from the beginning; with a loop, outside it, from the loop's start.
  void play();
  void pause();
  void toggle();
  // The stretch alone, once, and only that band of it; then the band is as before.
  void playOnce(const TimeRange& range, std::optional<dsp::FrequencyBand> band);
  // Clamped to the media; goes on playing when playing.
  void seek(double seconds);
  // Empty or shorter than a blink (20 ms): no loop.
  void setLoop(std::optional<TimeRange> loop);
  // 0.25 .. 4, without another pitch.
  void setSpeed(double speed);
  [[nodiscard]] double speed() const { return rendering_.speed; }
  // The only frequencies to be heard; empty: all.
  void setBand(std::optional<dsp::FrequencyBand> band);
  [[nodiscard]] const std::optional<dsp::FrequencyBand>& band() const { return rendering_.band; }
  void setVolume(double volume);  // 0..1
  [[nodiscard]] double volume() const { return volume_; }

 Q_SIGNALS:
  void positionChanged(double seconds);
  void playingChanged(bool playing);
  void speedChanged(double speed);
  void reachedEnd();
  // The first play found no device; said once.
  void soundUnavailable();

 private:
  void tick();
  void startSilentClock();
  void rerender();
  void moveTo(double seconds);
  void finish();

  AudioOutput* output_;
  QTimer timer_;
  PlayableMedia media_;
  double position_ = 0.0;
  std::optional<TimeRange> loop_;
  Rendering rendering_;
  double volume_ = 1.0;
  std::optional<double> stopAt_;  // end of playOnce()
  bool playing_ = false;
  bool silent_ = false;
  bool onSilentClock_ = true;
  bool saidUnavailable_ = false;
  QElapsedTimer clock_;
  double clockStart_ = 0.0;
};

}  // namespace chladni::ui

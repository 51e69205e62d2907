// AudioOutput: the sound device. Lives on a thread of its own, so that a busy window never makes the sound stutter and a
// slow sound server never makes the window wait. It looks for a device at the first play. Everything public may be
// called from the GUI thread; answers come as signals there. A machine without a device, or whose device is gone in
// the middle, says unavailable(), once per play; the player then goes by a silent clock.
#pragma once

#include <QObject>
#include <QThread>
#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

#include "core/base/units.h"
#include "ui/bridge/gui_post.h"
#include "ui/playback/audio_feed.h"

namespace chladni::ui {

class SinkThread;

class AudioOutput : public QObject {
  Q_OBJECT

 public:
  explicit AudioOutput(QObject* parent = nullptr);
  ~AudioOutput() override;

  void start(const std::filesystem::path& path, MediaTime from, std::optional<TimeRange> loop,
             const Rendering& rendering = {});
  void seek(MediaTime to, std::optional<TimeRange> loop, const Rendering& rendering = {});
  void stop();
  // 0..1
  void setVolume(double volume);

  // What is being heard now; empty until the first sound after a start or seek reaches the loudspeaker.
  [[nodiscard]] std::optional<MediaTime> heard() const;
  // The last sound of the media has been heard.
  [[nodiscard]] bool finished() const;

 Q_SIGNALS:
  void unavailable();

 private:
  QThread thread_;
  SinkThread* sink_;  // lives on thread_, deleted there
  GuiPost toSink_;
};

}  // namespace chladni::ui

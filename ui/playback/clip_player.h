// ClipPlayer: plays short sounds that the program made (a reconstruction, a band of the spectrum) from temporary files, one
// at a time, beside the player of the file on show. With no sound device it says so once per play. GUI thread only; nothing
// here waits.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <optional>

#include "core/base/units.h"

namespace chladni::ui {

class AudioOutput;

class ClipPlayer : public QObject {
  Q_OBJECT

 public:
  explicit ClipPlayer(QObject* parent = nullptr);

  // Never open the sound device: for pictures and tests. Playing then ends at once.
  void setSilent(bool silent) { silent_ = silent; }
  // The file must stay there until it has ended.
  void play(const std::filesystem::path& path);
  // Only a part of a longer one.
  void playStretch(const std::filesystem::path& path, const TimeRange& stretch);
  void stop();
  [[nodiscard]] const std::filesystem::path& playing() const { return playing_; }  // empty: nothing

 Q_SIGNALS:
  void changed();  // started, ended, stopped
  void unavailable();

 private:
  void playFrom(const std::filesystem::path& path, MediaTime from, std::optional<MediaTime> end);
  void look();

  AudioOutput* output_;
  QTimer timer_;
  std::filesystem::path playing_;
  std::optional<MediaTime> end_;
  bool silent_ = false;
};

}  // namespace chladni::ui

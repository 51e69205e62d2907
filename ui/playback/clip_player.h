// ClipPlayer: plays short sounds that the program made (a reconstruction, a band of the spectrum) from temporary files, one
// at a time, beside the player of the file on show. With no sound device it says so once per play. GUI thread only; nothing
// here waits.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>

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
  void stop();
  [[nodiscard]] const std::filesystem::path& playing() const { return playing_; }  // empty: nothing

 Q_SIGNALS:
  void changed();  // started, ended, stopped
  void unavailable();

 private:
  void look();

  AudioOutput* output_;
  QTimer timer_;
  std::filesystem::path playing_;
  bool silent_ = false;
};

}  // namespace chladni::ui

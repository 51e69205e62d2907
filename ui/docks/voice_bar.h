// VoiceBar: buttons that let made sounds be heard, one file each. The files are made by a worker at the first press for what
// is on show, and kept until something else is. GUI thread only; destruction joins the worker.
#pragma once

#include <QStringList>
#include <QTemporaryDir>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "core/base/result.h"
#include "core/jobs/keyed_worker.h"
#include "ui/bridge/gui_post.h"

QT_BEGIN_NAMESPACE
class QHBoxLayout;
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class ClipPlayer;

struct Voice {
  QString objectName;
  QString text;
  QString tip;
  QString file;  // of the maker's folder
};

class VoiceBar : public QWidget {
  Q_OBJECT

 public:
  // Writes all files into a folder that exists; on a worker.
  using Maker = std::function<Result<void>(const std::filesystem::path& folder, std::stop_token stop)>;

  // Its object name is `name` + "Bar", that of its words `name` + "Note".
  VoiceBar(const QString& name, const std::vector<Voice>& voices, QWidget* parent);

  [[nodiscard]] bool busy() const { return asked_ > answered_; }
  [[nodiscard]] ClipPlayer& player() { return *player_; }
  // Empty: nothing to hear. What sounded before stops; `note` is said once the sounds are there.
  void setMaker(Maker maker, const QString& note);
  [[nodiscard]] bool made() const { return !made_.empty(); }

 Q_SIGNALS:
  void activityChanged();
  // The player of the file should fall silent.
  void starting();

 protected:
  [[nodiscard]] QHBoxLayout* line() const { return line_; }  // of the buttons, for more of them

 private:
  struct Request {
    Maker maker;
    std::filesystem::path folder;
  };
  void press(int voice);
  void accept(std::uint64_t generation, const std::filesystem::path& folder, const Result<void>& made);
  void start(int voice);
  void refresh();
  [[nodiscard]] std::filesystem::path fileOf(int voice) const;

  std::vector<QToolButton*> buttons_;
  QStringList files_;
  QHBoxLayout* line_;
  QLabel* note_;
  ClipPlayer* player_;
  QTemporaryDir folder_;
  Maker maker_;
  QString madeNote_;
  std::filesystem::path made_;  // folder of the files of what is on show; empty: not made
  int wanted_ = -1;             // voice to play when they are made
  int folders_ = 0;             // made so far
  std::uint64_t asked_ = 0;     // generation of the newest request
  std::uint64_t answered_ = 0;
  GuiPost post_;
  // last: joined before what it posts to dies
  std::unique_ptr<jobs::KeyedWorker<int, Request>> worker_;
};

}  // namespace chladni::ui

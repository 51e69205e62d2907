// ListeningBar: three buttons that let a reconstruction be heard: the original as the model knows it, what was shown to it,
// and what it painted. The sounds are made by a worker at the first press for each clip, and kept. GUI thread only;
// destruction joins the worker.
#pragma once

#include <QTemporaryDir>
#include <QWidget>
#include <array>
#include <memory>
#include <optional>

#include "core/analysis/listening.h"
#include "core/jobs/keyed_worker.h"
#include "ui/bridge/gui_post.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class ClipPlayer;

class ListeningBar : public QWidget {
  Q_OBJECT

 public:
  explicit ListeningBar(QWidget* parent = nullptr);

  // Null: nothing to hear. What sounds of another clip stops.
  void setClip(std::shared_ptr<const analysis::ReconstructedClip> clip, const FrontendSpec& spec);
  [[nodiscard]] bool busy() const { return asked_ > answered_; }
  [[nodiscard]] ClipPlayer& player() { return *player_; }
  // Made so far for the clip on show; empty before the first press.
  [[nodiscard]] const std::optional<analysis::Listening>& listening() const { return listening_; }

 Q_SIGNALS:
  void activityChanged();
  // The player of the file should fall silent.
  void starting();

 private:
  struct Request {
    std::shared_ptr<const analysis::ReconstructedClip> clip;
    FrontendSpec spec;
    std::filesystem::path folder;
  };
  void press(int voice);
  void accept(std::uint64_t generation, const std::filesystem::path& folder, const Result<analysis::Listening>& made);
  void start(int voice);
  void refresh();

  std::array<QToolButton*, 3> buttons_{};
  QLabel* note_;
  ClipPlayer* player_;
  QTemporaryDir files_;
  std::shared_ptr<const analysis::ReconstructedClip> clip_;
  FrontendSpec spec_;
  std::optional<analysis::Listening> listening_;
  std::filesystem::path made_;  // folder of the three files of the clip on show
  int wanted_ = -1;             // voice to play when they are made
  int folders_ = 0;             // made so far
  std::uint64_t asked_ = 0;     // generation of the newest request
  std::uint64_t answered_ = 0;
  GuiPost post_;
  // last: joined before what it posts to dies
  std::unique_ptr<jobs::KeyedWorker<int, Request>> worker_;
};

}  // namespace chladni::ui

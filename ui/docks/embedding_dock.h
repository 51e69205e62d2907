// EmbeddingDock: the clips of the open files and of the project as a map: what the model takes for alike lies close together.
// A click plays a clip, a double click in the list goes there; "Like the selection" ranks all clips by likeness to what is selected. Files are
// embedded one at a time by the inference thread, in turn with other questions; the plane is fitted by a worker.
// GUI thread only; destruction joins the worker.
#pragma once

#include <QDockWidget>
#include <functional>
#include <memory>
#include <optional>

#include "core/jobs/keyed_worker.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/bridge/gui_post.h"
#include "ui/docks/clip_gathering.h"
#include "ui/workspace/library.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QListWidget;
class QProgressBar;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::widgets {
class EmbeddingMap;
}

namespace chladni::ui {

class ClipPlayer;

class EmbeddingDock : public QDockWidget {
  Q_OBJECT

 public:
  EmbeddingDock(AnalysisController& analysis, Library& library, QWidget* parent = nullptr);
  ~EmbeddingDock() override;

  // Of the file on show; empty: nothing selected.
  void setSelectionSource(std::function<std::optional<std::pair<FileId, TimeRange>>()> source) { selection_ = std::move(source); }
  // The files of a project, asked for when the map is made; they need not be open.
  void setProjectSource(std::function<std::vector<std::filesystem::path>()> source) { projectFiles_ = std::move(source); }
  void setInProject(bool inProject);
  void start();
  void stop() { gathering_.stop(); }
  void findLikeSelection();
  [[nodiscard]] bool busy() const { return gathering_.busy() || fitsAsked_ > fitsAnswered_; }
  [[nodiscard]] const std::vector<ClipGathering::Clip>& clips() const { return gathering_.clips(); }
  [[nodiscard]] widgets::EmbeddingMap& map() { return *map_; }
  [[nodiscard]] ClipPlayer& player() { return *player_; }
  // x, y, class, probability, file, start and end of every clip; of hits the likeness. CSV.
  [[nodiscard]] QString table() const;

 Q_SIGNALS:
  void activityChanged();
  void playing();  // the player of the file should fall silent
  void openRequested(const QString& path, double from, double to);
  void valueUnderCursor(const QString& text);

 private:
  [[nodiscard]] std::vector<ClipGathering::Source> sources() const;
  void build();
  void gathered();
  void show(const Result<analysis::ClipPlaces>& places);
  void showHits(const ClipGathering::Hits& hits);
  void play(int point);
  void forget();
  void refresh();
  // What the model takes it for; empty where it names nothing.
  [[nodiscard]] QString classOf(const ClipGathering::Clip& clip) const;
  [[nodiscard]] QString textOf(const ClipGathering::Clip& clip) const;

  struct FitRequest {
    Matrix vectors;
  };

  AnalysisController& analysis_;
  Library& library_;
  std::function<std::optional<std::pair<FileId, TimeRange>>()> selection_;
  widgets::EmbeddingMap* map_ = nullptr;
  QToolButton* run_ = nullptr;
  QToolButton* like_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* note_ = nullptr;
  QWidget* hitsBox_ = nullptr;
  QListWidget* list_ = nullptr;
  ClipPlayer* player_ = nullptr;
  ClipGathering gathering_;
  std::function<std::vector<std::filesystem::path>()> projectFiles_;
  bool inProject_ = false;
  Matrix places_;
  ClipGathering::Hits hits_;
  std::uint64_t fitsAsked_ = 0;
  std::uint64_t fitsAnswered_ = 0;
  GuiPost post_;
  // last: joined before what it posts to dies
  std::unique_ptr<jobs::KeyedWorker<int, FitRequest>> worker_;
};

}  // namespace chladni::ui

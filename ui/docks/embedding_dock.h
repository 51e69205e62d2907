// EmbeddingDock: the clips of the open files and of the project as a map: what the model takes for alike lies close together.
// A click plays a clip, a double click in the list goes there; "Like the selection" ranks all clips by likeness to what is selected. Files are
// embedded one at a time by the inference thread, in turn with other questions; the plane is fitted by a worker.
// GUI thread only; destruction joins the worker.
#pragma once

#include <QDockWidget>
#include <functional>
#include <memory>
#include <optional>

#include "core/analysis/clip_embedding.h"
#include "core/jobs/keyed_worker.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/bridge/gui_post.h"
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
  static constexpr std::size_t kMostClips = 48;      // of one file
  static constexpr std::size_t kMostInAll = 4000;    // of many files, as long as each has one
  static constexpr std::size_t kMostHits = 8;

  struct PlacedClip {
    std::filesystem::path path;
    analysis::EmbeddedClip clip;
  };

  EmbeddingDock(AnalysisController& analysis, Library& library, QWidget* parent = nullptr);
  ~EmbeddingDock() override;

  // Of the file on show; empty: nothing selected.
  void setSelectionSource(std::function<std::optional<std::pair<FileId, TimeRange>>()> source) { selection_ = std::move(source); }
  // The files of a project, asked for when the map is made; they need not be open.
  void setProjectSource(std::function<std::vector<std::filesystem::path>()> source) { projectFiles_ = std::move(source); }
  void setInProject(bool inProject);
  void start();
  void stop();
  void findLikeSelection();
  [[nodiscard]] bool busy() const { return running_ || asking_ || fitsAsked_ > fitsAnswered_; }
  [[nodiscard]] const std::vector<PlacedClip>& clips() const { return clips_; }
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
  struct Source {
    std::filesystem::path path;
    std::shared_ptr<const analysis::Recording> recording;  // null: not open
  };
  [[nodiscard]] std::vector<Source> sources() const;
  void build();
  void askNext();
  void accept(const std::filesystem::path& path, const Result<analysis::ClipEmbeddings>& embeddings);
  void fit();
  void show(const Result<analysis::ClipPlaces>& places);
  void showHits(const std::vector<std::pair<std::size_t, double>>& hits);
  void play(int point);
  void forget();
  void refresh();
  [[nodiscard]] Matrix vectors() const;
  [[nodiscard]] QString textOf(const PlacedClip& clip) const;

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
  std::string model_;  // whose vectors these are
  analysis::EmbeddingKind kind_ = analysis::EmbeddingKind::logits;
  std::function<std::vector<std::filesystem::path>()> projectFiles_;
  bool inProject_ = false;
  std::vector<Source> waiting_;  // the next one last
  int total_ = 0;                // files of the run
  std::size_t clipsEach_ = kMostClips;
  bool running_ = false;
  bool asking_ = false;  // a query is under way
  std::uint64_t run_number_ = 0;
  std::vector<PlacedClip> clips_;
  Matrix places_;
  std::vector<std::pair<std::size_t, double>> hits_;
  QString problem_;  // of the last file that could not be used
  std::uint64_t fitsAsked_ = 0;
  std::uint64_t fitsAnswered_ = 0;
  GuiPost post_;
  // last: joined before what it posts to dies
  std::unique_ptr<jobs::KeyedWorker<int, FitRequest>> worker_;
};

}  // namespace chladni::ui

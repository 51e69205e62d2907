// ClipGathering: the clips of many files with the vectors that a model makes of them, one file at a time by the inference
// thread, in turn with other questions; and which of them are most like a stretch. GUI thread only.
#pragma once

#include <QObject>
#include <memory>
#include <utility>
#include <vector>

#include "core/analysis/clip_embedding.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

class ClipGathering : public QObject {
  Q_OBJECT

 public:
  static constexpr std::size_t kMostClips = 48;    // of one file
  static constexpr std::size_t kMostInAll = 4000;  // of many files, as long as each has one
  static constexpr std::size_t kMostHits = 8;

  struct Source {
    std::filesystem::path path;
    std::shared_ptr<const analysis::Recording> recording;  // null: not open
  };
  struct Clip {
    std::filesystem::path path;
    analysis::EmbeddedClip clip;
  };
  using Hits = std::vector<std::pair<std::size_t, double>>;  // clip and likeness, the likest first

  ClipGathering(AnalysisController& analysis, QObject* parent) : QObject(parent), analysis_(analysis), post_(this) {}

  // Of all sources, by the package of that name; what was there goes.
  void start(const std::string& model, std::vector<Source> sources);
  // What is there stays.
  void stop();
  void forget();
  // Answered by found() or notFound(). Precondition: clips are there.
  void findLike(std::shared_ptr<const analysis::Recording> recording, TimeRange span);

  [[nodiscard]] bool running() const { return running_; }
  [[nodiscard]] bool busy() const { return running_ || asking_; }
  [[nodiscard]] int files() const { return total_; }
  [[nodiscard]] int filesDone() const { return total_ - static_cast<int>(waiting_.size()) - 1; }
  [[nodiscard]] const std::vector<Clip>& clips() const { return clips_; }
  [[nodiscard]] analysis::EmbeddingKind kind() const { return kind_; }
  // Of the last file that could not be used.
  [[nodiscard]] const QString& problem() const { return problem_; }
  // A row a clip.
  [[nodiscard]] Matrix vectors() const;

 Q_SIGNALS:
  void changed();     // begun, a file further, or ended
  void clipsAdded();
  void found(const chladni::ui::ClipGathering::Hits& hits);
  void notFound(const QString& why);

 private:
  void askNext();
  void accept(const std::filesystem::path& path, const Result<analysis::ClipEmbeddings>& embeddings);

  AnalysisController& analysis_;
  std::string model_;  // whose vectors these are
  analysis::EmbeddingKind kind_ = analysis::EmbeddingKind::logits;
  std::vector<Source> waiting_;  // the next one last
  int total_ = 0;
  std::size_t clipsEach_ = kMostClips;
  bool running_ = false;
  bool asking_ = false;  // what is like a stretch
  std::uint64_t run_ = 0;
  std::vector<Clip> clips_;
  QString problem_;
  GuiPost post_;
};

}  // namespace chladni::ui

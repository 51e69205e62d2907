// Library: the files open in this session, in the order they were opened. Opening probes in a worker; reading (peaks,
// overview) starts when a file is first looked at. Every change is a signal on the GUI thread. A file that cannot be
// opened stays listed with its error, so that the place where it was asked for can say why.
// Threads: GUI thread only; two workers of its own probe and read. Destruction stops and joins them.
#pragma once

#include <QObject>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/analysis/recording.h"
#include "core/base/progress.h"
#include "core/data/prediction.h"
#include "core/data/region_attention.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

using FileId = std::uint64_t;

enum class FileState { opening, waiting, reading, ready, failed };

struct OpenFile {
  FileId id = 0;
  std::filesystem::path path;
  FileState state = FileState::opening;
  std::shared_ptr<analysis::Recording> recording;  // null while opening and when failed
  std::optional<Error> error;                      // failed, or ready with a damaged part
  Progress progress;                               // while reading
  std::shared_ptr<const Prediction> prediction;    // newest known
  std::shared_ptr<const RegionAttention> regions;  // where the model of it looked; null when it looks nowhere
  std::string predictionPackage;  // that it is of, by its folder
  bool predictionComplete = false;
  bool analysing = false;  // a prediction is being made
  // Complete ones, by the folder of their package.
  struct Known {
    std::shared_ptr<const Prediction> prediction;
    std::shared_ptr<const RegionAttention> regions;
  };
  std::map<std::string, Known> known;
};

class Library : public QObject {
  Q_OBJECT

 public:
  explicit Library(QObject* parent = nullptr);
  ~Library() override;

  // A file that is open already keeps its place; a failed one is tried again.
  FileId open(const std::filesystem::path& path);
  void close(FileId id);
  // Starts reading in the background; more urgent than files asked for before.
  void read(FileId id);

  [[nodiscard]] const std::vector<OpenFile>& files() const { return files_; }
  [[nodiscard]] const OpenFile* file(FileId id) const;
  void setPrediction(FileId id, const std::string& package, std::shared_ptr<const Prediction> prediction, bool complete,
                     std::shared_ptr<const RegionAttention> regions = nullptr);
  // Not on show, but known from now on.
  void keepPrediction(FileId id, const std::string& package, std::shared_ptr<const Prediction> prediction,
                      std::shared_ptr<const RegionAttention> regions);
  // Null when the file is not open or the package has not gone over all of it.
  [[nodiscard]] std::shared_ptr<const Prediction> knownPrediction(FileId id, const std::string& package) const;
  void setAnalysing(FileId id, bool analysing);
  // Something is being opened or read.
  [[nodiscard]] bool busy() const;

 Q_SIGNALS:
  void added(chladni::ui::FileId id);
  void opened(chladni::ui::FileId id);    // the recording is there
  void progressed(chladni::ui::FileId id);
  void finished(chladni::ui::FileId id);  // read to the end, or failed
  void closed(chladni::ui::FileId id);
  void predicted(chladni::ui::FileId id);
  void known(chladni::ui::FileId id, const QString& package);  // one more complete prediction
  void analysingChanged(chladni::ui::FileId id);

 private:
  struct Task {
    FileId id = 0;
    std::filesystem::path path;
    std::shared_ptr<analysis::Recording> recording;  // null: open, else read it
    std::stop_token stop;
  };

  OpenFile* mutableFile(FileId id);
  void submit(Task task);
  void work(std::stop_token stop);
  void openIn(const Task& task);
  void readIn(const Task& task);

  // GUI thread only
  std::vector<OpenFile> files_;
  std::vector<std::pair<FileId, std::stop_source>> stops_;
  FileId lastId_ = 0;
  GuiPost post_;
  // guarded by mutex_
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<Task> tasks_;
  // last: start when everything above exists
  std::vector<std::jthread> workers_;
};

}  // namespace chladni::ui

// RunsController: the folder of runs on behalf of the window. Looks again every second on a worker, reads the histories
// that are watched, starts what waits in the queue, and carries out what a person asks; nothing of it on the GUI thread.
// Answers arrive as signals. Trainings are processes of their own: this may go away at any time. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "core/jobs/job_queue.h"
#include "core/runs/event_file.h"
#include "core/runs/run_desk.h"
#include "core/runs/study_reader.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

enum class Beginning { now, queued, later };

class RunsController : public QObject {
  Q_OBJECT

 public:
  explicit RunsController(runs::RunDesk desk, QObject* parent = nullptr);
  ~RunsController() override;

  [[nodiscard]] const runs::RunDesk& desk() const { return desk_; }
  [[nodiscard]] const std::vector<runs::RunSummary>& runs() const { return runs_; }
  [[nodiscard]] const runs::RunSummary* find(const std::filesystem::path& folder) const;
  // False until the folder was looked through once.
  [[nodiscard]] bool known() const { return known_; }
  // Something asked for has not been answered.
  [[nodiscard]] bool busy() const;

  void refresh();
  // Whose course is wanted; their histories arrive with historyChanged().
  void watch(std::vector<std::filesystem::path> folders);
  // Null while it is not read yet.
  [[nodiscard]] std::shared_ptr<const runs::RunHistory> history(const std::filesystem::path& folder) const;

  // Which study is on show, empty for none; its reading arrives with studyChanged() whenever something is new.
  void watchStudy(const std::filesystem::path& folder);
  // Null while it is not read, or cannot be.
  [[nodiscard]] std::shared_ptr<const runs::StudyReading> study(const std::filesystem::path& folder) const;

  void create(const QString& name, const training::Recipe& recipe, Beginning beginning, const std::vector<training::SweepAxis>& sweep = {});
  void addExisting(const std::filesystem::path& folder);
  void pause(const std::filesystem::path& folder);
  void resume(const std::filesystem::path& folder);
  void stop(const std::filesystem::path& folder);
  void kill(const std::filesystem::path& folder);
  void enqueue(const std::filesystem::path& folder);
  void rename(const std::filesystem::path& folder, const QString& name);
  void remove(const std::vector<std::filesystem::path>& folders);
  // The runs deleted last; false when there are none.
  void undoRemove();
  [[nodiscard]] bool canUndoRemove() const { return !deleted_.empty(); }
  void emptyBin();

 Q_SIGNALS:
  void runsChanged();
  void historyChanged(const QString& folder);
  void studyChanged(const QString& folder);
  void created(const QString& folder);
  void removed(int count);
  void failed(const QString& message);
  void finished(const QString& name, bool well);  // a training that was alive at the last look

 private:
  struct Follower {
    std::unique_ptr<runs::EventFile> file;
    runs::RunHistory history;
    std::shared_ptr<const runs::RunHistory> shown;
  };
  using Act = std::function<Result<void>(const runs::RunDesk&)>;
  void act(Act act);
  void actOn(const std::filesystem::path& folder, std::function<Result<void>(const runs::RunDesk&, const runs::RunSummary&)> act);
  void look();
  void adopt(std::vector<runs::RunSummary> runs);
  void follow();
  void readStudy();

  // GUI thread
  runs::RunDesk desk_;
  std::vector<runs::RunSummary> runs_;
  bool known_ = false;
  int acts_ = 0;
  bool looking_ = false, lookAgain_ = false, following_ = false, followAgain_ = false;
  std::set<std::filesystem::path> watched_;
  std::map<std::filesystem::path, std::shared_ptr<const runs::RunHistory>> histories_;
  std::filesystem::path watchedStudy_;
  bool readingStudy_ = false, readStudyAgain_ = false;
  std::map<std::filesystem::path, std::shared_ptr<const runs::StudyReading>> studies_;
  std::vector<runs::Deleted> deleted_;
  QTimer timer_;
  GuiPost post_;
  // worker only
  std::map<std::filesystem::path, Follower> followers_;
  std::map<std::filesystem::path, runs::StudyReader> studyReaders_;
  // last: joined before anything above dies
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui

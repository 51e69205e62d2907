// ProjectWorker: one lengthy job at a time on a project, on a thread and a connection of its own. What the job returns runs
// on the GUI thread when it is done. GUI thread only.
#pragma once

#include <QObject>
#include <QString>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <thread>

#include "core/base/progress.h"
#include "core/store/project.h"
#include "ui/bridge/gui_post.h"

namespace chladni::ui {

class ProjectWorker : public QObject {
  Q_OBJECT

 public:
  using Then = std::function<void()>;
  using Work = std::function<Then(store::Project& project, std::stop_token stop, const ProgressSink& progress)>;

  explicit ProjectWorker(QObject* parent) : QObject(parent), post_(this) {}

  // False while another job runs.
  bool start(const std::filesystem::path& project, Work work);
  // The job stops at the next chance; what it finished is kept.
  void cancel() { thread_.request_stop(); }
  [[nodiscard]] bool busy() const { return busy_; }
  // Of the job that runs.
  [[nodiscard]] const Progress& progress() const { return progress_; }

 Q_SIGNALS:
  void activityChanged();  // start, progress and end of a job
  void failed(const QString& message);

 private:
  bool busy_ = false;
  Progress progress_;
  GuiPost post_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace chladni::ui

// ProjectPanel: the files of the project with status, labels and tags, a search over all of them, and what can be done
// to several at once. Hidden while no project is open. Opening is asked for by openRequested. Files are added by a worker
// with its own connection to the project. GUI thread only.
#pragma once

#include <QTimer>
#include <QWidget>
#include <filesystem>
#include <vector>

#include "core/base/progress.h"
#include "core/store/project.h"
#include "ui/project/label_controller.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QTableView;
QT_END_NAMESPACE

namespace chladni::ui {

class ProjectFilesModel;
class ProjectWorker;

class ProjectPanel : public QWidget {
  Q_OBJECT

 public:
  ProjectPanel(LabelController& labels, ProjectWorker& worker, QWidget* parent = nullptr);
  ~ProjectPanel() override;

  // Files and folders; the panel shows them when they are in.
  void addPaths(const std::vector<std::filesystem::path>& paths);
  // Below a folder, by what they hold.
  void findMoved(const std::filesystem::path& folder);
  [[nodiscard]] bool busy() const { return busy_; }
  void focusSearch();
  void setStatus(store::FileStatus status);
  void addTag(const QString& tag);
  [[nodiscard]] int fileCount() const;

 Q_SIGNALS:
  void openRequested(const QString& path);
  void failed(const QString& message);
  void noticed(const QString& message);

 private:
  void refresh();
  void showMenu(const QPoint& at);
  void askTag();
  void removeSelected();
  [[nodiscard]] std::vector<store::FileId> selectedFiles() const;
  void finished(const Result<void>& done);
  using Work = std::function<std::pair<QString, Result<void>>(store::Project&, std::stop_token, const ProgressSink&)>;
  void begin(Work work);

  LabelController& labels_;
  ProjectWorker& worker_;
  QLabel* title_;
  QLineEdit* search_;
  QTableView* table_;
  ProjectFilesModel* model_;
  QTimer soon_;  // collects edits before the list is read again
  bool busy_ = false;  // with a job of its own
};

}  // namespace chladni::ui

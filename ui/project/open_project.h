// OpenProject: the project that is open, and in it the labels of the file on show. Steps go to the project at once. While
// another program holds it nothing here waits: steps are shown, queue up, say so and are tried again. What other programs
// change there is noticed within a second. GUI thread only; it owns its connection to the project.
#pragma once

#include <QObject>
#include <QString>
#include <QTimer>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/store/project.h"
#include "ui/project/edit_queue.h"

namespace chladni::ui {

class OpenProject : public QObject {
  Q_OBJECT

 public:
  explicit OpenProject(QObject* parent = nullptr);
  // Waits ten seconds at most for steps that are not in the project yet.
  ~OpenProject() override;

  // What was wrong, which failed() has told, too; the project that was open stays then.
  std::optional<Error> create(const std::filesystem::path& path);
  std::optional<Error> open(const std::filesystem::path& path);
  void close();
  [[nodiscard]] store::Project* project() { return project_ ? &*project_ : nullptr; }
  // The file whose labels are on show; empty: none. Its labels are there after read().
  void setFile(const std::filesystem::path& path);
  [[nodiscard]] const std::filesystem::path& file() const { return path_; }
  // The project has the file.
  [[nodiscard]] bool hasFile() const { return file_.has_value(); }
  // Takes labels, classes and the names of undo from the project; after a failure those before stay.
  Result<void> read();
  // While a job of this window works on the project, what changes there was not done elsewhere.
  void setOwnJob(bool running);

  [[nodiscard]] const std::vector<store::StoredTrack>& tracks() const { return tracks_; }
  [[nodiscard]] const std::vector<LabelClass>& classes() const { return classes_; }
  [[nodiscard]] QString undoName() const { return undoName_; }
  [[nodiscard]] QString redoName() const { return redoName_; }
  // Steps that are shown but not in the project yet.
  [[nodiscard]] std::size_t waiting() const { return queue_.waiting(); }
  // The last read() failed because another program holds the project.
  [[nodiscard]] bool heldElsewhere() { return project_ && project_->ranOutOfPatience(); }
  // Steps wait, which noticed() has told.
  bool mustWait();

  // One step of the history, onto the track at `place` or a new one after the last. Nothing changes when it fails.
  Result<void> run(std::size_t place, TrackStep step);

 Q_SIGNALS:
  void projectChanged();  // another project, or its files
  void outdated();        // there is something new to read()
  void failed(const QString& message);
  void noticed(const QString& message);

 private:
  std::optional<Error> take(Result<store::Project> project);
  Result<void> readTracks();
  void retryWaiting();
  void refreshNames();
  void fail(const Error& error);
  void lookElsewhere();

  std::optional<store::Project> project_;
  std::filesystem::path path_;
  std::optional<store::FileId> file_;
  std::vector<store::StoredTrack> tracks_;
  std::vector<LabelClass> classes_;
  QString undoName_;
  QString redoName_;
  QTimer elsewhere_;
  bool ownJob_ = false;
  EditQueue queue_;
  QTimer retry_;
};

}  // namespace chladni::ui

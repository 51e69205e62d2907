// ProjectDesk: everything of the window that has to do with projects and labels: the controller, the panel of the library
// dock, the label lane, the table, and their actions. The main window tells it which file is on show and gives it the
// banner and the status line to speak with. GUI thread only.
#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>

#include "ui/actions/action_catalogue.h"
#include "ui/project/label_controller.h"

QT_BEGIN_NAMESPACE
class QMainWindow;
QT_END_NAMESPACE

namespace chladni::widgets {
class LabelLane;
}

namespace chladni::ui {

class AgreementDock;
class DeskMemory;
class ExchangeController;
class LabelTableDock;
class PlaybackController;
class ProjectPanel;
class ProjectWorker;
class ProposalController;
class SnapController;
class TimeArea;
class TrackMenu;
class WorkspaceSettings;

class ProjectDesk : public QObject {
  Q_OBJECT

 public:
  ProjectDesk(QMainWindow& window, TimeArea& area, PlaybackController& playback, QObject* parent);

  ~ProjectDesk() override;

  // For the library dock, above the files of the session.
  [[nodiscard]] ProjectPanel& panel() { return *panel_; }
  [[nodiscard]] LabelTableDock& table() { return *table_; }
  [[nodiscard]] LabelController& labels() { return labels_; }
  [[nodiscard]] ProposalController& proposals() { return *proposals_; }
  [[nodiscard]] SnapController& snapping() { return *snapping_; }
  [[nodiscard]] ExchangeController& exchange() { return *exchange_; }
  [[nodiscard]] AgreementDock& agreement() { return *agreement_; }
  void addProjectActions(ActionCatalogue& actions, QMenu* menu);
  // Menus "Edit" and "Labels"; `frameSeconds` is the length of a picture of the file on show.
  void addLabelActions(ActionCatalogue& actions, QMenu* edit, QMenu* labels, std::function<double()> frameSeconds);

  // From now on; after the actions are there.
  void remember(WorkspaceSettings& settings);

  // In what the lane and the table say, as the keys of the window's actions are now.
  void nameKeys();
  // Empty: none.
  void setFile(const std::filesystem::path& path);
  // What was wrong, which failed() has told, too.
  std::optional<Error> open(const std::filesystem::path& project);
  [[nodiscard]] bool busy() const;
  // Something runs over the whole project; how far it is.
  [[nodiscard]] bool working() const;
  [[nodiscard]] const Progress& progress() const;
  // What runs over the whole project; what is finished stays.
  void cancel();
  // False, with a word why, while edits wait for another program; the second time they are given up.
  bool maySafelyClose();

 Q_SIGNALS:
  void openRequested(const QString& path);
  void failed(const QString& message);
  void noticed(const QString& message);
  void projectChanged();
  void activityChanged();

 protected:
  // Class keys, which count for as long as they are held.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void newDialog();
  void openDialog();
  void addDialog(bool folder);
  void movedDialog();
  void refresh();
  void editText();
  void nudgeActions(ActionCatalogue& actions, QMenu* menu, std::function<double()> frameSeconds);
  void boxActions(ActionCatalogue& actions, QMenu* menu);
  void showBoxes();
  [[nodiscard]] double playhead() const;

  QMainWindow& window_;
  TimeArea& area_;
  PlaybackController& playback_;
  LabelController labels_{this};
  ActionCatalogue* actions_ = nullptr;
  bool closeAsked_ = false;
  widgets::LabelLane& lane_;
  ProjectWorker* worker_;
  ProjectPanel* panel_;
  LabelTableDock* table_;
  ProposalController* proposals_;
  SnapController* snapping_;
  ExchangeController* exchange_;
  AgreementDock* agreement_;
  TrackMenu* trackMenu_;
  DeskMemory* memory_ = nullptr;
  // As the lane holds them: remade only where a track changed.
  std::map<std::size_t, std::shared_ptr<const LabelTrack>> shown_;
};

}  // namespace chladni::ui

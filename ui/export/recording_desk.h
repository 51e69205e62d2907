// RecordingDesk: the lanes as a movie, from the menu entry to the file: asks what is wanted, records, says how it
// ended. The main window gives it the lanes, the file on show, and the banner and the status line to speak with. GUI
// thread only.
#pragma once

#include <QObject>
#include <functional>

#include "ui/actions/action_catalogue.h"
#include "ui/export/lane_recorder.h"

namespace chladni::ui {

class RecordDialog;
class TimeArea;
class WorkspaceSettings;

class RecordingDesk : public QObject {
  Q_OBJECT

 public:
  // `regions`: what lies over the video now, null for nothing.
  RecordingDesk(QWidget& window, TimeArea& area, WorkspaceSettings& settings,
                std::function<std::shared_ptr<const RegionAttention>()> regions, QObject* parent);

  void addActions(ActionCatalogue& actions, QMenu* menu);
  // It exists while it is open; null without a recording on show, or while one is being made.
  RecordDialog* openDialog();
  void record(const LaneRecording& wanted);
  void cancel() { recorder_.cancel(); }
  [[nodiscard]] bool busy() const { return recorder_.running(); }
  // What is being done, for the status line; empty: nothing.
  [[nodiscard]] QString activity() const;
  [[nodiscard]] const Progress& progress() const { return recorder_.progress(); }
  // False, with a word why, while a movie is being made; the second time it is given up.
  bool maySafelyClose();

 Q_SIGNALS:
  void failed(const QString& message);
  void noticed(const QString& message);
  void activityChanged();

 private:
  QWidget& window_;
  TimeArea& area_;
  WorkspaceSettings& settings_;
  const std::function<std::shared_ptr<const RegionAttention>()> regions_;
  bool closeAsked_ = false;
  LaneRecorder recorder_;
};

}  // namespace chladni::ui

// PlayMenu: the commands of playing: start, loop, a selection once, speed, volume, steps. Fills the menu it is given; the
// actions are the catalogue's. Borrows everything. GUI thread only.
#pragma once

#include <QObject>
#include <functional>

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {

struct OpenFile;
class PlaybackController;
class TimeArea;
class VideoDock;
class WorkspaceSettings;

class PlayMenu : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    ActionCatalogue& actions;
    PlaybackController& playback;
    TimeArea& area;
    VideoDock& video;
    WorkspaceSettings& settings;
    std::function<const OpenFile*()> file;  // on show; null: none
  };
  PlayMenu(Parts parts, QMenu* menu, QObject* parent);

  // Of the file on show: what the loop is, after the selection or the file has changed.
  void updateLoop();

 Q_SIGNALS:
  void noticed(const QString& message);

 private:
  void addPlaying(QMenu* menu);
  void addSpeeds(QMenu* menu);
  void addSteps(QMenu* menu);
  void step(double seconds);
  void playSelection();
  void changeSpeed(int steps);
  void changeVolume(double by);

  Parts parts_;
};

}  // namespace chladni::ui

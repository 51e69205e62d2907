// ViewMenu: the commands of what is seen: zoom, scroll, selection, film, docks, theme. Fills the menu it is given; the
// actions are the catalogue's. Borrows everything. GUI thread only.
#pragma once

#include <QList>
#include <QObject>
#include <functional>
#include <map>

#include "ui/actions/action_catalogue.h"

QT_BEGIN_NAMESPACE
class QDockWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class TimeArea;
class WorkspaceSettings;

class ViewMenu : public QObject {
  Q_OBJECT

 public:
  struct Parts {
    ActionCatalogue& actions;
    TimeArea& area;
    WorkspaceSettings& settings;
    QList<QDockWidget*> docks;
    bool dark = false;  // as the window is now
  };
  ViewMenu(Parts parts, QMenu* menu, QObject* parent);

 Q_SIGNALS:
  void themeChosen(const QString& name);
  void firstLayoutWanted();

 private:
  void addZooms(QMenu* menu);
  void addScrolling(QMenu* menu);
  void addSelecting(QMenu* menu);
  void addLanes(QMenu* menu);
  // A lane that can be hidden; the choice is remembered under the id.
  void addLane(QMenu* menu, const QString& id, const QString& text, const QString& hint, const std::function<void(bool)>& show);
  void bringForward(QDockWidget& dock);
  void addDocks(QMenu* menu);
  void addTheme(QMenu* menu);

  Parts parts_;
  std::map<QDockWidget*, bool> behind_;  // another one of its place
};

}  // namespace chladni::ui

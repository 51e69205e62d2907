// WindowKeys: the keys of a window's actions: as the settings have them at first, then as people choose them in the dialog.
// Borrows everything; comes after all actions are there. GUI thread only.
#pragma once

#include <QObject>

#include "ui/actions/key_map.h"

QT_BEGIN_NAMESPACE
class QMainWindow;
QT_END_NAMESPACE

namespace chladni::ui {

class ActionCatalogue;
class WorkspaceSettings;

class WindowKeys : public QObject {
  Q_OBJECT

 public:
  WindowKeys(ActionCatalogue& actions, WorkspaceSettings& settings, QMainWindow& window);

  void openDialog();

 private:
  void apply();
  void freeLetters();

  ActionCatalogue& actions_;
  WorkspaceSettings& settings_;
  QMainWindow& window_;
  KeyMap map_;
};

}  // namespace chladni::ui

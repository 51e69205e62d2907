// HelpMenu: search of the actions, their keys, and what the program is. Fills the menu it is given; the actions are the
// catalogue's. Borrows the window. GUI thread only.
#pragma once

#include <QObject>

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {

class HelpMenu : public QObject {
  Q_OBJECT

 public:
  HelpMenu(ActionCatalogue& actions, QMenu* menu, QWidget& window);

 Q_SIGNALS:
  void searchWanted();
  void keysWanted();

 private:
  void showAbout();
  bool raiseShown(const QString& name);

  QWidget& window_;
};

}  // namespace chladni::ui

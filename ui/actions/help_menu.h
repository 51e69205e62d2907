// HelpMenu: search of the actions, their keys in a table, and what the program is. Fills the menu it is given; the actions
// are the catalogue's. Borrows catalogue and window. GUI thread only.
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

 private:
  void showKeys();
  void showAbout();
  bool raiseShown(const QString& name);

  ActionCatalogue& actions_;
  QWidget& window_;
};

}  // namespace chladni::ui

// TrackMenu: the commands about whole tracks of labels, for the active one: make, rename, remove, whether its labels may
// overlap, and whether it is the reference. Borrows window and controller. GUI thread only.
#pragma once

#include <QObject>

#include "ui/actions/action_catalogue.h"

QT_BEGIN_NAMESPACE
class QMainWindow;
QT_END_NAMESPACE

namespace chladni::ui {

class LabelController;

class TrackMenu : public QObject {
  Q_OBJECT

 public:
  TrackMenu(QMainWindow& window, LabelController& labels, QObject* parent);

  void addActions(ActionCatalogue& actions, QMenu* menu);
  // As the active track is now.
  void refresh();

 private:
  void askName();
  void showTick(QAction* action, bool ticked, bool possible) const;

  QMainWindow& window_;
  LabelController& labels_;
  QAction* rename_ = nullptr;
  QAction* remove_ = nullptr;
  QAction* exclusive_ = nullptr;
  QAction* reference_ = nullptr;
};

}  // namespace chladni::ui

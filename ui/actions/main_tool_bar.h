// MainToolBar: play and loop, zoom, the model chooser with its run button, the action search, and what is on show with
// the playhead's time. Buttons are the catalogue's actions. GUI thread only.
#pragma once

#include <QToolBar>
#include <vector>

#include "core/inference/model_spec.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class ActionCatalogue;
class ActionSearch;
class ElidedLabel;

class MainToolBar : public QToolBar {
  Q_OBJECT

 public:
  MainToolBar(const ActionCatalogue& actions, QWidget* parent);

  // `chosen` may be null. Packages without weights are listed but cannot be chosen.
  void setModels(const std::vector<inference::ModelSpec>& models, const inference::ModelSpec* chosen);
  void setSpeed(double speed);
  void setTitle(const QString& text);
  [[nodiscard]] ActionSearch& search() { return *search_; }
  // Both show what is behind the end of a narrow bar.
  void beginSearch();
  void focusModels();

 Q_SIGNALS:
  void modelChosen(const QString& name);
  void speedChosen(double speed);

 private:
  QToolButton* button(const QString& action);
  void nameKeys();
  void reveal(const QWidget& part);
  void coverAgain();

  const ActionCatalogue& actions_;
  QComboBox* speeds_;
  QComboBox* models_;
  ActionSearch* search_;
  ElidedLabel* title_;
  bool revealed_ = false;
};

}  // namespace chladni::ui

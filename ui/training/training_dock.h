// TrainingDock: the runs beside what they did, and the way to new ones. Empty, it says what a run is. GUI thread only.
#pragma once

#include <QDockWidget>
#include <filesystem>
#include <functional>
#include <vector>

#include "core/inference/model_spec.h"
#include "ui/training/runs_controller.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class NewRunDialog;
class RunList;
class RunPage;

class TrainingDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit TrainingDock(RunsController& runs, QWidget* parent = nullptr);

  // What a new run may start from and learn from, asked for when the dialog opens.
  void setOffers(std::function<std::vector<inference::ModelSpec>()> models, std::function<std::filesystem::path()> project);
  NewRunDialog* newRun();
  void cloneRun(const QString& folder);
  void selectRun(const QString& folder);
  [[nodiscard]] RunList& list() { return *list_; }
  [[nodiscard]] RunPage& page() { return *page_; }

 Q_SIGNALS:
  void useRequested(const QString& package);
  void valueUnderCursor(const QString& text);
  void noticed(const QString& text);
  void failed(const QString& why);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QWidget* makeSide();
  QWidget* makeEmpty();
  void showSelection();
  void showRecipe(const QString& folder);
  void refreshRuns();
  void removeSelected();
  void openMenu();
  [[nodiscard]] QString current() const;

  RunsController& runs_;
  std::function<std::vector<inference::ModelSpec>()> models_;
  std::function<std::filesystem::path()> project_;
  QStackedWidget* stack_;
  RunList* list_ = nullptr;
  RunPage* page_ = nullptr;
  QWidget* undo_ = nullptr;
  QLabel* undoText_ = nullptr;
  QToolButton* more_ = nullptr;
  QString wanted_;    // to be selected as soon as it is in the list
  QString recipeOf_;  // whose recipe is on show
};

}  // namespace chladni::ui

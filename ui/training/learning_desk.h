// LearningDesk: everything of the window that has to do with training, models and evaluation: the controller of the runs,
// the docks and their actions. The main window gives it a place and its banner and status line. GUI thread only.
#pragma once

#include <QDockWidget>
#include <QList>
#include <QObject>
#include <filesystem>
#include <functional>

#include "core/inference/model_spec.h"
#include "ui/actions/action_catalogue.h"
#include "ui/training/runs_controller.h"

QT_BEGIN_NAMESPACE
class QMainWindow;
QT_END_NAMESPACE

namespace chladni::ui {

class AnalysisController;
class EvaluationDock;
class ModelsDock;
class PainterTour;
class TrainingDock;
class WorkspaceSettings;

struct LearningSetup {
  std::filesystem::path commandLine;  // chladni-cli
  std::filesystem::path runFolder;
  std::filesystem::path demo;  // empty: none installed
};

class LearningDesk : public QObject {
  Q_OBJECT

 public:
  // `project` tells the open project, or an empty path.
  LearningDesk(QMainWindow& window, AnalysisController& analysis, LearningSetup setup, WorkspaceSettings& settings,
               std::function<std::filesystem::path()> project,
               QObject* parent);
  ~LearningDesk() override;

  // In the order in which they lie in the bottom of the window; hidden at first.
  [[nodiscard]] QList<QDockWidget*> docks() const;
  // The dialog of a new run, filled in for all layers of this model and these labels.
  void finetune(const QString& manifest, const chladni::inference::ModelSpec& model);
  // Teaches by doing; null without the bundled film.
  PainterTour* tour();
  void addActions(ActionCatalogue& actions, QMenu* menu);
  [[nodiscard]] RunsController& runs() { return *runs_; }
  [[nodiscard]] TrainingDock& training() { return *training_; }
  [[nodiscard]] ModelsDock& models() { return *models_; }
  [[nodiscard]] EvaluationDock& evaluation() { return *evaluation_; }
  // Something on show has not arrived yet.
  [[nodiscard]] bool busy() const;

 Q_SIGNALS:
  void failed(const QString& message);
  void noticed(const QString& message);
  void valueUnderCursor(const QString& text);
  void modelWanted(const QString& package);
  void openRequested(const QString& path, double from, double to);

 private:
  void show(QDockWidget* dock);
  void refreshModels();

  AnalysisController& analysis_;
  RunsController* runs_;
  TrainingDock* training_;
  ModelsDock* models_;
  EvaluationDock* evaluation_;
  const std::filesystem::path demo_;
};

}  // namespace chladni::ui

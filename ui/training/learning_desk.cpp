#include "ui/training/learning_desk.h"

#include <QMainWindow>

#include "ui/analysis/analysis_controller.h"
#include "ui/training/training_dock.h"
#include "ui/workspace/paths.h"

namespace chladni::ui {

LearningDesk::LearningDesk(QMainWindow& window, AnalysisController& analysis, LearningSetup setup,
                           std::function<std::filesystem::path()> project, QObject* parent)
    : QObject(parent), analysis_(analysis), runs_(new RunsController(runs::RunDesk(setup.runFolder, setup.commandLine), this)),
      training_(new TrainingDock(*runs_, &window)) {
  training_->setOffers([this] { return analysis_.models(); }, std::move(project));
  for (QDockWidget* dock : docks()) {
    window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    if (dock != training_) window.tabifyDockWidget(training_, dock);
    dock->hide();
  }
  connect(training_, &TrainingDock::failed, this, &LearningDesk::failed);
  connect(training_, &TrainingDock::noticed, this, &LearningDesk::noticed);
  connect(training_, &TrainingDock::valueUnderCursor, this, &LearningDesk::valueUnderCursor);
  connect(training_, &TrainingDock::useRequested, this, &LearningDesk::modelWanted);
  // A run that has ended is a model now.
  connect(runs_, &RunsController::finished, this, [this] { analysis_.listAgain(); });
}

LearningDesk::~LearningDesk() = default;

QList<QDockWidget*> LearningDesk::docks() const { return {training_}; }

void LearningDesk::addActions(ActionCatalogue& actions, QMenu* menu) {
  actions.add(menu, {"newRun", tr("&New run…"), tr("Teach a model: choose preset, data and settings"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_N)}, [this] {
                       show(training_);
                       training_->newRun();
                     }});
  actions.add(menu, {"showTraining", tr("&Training"), tr("Show the runs"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)}, [this] { show(training_); }});
}

void LearningDesk::show(QDockWidget* dock) {
  dock->show();
  dock->raise();
}

bool LearningDesk::busy() const { return training_->isVisible() && runs_->busy(); }

}  // namespace chladni::ui

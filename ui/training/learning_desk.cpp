#include "ui/training/learning_desk.h"

#include <QMainWindow>
#include <algorithm>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/training/recipe_presets.h"
#include "ui/analysis/analysis_controller.h"
#include "ui/evaluation/evaluation_dock.h"
#include "ui/models/models_dock.h"
#include "ui/training/new_run_dialog.h"
#include "ui/training/painter_tour.h"
#include "ui/training/training_dock.h"
#include "ui/workspace/first_height.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

constexpr int kFirstHeight = 400;  // what their pages want

}  // namespace

LearningDesk::LearningDesk(QMainWindow& window, AnalysisController& analysis, LearningSetup setup, WorkspaceSettings& settings,
                           std::function<std::filesystem::path()> project, QObject* parent)
    : QObject(parent), analysis_(analysis), runs_(new RunsController(runs::RunDesk(setup.runFolder, setup.commandLine), this)),
      training_(new TrainingDock(*runs_, &window)), models_(new ModelsDock(setup.commandLine, settings, &window)),
      evaluation_(new EvaluationDock(setup.commandLine, setup.runFolder.parent_path() / "reports", &window)), demo_(setup.demo) {
  training_->setOffers([this] { return analysis_.models(); }, std::move(project));
  for (QDockWidget* dock : docks()) {
    window.addDockWidget(Qt::BottomDockWidgetArea, dock);
    if (dock != training_) window.tabifyDockWidget(training_, dock);
    dock->hide();
  }
  growOnFirstShow(window, docks(), kFirstHeight);
  connect(training_, &TrainingDock::failed, this, &LearningDesk::failed);
  connect(training_, &TrainingDock::noticed, this, &LearningDesk::noticed);
  connect(training_, &TrainingDock::valueUnderCursor, this, &LearningDesk::valueUnderCursor);
  connect(training_, &TrainingDock::useRequested, this, &LearningDesk::modelWanted);
  connect(models_, &ModelsDock::useRequested, this, &LearningDesk::modelWanted);
  connect(models_, &ModelsDock::failed, this, &LearningDesk::noticed);
  connect(models_, &ModelsDock::listWanted, this, [this] { analysis_.listAgain(); });
  connect(models_, &ModelsDock::trainingWanted, this, [this](const QString& preset) {
    show(training_);
    training_->newRun()->choosePreset(preset);
  });
  connect(evaluation_, &EvaluationDock::failed, this, &LearningDesk::noticed);
  connect(evaluation_, &EvaluationDock::valueUnderCursor, this, &LearningDesk::valueUnderCursor);
  connect(evaluation_, &EvaluationDock::openRequested, this, &LearningDesk::openRequested);
  connect(&analysis_, &AnalysisController::modelsChanged, this, &LearningDesk::refreshModels);
  connect(&analysis_, &AnalysisController::modelChosen, this, &LearningDesk::refreshModels);
  // A run that has ended is a model now.
  connect(runs_, &RunsController::finished, this, [this] { analysis_.listAgain(); });
}

LearningDesk::~LearningDesk() = default;

void LearningDesk::refreshModels() {
  const auto* model = analysis_.model();
  models_->setFamilies(analysis_.families());
  models_->setModels(analysis_.models(), model != nullptr ? QString::fromStdString(model->name) : QString());
  evaluation_->setModels(analysis_.models(), model != nullptr ? toQString(model->folder) : QString());
}

QList<QDockWidget*> LearningDesk::docks() const { return {training_, models_, evaluation_}; }

void LearningDesk::addActions(ActionCatalogue& actions, QMenu* menu) {
  actions.add(menu, {"newRun", tr("&New run…"), tr("Teach a model: choose preset, data and settings"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_J)}, [this] {
                       show(training_);
                       training_->newRun();
                     }});
  QAction* tour = actions.add(menu, {"painterTour", tr("Train your &first masked autoencoder…"), tr("A guided tour: a few minutes from nothing to a model of your own"), {}, [this] { this->tour(); }});
  tour->setEnabled(!demo_.empty());
  actions.add(menu, {"showTraining", tr("&Training"), tr("Show the runs"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_T)}, [this] { show(training_); }});
  actions.add(menu, {"showModels", tr("&Models"), tr("Show the models that are there"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_M)}, [this] { show(models_); }});
  actions.add(menu, {"showEvaluation", tr("&Evaluation"), tr("Measure a model on labelled media"), {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_E)}, [this] { show(evaluation_); }});
}

void LearningDesk::finetune(const QString& manifest, const inference::ModelSpec& model) {
  const auto preset = std::find_if(training::recipePresets().begin(), training::recipePresets().end(), [&](const auto& one) {
    return one.recipe.family == model.family && one.recipe.task == "classify" && one.recipe.layerDecay < 1.0;
  });
  if (preset == training::recipePresets().end())
    return Q_EMIT failed(tr("There is no preset that finetunes all layers of a model of the family %1.").arg(QString::fromStdString(model.family)));
  training::Recipe recipe = preset->recipe;
  recipe.start = model.folder.string();
  recipe.data = toPath(manifest).string();
  // All classes of the model stay, also those without a correction.
  auto names = toPath(manifest).replace_extension(".classes.txt");
  std::string classes;
  for (const auto& name : model.classes) classes += name + "\n";
  if (auto written = writeFileAtomically(names, classes); !written) return Q_EMIT failed(toText(written.error()));
  recipe.classes = names.string();
  recipe.title = (model.title.empty() ? model.name : model.title) + " (finetuned)";
  show(training_);
  auto* dialog = training_->newRun();
  dialog->setRecipe(recipe, QString::fromStdString(runs_->desk().nameLike(model.name + "-full")));
  dialog->showPage(NewRunDialog::pages() - 1);
}

PainterTour* LearningDesk::tour() {
  if (demo_.empty() || !analysis_.registry()) {
    Q_EMIT failed(demo_.empty() ? tr("The bundled film is not installed; the tour needs it.") : tr("The models are still being listed; try again in a moment."));
    return nullptr;
  }
  auto* tour = new PainterTour(*runs_, {demo_, analysis_.registry(), analysis_.runtime()}, training_->window());
  tour->setAttribute(Qt::WA_DeleteOnClose);
  connect(tour, &PainterTour::modelReady, this, [this] { analysis_.listAgain(); });
  tour->show();
  return tour;
}

void LearningDesk::show(QDockWidget* dock) {
  dock->show();
  dock->raise();
}

bool LearningDesk::busy() const {
  return (training_->isVisible() && runs_->busy()) || (models_->isVisible() && models_->busy()) || (evaluation_->isVisible() && evaluation_->busy());
}

}  // namespace chladni::ui

#include "ui/training/training_dock.h"

#include <QDesktopServices>
#include <QEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/training/new_run_dialog.h"
#include "ui/training/run_list.h"
#include "ui/training/run_head.h"
#include "ui/training/run_page.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/class_colours.h"
#include "widgets/theme/quiet_label.h"

namespace chladni::ui {
namespace {

constexpr int kSideWidth = 320;
constexpr int kMostOverlaid = 8;

}  // namespace

TrainingDock::TrainingDock(RunsController& runs, QWidget* parent) : QDockWidget(tr("Training"), parent), runs_(runs) {
  setObjectName("training");
  stack_ = new QStackedWidget(this);
  auto* split = new QSplitter(Qt::Horizontal, stack_);
  split->setChildrenCollapsible(false);
  split->setHandleWidth(1);
  page_ = new RunPage(split);
  split->addWidget(makeSide());
  split->addWidget(page_);
  split->setStretchFactor(1, 1);
  split->setSizes({kSideWidth, 4 * kSideWidth});
  stack_->addWidget(makeEmpty());
  stack_->addWidget(split);
  setWidget(stack_);
  connect(&runs_, &RunsController::runsChanged, this, &TrainingDock::refreshRuns);
  connect(&runs_, &RunsController::historyChanged, this, &TrainingDock::showSelection);
  connect(&runs_, &RunsController::studyChanged, this, &TrainingDock::showSelection);
  connect(&runs_, &RunsController::failed, this, &TrainingDock::failed);
  connect(&runs_, &RunsController::created, this, &TrainingDock::selectRun);
  connect(&runs_, &RunsController::finished, this, [this](const QString& name, bool well) {
    Q_EMIT noticed(well ? tr("training “%1” has ended").arg(name) : tr("training “%1” failed").arg(name));
  });
  connect(&runs_, &RunsController::removed, this, [this](int count) {
    undoText_->setText(tr("%n run(s) deleted", nullptr, count));
    undo_->show();
  });
  connect(list_, &RunList::selectionChangedByHand, this, &TrainingDock::showSelection);
  connect(list_, &RunList::removeRequested, this, &TrainingDock::removeSelected);
  connect(&page_->head(), &RunHead::pauseRequested, this, [this] { runs_.pause(toPath(current())); });
  connect(&page_->head(), &RunHead::resumeRequested, this, [this] { runs_.resume(toPath(current())); });
  connect(&page_->head(), &RunHead::stopRequested, this, [this] { runs_.stop(toPath(current())); });
  connect(&page_->head(), &RunHead::removeRequested, this, &TrainingDock::removeSelected);
  connect(&page_->head(), &RunHead::cloneRequested, this, [this] { cloneRun(current()); });
  connect(&page_->head(), &RunHead::useRequested, this, &TrainingDock::useRequested);
  connect(page_, &RunPage::valueUnderCursor, this, &TrainingDock::valueUnderCursor);
  connect(page_, &RunPage::failed, this, &TrainingDock::failed);
  refreshRuns();
}

QWidget* TrainingDock::makeSide() {
  auto* side = new QWidget;
  auto* make = new QPushButton(tr("New run…"), side);
  make->setObjectName("newRunButton");
  make->setProperty("primary", true);
  more_ = new QToolButton(side);
  more_->setText(QStringLiteral("⋯"));
  more_->setToolTip(tr("More about runs"));
  more_->setAccessibleName(tr("More about runs"));
  connect(make, &QPushButton::clicked, this, [this] { newRun(); });
  connect(more_, &QToolButton::clicked, this, &TrainingDock::openMenu);
  list_ = new RunList(side);
  undo_ = new QWidget(side);
  undoText_ = new QLabel(undo_);
  auto* undo = new QPushButton(tr("Undo"), undo_);
  undo->setObjectName("undoRemove");
  undo->setProperty("link", true);
  auto* undoRow = new QHBoxLayout(undo_);
  undoRow->setContentsMargins(12, 4, 12, 6);
  undoRow->addWidget(undoText_);
  undoRow->addWidget(undo);
  undoRow->addStretch(1);
  undo_->hide();
  connect(undo, &QPushButton::clicked, this, [this] {
    undo_->hide();
    runs_.undoRemove();
  });
  auto* head = new QHBoxLayout;
  head->setContentsMargins(12, 8, 8, 6);
  head->addWidget(make);
  head->addStretch(1);
  head->addWidget(more_);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addLayout(head);
  column->addWidget(list_, 1);
  column->addWidget(undo_);
  side->setMinimumWidth(240);
  return side;
}

QWidget* TrainingDock::makeEmpty() {
  auto* page = new QWidget;
  auto* title = new QLabel(tr("Teach a model your own sounds"), page);
  QFont font = title->font();
  font.setPointSizeF(font.pointSizeF() * 1.3);
  font.setWeight(QFont::DemiBold);
  title->setFont(font);
  auto* text = widgets::quietLabel(tr("A run learns from labelled sound: a folder with one folder for each class, a manifest, or the labels of a project. "
                             "It works in the background, goes on when the window is closed, and leaves a model that can be used here at once."), page);
  text->setMaximumWidth(520);
  auto* make = new QPushButton(tr("New run…"), page);
  make->setProperty("primary", true);
  connect(make, &QPushButton::clicked, this, [this] { newRun(); });
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(24, 20, 24, 20);
  column->setSpacing(10);
  column->addWidget(title);
  column->addWidget(text);
  column->addWidget(make, 0, Qt::AlignLeft);
  column->addStretch(1);
  return page;
}

void TrainingDock::setOffers(std::function<std::vector<inference::ModelSpec>()> models, std::function<std::filesystem::path()> project) {
  models_ = std::move(models);
  project_ = std::move(project);
}

NewRunDialog* TrainingDock::newRun() {
  auto* dialog = new NewRunDialog(runs_.desk(), models_ ? models_() : std::vector<inference::ModelSpec>{}, project_ ? project_() : std::filesystem::path(), this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &NewRunDialog::ready, &runs_, &RunsController::create);
  dialog->open();
  return dialog;
}

void TrainingDock::cloneRun(const QString& folder) {
  auto recipe = runs_.desk().recipeOf(toPath(folder));
  if (!recipe) {
    Q_EMIT failed(toText(recipe.error()));
    return;
  }
  newRun()->setRecipe(*recipe, QString::fromStdString(runs_.desk().nameLike(toPath(folder).filename().string())), runs_.desk().sweepOf(toPath(folder)));
}

void TrainingDock::selectRun(const QString& folder) {
  wanted_ = folder;
  refreshRuns();
}

QString TrainingDock::current() const {
  const QStringList selected = list_->selectedRuns();
  return selected.isEmpty() ? QString() : selected.first();
}

void TrainingDock::refreshRuns() {
  list_->setRuns(runs_.runs());
  stack_->setCurrentIndex(runs_.runs().empty() && undo_->isHidden() ? 0 : 1);
  if (!wanted_.isEmpty() && runs_.find(toPath(wanted_)) != nullptr) list_->selectRun(std::exchange(wanted_, {}));
  if (list_->selectedRuns().isEmpty() && !runs_.runs().empty()) list_->selectRun(toQString(runs_.runs().front().folder));
  showSelection();
}

void TrainingDock::showSelection() {
  const QStringList folders = list_->selectedRuns().mid(0, kMostOverlaid);
  std::vector<std::filesystem::path> watched;
  std::vector<runs::RunSummary> summaries;
  std::vector<ShownRun> shown;
  std::vector<std::pair<QString, QColor>> colours;
  const auto* study = folders.size() == 1 ? runs_.find(toPath(folders.first())) : nullptr;
  if (study != nullptr && !study->isStudy()) study = nullptr;
  for (const QString& folder : folders) {
    const auto* run = runs_.find(toPath(folder));
    // A study has no single course that could lie over those of runs.
    if (run == nullptr || run->isStudy()) continue;
    const QColor colour = widgets::seriesColour(static_cast<int>(shown.size()));
    watched.push_back(run->folder);
    summaries.push_back(*run);
    shown.push_back({QString::fromStdString(run->name), colour, runs_.history(run->folder)});
    if (folders.size() > 1) colours.emplace_back(folder, colour);
  }
  list_->setColours(colours);
  page_->setVisible(study != nullptr || !summaries.empty());
  if (study != nullptr) {
    runs_.watch({});
    runs_.watchStudy(study->folder);
    showRecipe(folders.first());
    return page_->setStudy(*study, runs_.study(study->folder));
  }
  runs_.watchStudy({});
  if (summaries.empty()) return;
  showRecipe(toQString(summaries.front().folder));
  page_->setRuns(std::move(summaries), std::move(shown));
  runs_.watch(std::move(watched));
}

void TrainingDock::showRecipe(const QString& folder) {
  if (recipeOf_ == folder) return;
  recipeOf_ = folder;
  const auto recipe = runs_.desk().recipeOf(toPath(folder));
  page_->setRecipeText(recipe ? QString::fromStdString(training::recipeJson(*recipe).prettyText()) : toText(recipe.error()));
}

// Curves, marks and words take the colours of the new theme.
void TrainingDock::changeEvent(QEvent* event) {
  QDockWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange && page_ != nullptr && list_ != nullptr) showSelection();
}

void TrainingDock::removeSelected() {
  std::vector<std::filesystem::path> folders;
  for (const QString& folder : list_->selectedRuns()) folders.push_back(toPath(folder));
  if (!folders.empty()) runs_.remove(folders);
}

void TrainingDock::openMenu() {
  auto* menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const QString folder = current();
  const auto* run = folder.isEmpty() ? nullptr : runs_.find(toPath(folder));
  QAction* rename = menu->addAction(tr("Rename…"), this, [this, folder] {
    const QString name = QInputDialog::getText(this, tr("Rename the run"), tr("Name"), QLineEdit::Normal, fileName(toPath(folder)));
    if (!name.trimmed().isEmpty()) runs_.rename(toPath(folder), name.trimmed());
  });
  rename->setEnabled(run != nullptr && !run->alive());
  QAction* queue = menu->addAction(tr("Add to the queue"), this, [this, folder] { runs_.enqueue(toPath(folder)); });
  queue->setEnabled(run != nullptr && !run->alive() && run->phase == runs::RunPhase::interrupted);
  QAction* kill = menu->addAction(tr("End at once"), this, [this, folder] { runs_.kill(toPath(folder)); });
  kill->setToolTip(tr("Without finishing the step; the run can go on from its last checkpoint"));
  kill->setEnabled(run != nullptr && run->alive());
  menu->addSeparator();
  menu->addAction(tr("Show a run from elsewhere…"), this, [this] {
    const QString chosen = QFileDialog::getExistingDirectory(this, tr("Show a run or study from elsewhere"));
    if (!chosen.isEmpty()) runs_.addExisting(toPath(chosen));
  });
  menu->addAction(tr("Open the folder of runs"), this, [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(toQString(runs_.desk().folder()))); });
  menu->addAction(tr("Empty the bin of deleted runs"), this, [this] {
    undo_->hide();
    runs_.emptyBin();
  });
  menu->setToolTipsVisible(true);
  menu->popup(more_->mapToGlobal(QPoint(0, more_->height())));
}

}  // namespace chladni::ui

#include "ui/training/new_run_dialog.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "core/training/recipe_presets.h"
#include "ui/training/data_page.h"
#include "ui/training/page_column.h"
#include "ui/training/preset_page.h"
#include "ui/training/recipe_form.h"
#include "ui/training/review_page.h"
#include "ui/training/run_words.h"
#include "ui/training/settings_page.h"
#include "ui/training/start_page.h"
#include "ui/training/sweep_editor.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

enum Page { kModel, kData, kStart, kSettings, kReview };
constexpr int kStepsWidth = 168;

}  // namespace

NewRunDialog::NewRunDialog(const runs::RunDesk& desk, std::vector<inference::ModelSpec> models, const std::filesystem::path& project, QWidget* parent)
    : QDialog(parent), desk_(desk), models_(std::move(models)), project_(project), steps_(new QListWidget(this)), pages_(new QStackedWidget(this)),
      preset_(new PresetPage), start_(new StartPage), settings_(new SettingsPage), review_(new ReviewPage(desk)), problem_(new QLabel(this)) {
  setWindowTitle(tr("New run"));
  setObjectName("newRun");
  resize(940, 640);
  steps_->addItems({tr("1  Model"), tr("2  Data"), tr("3  Start"), tr("4  Settings"), tr("5  Review")});
  steps_->setFixedWidth(kStepsWidth);
  steps_->setAccessibleName(tr("Steps"));
  steps_->setProperty("choices", true);
  steps_->setSpacing(2);
  for (QWidget* page : {static_cast<QWidget*>(preset_), dataPage(), static_cast<QWidget*>(start_), static_cast<QWidget*>(settings_), static_cast<QWidget*>(review_)})
    pages_->addWidget(page);
  auto* left = new QVBoxLayout;
  left->setContentsMargins(8, 14, 0, 0);
  left->addWidget(steps_);
  auto* right = new QVBoxLayout;
  right->setContentsMargins(0, 0, 0, 0);
  right->addWidget(pages_, 1);
  right->addLayout(buttonRow());
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  row->addLayout(left);
  row->addLayout(right, 1);
  connectPages();
  choosePreset(QStringLiteral("ast-finetune"));
  showPage(kModel);
}

QBoxLayout* NewRunDialog::buttonRow() {
  problem_->setObjectName("newRunProblem");
  problem_->setWordWrap(true);
  problem_->setTextFormat(Qt::PlainText);
  back_ = new QPushButton(tr("Back"), this);
  next_ = new QPushButton(tr("Next"), this);
  next_->setObjectName("newRunNext");
  save_ = new QPushButton(tr("Save recipe…"), this);
  queue_ = new QPushButton(tr("Add to the queue"), this);
  queue_->setObjectName("newRunQueue");
  begin_ = new QPushButton(tr("Start"), this);
  begin_->setObjectName("newRunStart");
  begin_->setProperty("primary", true);
  next_->setProperty("primary", true);
  auto* cancel = new QPushButton(tr("Cancel"), this);
  for (auto* button : {back_, next_, save_, queue_, begin_, cancel}) button->setAutoDefault(false);
  next_->setDefault(true);
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(20, 8, 20, 16);
  buttons->setSpacing(8);
  buttons->addWidget(problem_, 1);
  for (auto* button : {save_, cancel, back_, next_, queue_, begin_}) buttons->addWidget(button);
  connect(back_, &QPushButton::clicked, this, [this] { showPage(page() - 1); });
  connect(next_, &QPushButton::clicked, this, [this] { showPage(page() + 1); });
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(save_, &QPushButton::clicked, this, &NewRunDialog::saveRecipe);
  connect(queue_, &QPushButton::clicked, this, [this] { finish(Beginning::queued); });
  connect(begin_, &QPushButton::clicked, this, [this] { finish(Beginning::now); });
  return buttons;
}

void NewRunDialog::connectPages() {
  connect(steps_, &QListWidget::currentRowChanged, this, &NewRunDialog::showPage);
  connect(preset_, &PresetPage::chosen, this, &NewRunDialog::presetChosen);
  connect(preset_, &PresetPage::activated, this, [this] { showPage(kData); });
  connect(start_, &StartPage::changed, this, &NewRunDialog::refresh);
  connect(settings_, &SettingsPage::changed, this, &NewRunDialog::refresh);
  connect(review_, &ReviewPage::nameEdited, this, &NewRunDialog::refresh);
  connect(this, &QDialog::finished, review_, &ReviewPage::stopMeasuring);
}

QWidget* NewRunDialog::dataPage() {
  auto* page = new QWidget;
  auto* column = pageColumn(page, tr("From what?"), tr("Sound files, or the sound of videos. What is wrong with them is said here, before anything starts."));
  data_ = new DataPage(project_, desk_.folder() / ".labels", page);
  column->addWidget(data_, 1);
  connect(data_, &DataPage::changed, this, &NewRunDialog::refresh);
  return page;
}

RecipeForm& NewRunDialog::form() { return settings_->form(); }

SweepEditor& NewRunDialog::sweepEditor() { return settings_->sweep(); }

void NewRunDialog::choosePreset(const QString& name) { preset_->choose(name); }

void NewRunDialog::presetChosen() {
  auto preset = training::presetRecipe(preset_->preset().toStdString());
  if (filling_ || !preset) return;
  base_ = *preset;
  recipe_ = *preset;
  settings_->setRecipe(recipe_, base_);
  settings_->sweep().setUsualField(recipe_.task == "pretrain" ? QStringLiteral("mask_ratio") : QStringLiteral("rate"));
  start_->list(recipe_, models_);
  if (!review_->namedByHand()) review_->setName(QString::fromStdString(desk_.nameLike(base_.preset)));
  refresh();
}

void NewRunDialog::setRecipe(const training::Recipe& recipe, const QString& name, const std::vector<training::SweepAxis>& sweep) {
  choosePreset(QString::fromStdString(recipe.preset));
  filling_ = true;
  auto preset = training::presetRecipe(recipe.preset);
  base_ = preset ? *preset : recipe;
  recipe_ = recipe;
  settings_->setRecipe(recipe_, base_);
  settings_->sweep().setAxes(sweep);
  start_->list(recipe_, models_);
  start_->setTitle(QString::fromStdString(recipe.title));
  data_->setPath(QString::fromStdString(recipe.data));
  review_->setName(name);
  review_->keepName();
  filling_ = false;
  refresh();
}

Result<training::Recipe> NewRunDialog::recipe() const {
  auto made = settings_->form().recipe();
  if (!made) return made;
  made->preset = recipe_.preset;
  made->family = recipe_.family;
  made->task = recipe_.task;
  made->source = recipe_.source;
  made->folds = settings_->sweep().folds();
  made->title = start_->title().toStdString();
  made->data = toPath(data_->path()).string();
  made->start = start_->start();
  if (data_->needsData() && made->data.empty()) return fail(ErrorCode::invalidArgument, tr("data: name a folder, a manifest or a project's labels").toStdString());
  if (auto fits = training::check(*made); !fits) return fail(fits.error());
  return made;
}

Result<std::vector<training::SweepAxis>> NewRunDialog::sweep() const { return settings_->sweep().axes(); }

std::int64_t NewRunDialog::runsInAll() const {
  const auto made = recipe();
  const auto axes = sweep();
  if (!made || !axes) return 0;
  if (axes->empty() && (made->folds == 0 || made->fold > 0)) return 1;
  const auto study = training::Study::create(*made, *axes);
  return study ? static_cast<std::int64_t>(study->runs().size()) : 0;
}

QString NewRunDialog::name() const { return review_->name(); }

QString NewRunDialog::estimateText() const { return review_->estimateText(); }

int NewRunDialog::pages() { return kReview + 1; }

int NewRunDialog::page() const { return pages_->currentIndex(); }

void NewRunDialog::showPage(int page) {
  if (page < kModel || page > kReview) return;
  pages_->setCurrentIndex(page);
  const QSignalBlocker quiet(steps_);
  steps_->setCurrentRow(page);
  refresh();
}

void NewRunDialog::refresh() {
  if (filling_) return;
  const auto made = recipe();
  // The data are looked at as the settings will have them.
  auto forData = settings_->form().recipe();
  if (forData) {
    forData->source = recipe_.source;
    forData->folds = settings_->sweep().folds();
    forData->start = made ? made->start : std::string();
    forData->title.clear();
    data_->setRecipe(*forData);
  }
  QString problem;
  if (!data_->problem().isEmpty()) problem = data_->problem();
  if (!made) problem = messageText(made.error());
  if (const QString wrong = settings_->sweep().problem(made ? &*made : nullptr); problem.isEmpty() && !wrong.isEmpty()) problem = wrong;
  const bool last = page() == kReview;
  const bool fine = made.has_value() && problem.isEmpty() && !data_->looking() && !name().isEmpty();
  // Before the last page what is still missing is no mistake.
  const bool tell = last || page() == kSettings;
  problem_->setText(tell ? (problem.isEmpty() && data_->looking() ? tr("The data are still being looked at…") : problem) : QString());
  setTextColour(*problem_, problem.isEmpty() ? widgets::theme().quiet : widgets::theme().bad);
  back_->setEnabled(page() > kModel);
  next_->setVisible(!last);
  save_->setVisible(last);
  queue_->setVisible(last);
  begin_->setVisible(last);
  for (auto* button : {save_, queue_, begin_}) button->setEnabled(fine);
  if (last) review_->setPlan(plan());
}

RunPlan NewRunDialog::plan() const {
  RunPlan plan;
  plan.preset = base_;
  if (auto made = recipe()) plan.recipe = std::move(*made);
  if (auto axes = sweep()) plan.sweep = std::move(*axes);
  plan.sweepWords = settings_->sweep().words();
  plan.runs = runsInAll();
  plan.data = data_->path();
  plan.start = start_->startTitle();
  plan.check = data_->check();
  plan.dataReady = !data_->looking() && data_->problem().isEmpty();
  return plan;
}

void NewRunDialog::finish(Beginning beginning) {
  auto made = recipe();
  const auto axes = sweep();
  if (!made || !axes) return refresh();
  Q_EMIT ready(name(), *made, beginning, *axes);
  accept();
}

void NewRunDialog::saveRecipe() {
  const auto made = recipe();
  if (!made) return refresh();
  const QString path = QFileDialog::getSaveFileName(this, tr("Save the recipe"), name() + QStringLiteral(".json"), tr("Recipes (*.json)"));
  if (path.isEmpty()) return;
  if (auto written = writeFileAtomically(toPath(path), training::recipeJson(*made).prettyText()); !written)
    problem_->setText(messageText(written.error()));
}

}  // namespace chladni::ui

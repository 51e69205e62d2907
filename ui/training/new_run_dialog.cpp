#include "ui/training/new_run_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/atomic_file.h"
#include "core/training/recipe_presets.h"
#include "ui/training/data_page.h"
#include "ui/training/page_column.h"
#include "ui/training/recipe_form.h"
#include "ui/training/review_page.h"
#include "ui/training/run_words.h"
#include "ui/training/sweep_editor.h"
#include "ui/training/two_line_delegate.h"
#include "ui/workspace/paths.h"
#include "ui/workspace/text.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

enum Page { kModel, kData, kStart, kSettings, kReview };
constexpr int kStepsWidth = 168;
constexpr int kPresetRole = Qt::UserRole;

QListWidgetItem* twoLines(QListWidget* list, const QString& first, const QString& second) {
  auto* item = new QListWidgetItem(first + QStringLiteral("\n") + second, list);
  item->setToolTip(second);
  return item;
}

QListWidget* choiceList(const QString& name, QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setAccessibleName(name);
  list->setItemDelegate(new TwoLineDelegate(list));
  list->setMouseTracking(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return list;
}

}  // namespace

NewRunDialog::NewRunDialog(const runs::RunDesk& desk, std::vector<inference::ModelSpec> models, const std::filesystem::path& project, QWidget* parent)
    : QDialog(parent), desk_(desk), models_(std::move(models)), project_(project), review_(new ReviewPage(desk)) {
  setWindowTitle(tr("New run"));
  setObjectName("newRun");
  resize(940, 640);
  steps_ = new QListWidget(this);
  steps_->addItems({tr("1  Model"), tr("2  Data"), tr("3  Start"), tr("4  Settings"), tr("5  Review")});
  steps_->setFixedWidth(kStepsWidth);
  steps_->setAccessibleName(tr("Steps"));
  steps_->setProperty("choices", true);
  steps_->setSpacing(2);
  pages_ = new QStackedWidget(this);
  for (QWidget* page : {modelPage(), dataPage(), startPage(), settingsPage(), static_cast<QWidget*>(review_)}) pages_->addWidget(page);
  problem_ = new QLabel(this);
  problem_->setObjectName("newRunProblem");
  problem_->setWordWrap(true);
  problem_->setTextFormat(Qt::PlainText);
  back_ = new QPushButton(tr("Back"), this);
  next_ = new QPushButton(tr("Next"), this);
  next_->setObjectName("newRunNext");
  save_ = new QPushButton(tr("Save recipe…"), this);
  queue_ = new QPushButton(tr("Add to the queue"), this);
  queue_->setObjectName("newRunQueue");
  start_ = new QPushButton(tr("Start"), this);
  start_->setObjectName("newRunStart");
  start_->setProperty("primary", true);
  next_->setProperty("primary", true);
  auto* cancel = new QPushButton(tr("Cancel"), this);
  for (auto* button : {back_, next_, save_, queue_, start_, cancel}) button->setAutoDefault(false);
  next_->setDefault(true);
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(20, 8, 20, 16);
  buttons->setSpacing(8);
  buttons->addWidget(problem_, 1);
  for (auto* button : {save_, cancel, back_, next_, queue_, start_}) buttons->addWidget(button);
  auto* right = new QVBoxLayout;
  right->setContentsMargins(0, 0, 0, 0);
  right->addWidget(pages_, 1);
  right->addLayout(buttons);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(0);
  auto* left = new QVBoxLayout;
  left->setContentsMargins(8, 14, 0, 0);
  left->addWidget(steps_);
  row->addLayout(left);
  row->addLayout(right, 1);
  connect(steps_, &QListWidget::currentRowChanged, this, &NewRunDialog::showPage);
  connect(back_, &QPushButton::clicked, this, [this] { showPage(page() - 1); });
  connect(next_, &QPushButton::clicked, this, [this] { showPage(page() + 1); });
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(save_, &QPushButton::clicked, this, &NewRunDialog::saveRecipe);
  connect(queue_, &QPushButton::clicked, this, [this] { finish(Beginning::queued); });
  connect(start_, &QPushButton::clicked, this, [this] { finish(Beginning::now); });
  connect(review_, &ReviewPage::nameEdited, this, &NewRunDialog::refresh);
  connect(this, &QDialog::finished, review_, &ReviewPage::stopMeasuring);
  choosePreset(QStringLiteral("ast-finetune"));
  showPage(kModel);
}

QWidget* NewRunDialog::modelPage() {
  auto* page = new QWidget;
  auto* column = pageColumn(page, tr("What should be taught?"), tr("A preset is a complete recipe; everything in it can be changed later."));
  family_ = new QComboBox(page);
  family_->setAccessibleName(tr("Family of models"));
  family_->setObjectName("newRunFamily");
  for (const auto& preset : training::recipePresets()) {
    const QString name = QString::fromStdString(preset.recipe.family);
    if (family_->findText(name) < 0) family_->addItem(name);
  }
  presets_ = choiceList(tr("Presets"), page);
  presets_->setObjectName("newRunPresets");
  auto* row = new QHBoxLayout;
  row->addWidget(new QLabel(tr("Family"), page));
  row->addWidget(family_);
  row->addStretch(1);
  column->addLayout(row);
  column->addWidget(presets_, 1);
  connect(family_, &QComboBox::currentIndexChanged, this, &NewRunDialog::familyChosen);
  connect(presets_, &QListWidget::currentRowChanged, this, &NewRunDialog::presetChosen);
  connect(presets_, &QListWidget::itemActivated, this, [this] { showPage(kData); });
  return page;
}

QWidget* NewRunDialog::dataPage() {
  auto* page = new QWidget;
  auto* column = pageColumn(page, tr("From what?"), tr("Sound files, or the sound of videos. What is wrong with them is said here, before anything starts."));
  data_ = new DataPage(project_, desk_.folder() / ".labels", page);
  column->addWidget(data_, 1);
  connect(data_, &DataPage::changed, this, &NewRunDialog::refresh);
  return page;
}

QWidget* NewRunDialog::startPage() {
  auto* page = new QWidget;
  auto* column = pageColumn(page, tr("Starting from which weights?"), tr("A model that has learned already needs far fewer examples. Its head is made anew when the classes differ."));
  starts_ = choiceList(tr("Weights to start from"), page);
  starts_->setObjectName("newRunStarts");
  title_ = new QLineEdit(page);
  title_->setPlaceholderText(tr("Title of the model that results"));
  title_->setAccessibleName(tr("Title of the model that results"));
  column->addWidget(starts_, 1);
  column->addWidget(title_);
  connect(starts_, &QListWidget::currentRowChanged, this, &NewRunDialog::refresh);
  return page;
}

QWidget* NewRunDialog::settingsPage() {
  auto* page = new QWidget;
  auto* column = pageColumn(page, tr("With which settings?"), tr("As the preset has them. What you change is marked and can be set back."));
  filter_ = new QLineEdit(page);
  filter_->setPlaceholderText(tr("Find a setting: rate, batch, mask…"));
  filter_->setAccessibleName(tr("Find a setting"));
  filter_->setClearButtonEnabled(true);
  changedOnly_ = new QCheckBox(tr("Only what was changed"), page);
  form_ = new RecipeForm({"preset", "family", "task", "title", "start", "data", "source", "folds"}, page);
  sweep_ = new SweepEditor(page);
  auto* row = new QHBoxLayout;
  row->addWidget(filter_, 1);
  row->addWidget(changedOnly_);
  column->addLayout(row);
  column->addWidget(form_, 1);
  column->addWidget(sweep_);
  const auto filter = [this] { form_->setFilter(filter_->text(), changedOnly_->isChecked()); };
  connect(filter_, &QLineEdit::textChanged, this, filter);
  connect(changedOnly_, &QCheckBox::toggled, this, filter);
  connect(form_, &RecipeForm::changed, this, &NewRunDialog::refresh);
  connect(sweep_, &SweepEditor::changed, this, &NewRunDialog::refresh);
  return page;
}

void NewRunDialog::familyChosen() {
  const std::string family = family_->currentText().toStdString();
  {
    const QSignalBlocker quiet(presets_);
    presets_->clear();
    for (const auto& preset : training::recipePresets()) {
      if (preset.recipe.family != family) continue;
      twoLines(presets_, toText(preset.name), toText(preset.summary))->setData(kPresetRole, toText(preset.name));
    }
  }
  presets_->setCurrentRow(0);
}

void NewRunDialog::choosePreset(const QString& name) {
  auto recipe = training::presetRecipe(name.toStdString());
  if (!recipe) return;
  const QString family = QString::fromStdString(recipe->family);
  if (family_->currentText() != family) {
    family_->setCurrentText(family);
  } else if (presets_->count() == 0) {
    familyChosen();
  }
  for (int row = 0; row < presets_->count(); ++row)
    if (presets_->item(row)->data(kPresetRole).toString() == name) presets_->setCurrentRow(row);
}

void NewRunDialog::presetChosen() {
  const auto* item = presets_->currentItem();
  if (filling_ || item == nullptr) return;
  auto preset = training::presetRecipe(item->data(kPresetRole).toString().toStdString());
  if (!preset) return;
  base_ = *preset;
  recipe_ = *preset;
  form_->setRecipe(recipe_, base_);
  sweep_->setFolds(recipe_.folds);
  sweep_->setUsualField(recipe_.task == "pretrain" ? QStringLiteral("mask_ratio") : QStringLiteral("rate"));
  listStarts();
  if (!review_->namedByHand()) review_->setName(QString::fromStdString(desk_.nameLike(base_.preset)));
  refresh();
}

void NewRunDialog::setRecipe(const training::Recipe& recipe, const QString& name, const std::vector<training::SweepAxis>& sweep) {
  choosePreset(QString::fromStdString(recipe.preset));
  filling_ = true;
  auto preset = training::presetRecipe(recipe.preset);
  base_ = preset ? *preset : recipe;
  recipe_ = recipe;
  form_->setRecipe(recipe_, base_);
  sweep_->setFolds(recipe_.folds);
  sweep_->setAxes(sweep);
  listStarts();
  title_->setText(QString::fromStdString(recipe.title));
  data_->setPath(QString::fromStdString(recipe.data));
  review_->setName(name);
  review_->keepName();
  filling_ = false;
  refresh();
}

void NewRunDialog::listStarts() {
  const QSignalBlocker quiet(starts_);
  starts_->clear();
  const bool own = recipe_.task == "pretrain" || recipe_.freezeBase || recipe_.layerDecay < 1.0;
  twoLines(starts_, tr("From nothing"), own ? tr("The weights begin at random.") : tr("The weights begin at random; the preset is made for that."));
  int chosen = 0;
  for (const auto& model : models_) {
    if (model.family != recipe_.family || !model.installed) continue;
    auto* item = twoLines(starts_, QString::fromStdString(model.title.empty() ? model.name : model.title),
                          tr("%1 · %n classes", nullptr, static_cast<int>(model.classes.size())).arg(QString::fromStdString(model.name)));
    item->setData(kPresetRole, toQString(model.folder));
    if (std::filesystem::path(recipe_.start) == model.folder || recipe_.start == model.name) chosen = starts_->count() - 1;
  }
  if (chosen == 0 && !recipe_.start.empty()) {
    // Of a cloned run, a package that is not among the installed ones.
    auto* item = twoLines(starts_, fileName(recipe_.start), QString::fromStdString(recipe_.start));
    item->setData(kPresetRole, QString::fromStdString(recipe_.start));
    chosen = starts_->count() - 1;
  }
  // A preset that holds the base or slows its lower blocks only makes sense with weights that know something.
  if (chosen == 0 && starts_->count() > 1 && (recipe_.freezeBase || recipe_.layerDecay < 1.0)) chosen = 1;
  starts_->setCurrentRow(chosen);
}

Result<training::Recipe> NewRunDialog::recipe() const {
  auto made = form_->recipe();
  if (!made) return made;
  made->preset = recipe_.preset;
  made->family = recipe_.family;
  made->task = recipe_.task;
  made->source = recipe_.source;
  made->folds = sweep_->folds();
  made->title = title_->text().trimmed().toStdString();
  made->data = toPath(data_->path()).string();
  made->start = starts_->currentItem() != nullptr ? starts_->currentItem()->data(kPresetRole).toString().toStdString() : std::string();
  if (data_->needsData() && made->data.empty()) return fail(ErrorCode::invalidArgument, tr("data: name a folder, a manifest or a project's labels").toStdString());
  if (auto fits = training::check(*made); !fits) return fail(fits.error());
  return made;
}

Result<std::vector<training::SweepAxis>> NewRunDialog::sweep() const { return sweep_->axes(); }

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
  if (filling_ || start_ == nullptr) return;
  const auto made = recipe();
  // The data are looked at as the settings will have them.
  auto forData = form_->recipe();
  if (forData) {
    forData->source = recipe_.source;
    forData->folds = sweep_->folds();
    forData->start = made ? made->start : std::string();
    forData->title.clear();
    data_->setRecipe(*forData);
  }
  QString problem;
  if (!data_->problem().isEmpty()) problem = data_->problem();
  if (!made) problem = QString::fromStdString(made.error().message);
  if (const QString wrong = sweep_->problem(made ? &*made : nullptr); problem.isEmpty() && !wrong.isEmpty()) problem = wrong;
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
  start_->setVisible(last);
  for (auto* button : {save_, queue_, start_}) button->setEnabled(fine);
  if (last) review_->setPlan(plan());
}

RunPlan NewRunDialog::plan() const {
  RunPlan plan;
  plan.preset = base_;
  if (auto made = recipe()) plan.recipe = std::move(*made);
  if (auto axes = sweep()) plan.sweep = std::move(*axes);
  plan.sweepWords = sweep_->words();
  plan.runs = runsInAll();
  plan.data = data_->path();
  if (starts_->currentItem() != nullptr) plan.start = starts_->currentItem()->text().section('\n', 0, 0);
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
    problem_->setText(QString::fromStdString(written.error().message));
}

}  // namespace chladni::ui

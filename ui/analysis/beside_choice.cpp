#include "ui/analysis/beside_choice.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <algorithm>

#include "core/inference/senses.h"
#include "ui/docks/prediction_dock.h"
#include "ui/workspace/text.h"

namespace chladni::ui {
namespace {

QString titleOf(const inference::ModelSpec& spec) { return QString::fromStdString(spec.title.empty() ? spec.name : spec.title); }

}  // namespace

BesideChoice::BesideChoice(AnalysisController& analysis, Library& library, PredictionDock& dock, QWidget* parent)
    : QWidget(parent), analysis_(analysis), library_(library), dock_(dock), models_(new QComboBox(this)) {
  models_->setObjectName("besideModel");
  models_->setAccessibleName(tr("Model beside"));
  models_->setToolTip(tr("Another model whose answers are shown beside those of the chosen one"));
  models_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  models_->setMinimumContentsLength(8);
  auto* label = new QLabel(tr("Beside"), this);
  label->setForegroundRole(QPalette::PlaceholderText);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(12, 4, 12, 2);
  row->addWidget(label);
  row->addWidget(models_, 1);
  connect(models_, &QComboBox::activated, this, [this](int at) {
    choose(models_->itemData(at).toString().toStdString());
    Q_EMIT chosen(spec());
  });
  connect(&analysis_, &AnalysisController::modelsChanged, this, &BesideChoice::refreshModels);
  connect(&analysis_, &AnalysisController::modelChosen, this, &BesideChoice::refreshModels);
  connect(&library_, &Library::known, this, [this](FileId id, const QString& package) {
    if (id == file_ && spec() != nullptr && package.toStdString() == packageOf(*spec())) refresh(false);
  });
  connect(&analysis_, &AnalysisController::besideFailed, this, [this](FileId id, const Error& error) {
    if (id == file_) tell(messageText(error));
  });
  connect(&analysis_, &AnalysisController::cancelled, this, [this] {
    if (file_ && spec() != nullptr && !library_.knownPrediction(*file_, packageOf(*spec()))) tell(tr("stopped"));
  });
  refreshModels();
}

const inference::ModelSpec* BesideChoice::spec() const {
  const auto& models = analysis_.models();
  const auto found = std::find_if(models.begin(), models.end(), [&](const auto& one) { return one.name == model_; });
  return found == models.end() || model_.empty() ? nullptr : &*found;
}

void BesideChoice::refreshModels() {
  const QSignalBlocker quiet(models_);
  models_->clear();
  models_->addItem(tr("no other model"), QString());
  const inference::ModelSpec* main = analysis_.model();
  for (const inference::ModelSpec& one : analysis_.models()) {
    if (one.classes.empty() || !one.installed) continue;
    if (model_.empty() && wanted_ && wanted_(one)) model_ = one.name;
    if (main == nullptr || one.name != main->name) models_->addItem(titleOf(one), QString::fromStdString(one.name));
  }
  if (!analysis_.models().empty()) wanted_ = {};
  setVisible(models_->count() > 1);
  models_->setCurrentIndex(std::max(0, models_->findData(QString::fromStdString(model_))));
  refresh(automatic());
}

void BesideChoice::choose(const std::string& model) {
  model_ = model;
  models_->setCurrentIndex(std::max(0, models_->findData(QString::fromStdString(model_))));
  refresh(true);
}

void BesideChoice::setFile(std::optional<FileId> file) {
  file_ = file;
  refresh(automatic());
}

void BesideChoice::tell(const QString& message) {
  if (spec() != nullptr) dock_.setBeside(widgets::PredictionBeside{titleOf(*spec()), nullptr, message});
}

void BesideChoice::refresh(bool ask) {
  const inference::ModelSpec* other = spec();
  const OpenFile* file = file_ ? library_.file(*file_) : nullptr;
  const bool alone = other == nullptr || analysis_.model() == nullptr || analysis_.model()->name == other->name;
  if (alone || file == nullptr || !file->recording) {
    analysis_.cancelBeside();
    return dock_.setBeside(std::nullopt);
  }
  if (const auto known = library_.knownPrediction(*file_, packageOf(*other))) return dock_.setBeside(widgets::PredictionBeside{titleOf(*other), known, {}});
  if (!inference::suits(*other, file->recording->hasAudio(), file->recording->hasVideo())) return tell(tr("nothing to hear or see for it"));
  const std::pair question(*file_, packageOf(*other));
  if (analysis_.comparing() && asked_ == question) return;
  if (!ask) return tell(tr("not analysed yet"));
  asked_ = question;
  tell(tr("Analysing…"));
  analysis_.classifyBeside(*file_, other->name);
}

}  // namespace chladni::ui

#include "ui/docks/reconstruction_dock.h"

#include <QComboBox>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <cmath>

#include "ui/docks/listening_bar.h"
#include "ui/docks/mask_controls.h"
#include "ui/docks/ratio_sweep.h"
#include "ui/docks/sweep_page.h"
#include "ui/workspace/text.h"
#include "widgets/theme/quiet_label.h"

namespace chladni::ui {

using namespace widgets;
namespace {

// A pause this long after the last move of the playhead sends the question; the slider and clicks ask at once.
constexpr int kRestMs = 60;
constexpr double kMovedSeconds = 0.02;

bool paints(const inference::ModelSpec& spec) { return spec.installed && spec.hasTask("reconstruction"); }

}  // namespace

ReconstructionDock::ReconstructionDock(AnalysisController& analysis, QWidget* parent)
    : QDockWidget(tr("Reconstruction"), parent), analysis_(analysis) {
  setObjectName("reconstruction");
  auto* body = new QWidget(this);
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 4, 0, 4);
  column->setSpacing(6);
  about_ = quietLabel(ReconstructionPages::explanation(), body);
  about_->setContentsMargins(12, 0, 12, 0);
  column->addWidget(about_);
  model_ = new QComboBox(body);
  model_->setObjectName("reconstructionModel");
  model_->setAccessibleName(tr("Model that paints"));
  model_->setToolTip(tr("Model that paints"));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  controls_ = new MaskControls(model_, body);
  column->addWidget(controls_);
  sweep_ = new RatioSweep(analysis_, this);
  pages_ = new ReconstructionPages(*sweep_, body);
  column->addWidget(pages_, 1);
  setWidget(body);

  soon_.setSingleShot(true);
  soon_.setInterval(kRestMs);
  connect(&soon_, &QTimer::timeout, this, &ReconstructionDock::ask);
  connectControls();
  connectPages();
  connect(&analysis_, &AnalysisController::modelsChanged, this, &ReconstructionDock::refreshModels);
  connect(&analysis_, &AnalysisController::modelChosen, this, &ReconstructionDock::refreshModels);
  connect(&analysis_, &AnalysisController::reconstructionArrived, this, &ReconstructionDock::accept);
  connect(&analysis_, &AnalysisController::reconstructionFailed, this, [this](FileId file, const Error& error) {
    if (file == file_) refuse(messageText(error));
  });
  connect(this, &ReconstructionDock::clipChanged, this,
          [this] { pages_->listening().setClip(clip_, model() != nullptr ? model()->frontend : FrontendSpec{}); });
  refreshModels();
}

bool ReconstructionDock::pending() const { return soon_.isActive() || pages_->listening().busy() || sweep_->running(); }

void ReconstructionDock::connectControls() {
  connect(controls_, &MaskControls::ratioChanged, this, [this](double ratio) {
    curve().setRatio(ratio);
    soundMask_.clear();
    pictureMask_.clear();
    refreshTexts();
    ask();
  });
  connect(controls_, &MaskControls::redrawn, this, [this] {
    clearMask();
    ask();
  });
  connect(controls_, &MaskControls::questionChanged, this, &ReconstructionDock::ask);
  connect(controls_, &MaskControls::followed, this, &ReconstructionDock::askSoon);
  connect(controls_, &MaskControls::paintingChanged, &view(), &ReconstructionView::setPainting);
  connect(model_, &QComboBox::activated, this, [this] {
    controls_->setModes({});
    clearMask();
    sweep_->forget();
    ask();
  });
}

void ReconstructionDock::connectPages() {
  connect(&view(), &ReconstructionView::patchPainted, this, &ReconstructionDock::paintPatch);
  connect(pages_, &ReconstructionPages::valueUnderCursor, this, &ReconstructionDock::valueUnderCursor);
  connect(&curve(), &SweepPage::wanted, this, &ReconstructionDock::startSweep);
  connect(pages_, &ReconstructionPages::pageChanged, this, [this](ReconstructionPages::Page page) {
    controls_->setOneClip(page != ReconstructionPages::Page::curve);
    curve().setRatio(controls_->ratio());
  });
}

void ReconstructionDock::startSweep() {
  const inference::ModelSpec* spec = model();
  if (!file_ || spec == nullptr) return;
  SweepSetup setup;
  setup.file = *file_;
  setup.model = spec->name;
  setup.atSeconds = askedAt_.value_or(playhead_);
  setup.request = request();
  setup.pictures = spec->frontend.picture;
  sweep_->start(std::move(setup));
}

const inference::ModelSpec* ReconstructionDock::model() const {
  const std::string name = model_->currentData().toString().toStdString();
  for (const inference::ModelSpec& spec : analysis_.models()) {
    if (!name.empty() && spec.name == name) return &spec;
  }
  return nullptr;
}

// The window's own if it paints; else the one that was chosen here stays; else the default; else the first that paints.
void ReconstructionDock::refreshModels() {
  const QString before = model_->currentData().toString();
  const inference::ModelSpec* chosen = analysis_.model();
  const QSignalBlocker quiet(model_);
  model_->clear();
  int first = -1;
  for (const inference::ModelSpec& spec : analysis_.models()) {
    if (!paints(spec)) continue;
    model_->addItem(QString::fromStdString(spec.title.empty() ? spec.name : spec.title), QString::fromStdString(spec.name));
    if (first == -1 && first_ && first_(spec)) first = model_->count() - 1;
  }
  int index = before.isEmpty() ? first : model_->findData(before);
  if (chosen != nullptr && paints(*chosen)) index = model_->findData(QString::fromStdString(chosen->name));
  model_->setCurrentIndex(index < 0 && model_->count() > 0 ? 0 : index);
  model_->setVisible(model_->count() > 1);
  if (model_->currentData().toString() != before) {
    controls_->setModes({});
    clearMask();
    sweep_->forget();
    clip_.reset();
    Q_EMIT clipChanged();
  }
  refreshTexts();
  if (!clip_) pages_->setMessage(stateText());
  askedAt_.reset();
  askSoon();
}

void ReconstructionDock::refreshTexts() {
  const inference::ModelSpec* spec = model();
  const bool able = spec != nullptr && file_;
  controls_->setAble(able);
  curve().setAble(able && clip_ != nullptr);
  controls_->setClearable(able && !(soundMask_.empty() && pictureMask_.empty()));
  controls_->setBothModalities(spec != nullptr && spec->frontend.sound && spec->frontend.picture.has_value());
  controls_->setBorrowedStatistics(clip_ && (clip_->result.trueStatistics || clip_->guessedStatistics));
}

QString ReconstructionDock::stateText() const {
  if (!analysis_.modelsKnown()) return tr("Models are being listed…");
  if (model() == nullptr)
    return tr("No installed model can paint. Import a masked autoencoder (chladni-cli models import) and its guesses appear here.");
  if (!file_) return tr("Open a file: what the model paints around the playhead appears here.");
  return tr("Asking the model…");
}

inference::MaskRequest ReconstructionDock::request() const { return controls_->request(soundMask_, pictureMask_); }

void ReconstructionDock::setFile(std::optional<FileId> file) {
  file_ = file;
  askedAt_.reset();
  soon_.stop();
  controls_->setAnimating(false);
  sweep_->forget();
  clip_.reset();
  clearMask();
  pages_->setMessage(stateText());
  refreshTexts();
  Q_EMIT clipChanged();
  askSoon();
}

void ReconstructionDock::setPlayhead(double seconds, bool playing) {
  playhead_ = seconds;
  playing_ = playing;
  view().setPlayhead(seconds);
  if (playing || !controls_->follows()) return;
  if (!askedAt_ || std::abs(*askedAt_ - seconds) > kMovedSeconds) {
    askedAt_.reset();
    askSoon();
  }
}

void ReconstructionDock::showEvent(QShowEvent* event) {
  QDockWidget::showEvent(event);
  if (!clip_ || !askedAt_) askSoon();
}

void ReconstructionDock::askSoon() {
  // Restarting would starve the view while the playhead keeps moving.
  if (file_ && isVisible() && model() != nullptr && !soon_.isActive()) soon_.start();
}

// About the clip on show, wherever the playhead has gone since, unless it is to be followed.
void ReconstructionDock::ask() {
  const inference::ModelSpec* spec = model();
  if (!file_ || !isVisible() || spec == nullptr) return;
  if (!askedAt_ && playing_ && clip_) return;
  if (!askedAt_) askedAt_ = playhead_;
  analysis_.reconstruct(*file_, spec->name, *askedAt_, request(),
                        controls_->trueStatistics() ? analysis::PatchStatistics::truth : analysis::PatchStatistics::neighbours);
}

void ReconstructionDock::accept(const ReconstructionAnswer& answer) {
  if (answer.file != file_) return;
  clip_ = answer.clip;
  clipModel_ = answer.model;
  QStringList modes;
  for (const std::string& mode : clip_->modes) modes << QString::fromStdString(mode);
  controls_->setModes(modes);
  showClip();
  // What was painted since the question.
  if (!soundMask_.empty() || !pictureMask_.empty()) view().setMasks(soundMask_, pictureMask_);
  refreshTexts();
  Q_EMIT clipChanged();
  controls_->answered();
}

void ReconstructionDock::showClip() {
  const inference::ModelSpec* spec = model();
  if (spec == nullptr || spec->name != clipModel_) return;
  pages_->showClip(clip_, *spec, static_cast<std::uint64_t>(controls_->seed()));
  view().setPlayhead(playhead_);
  about_->hide();  // the room belongs to the pictures now
}

void ReconstructionDock::refuse(const QString& why) {
  controls_->setAnimating(false);
  clip_.reset();
  pages_->setMessage(why);
  refreshTexts();
  Q_EMIT clipChanged();
}

void ReconstructionDock::paintPatch(ReconstructionView::Plane plane, int row, int column, bool hide) {
  if (!clip_) return;
  const bool sound = plane == ReconstructionView::Plane::sound;
  // From the mask on show: painting changes it, it does not begin anew.
  if (soundMask_.empty()) soundMask_ = clip_->result.sound.mask;
  if (pictureMask_.empty()) pictureMask_ = clip_->result.picture.mask;
  auto& mask = sound ? soundMask_ : pictureMask_;
  const PatchGrid& grid = sound ? clip_->result.sound.grid : clip_->result.picture.grid;
  const auto index = static_cast<std::size_t>(row * grid.columns + column);
  if (index >= mask.size()) return;
  mask[index] = hide ? 1 : 0;
  view().setMasks(soundMask_, pictureMask_);
  refreshTexts();
  ask();
}

void ReconstructionDock::clearMask() {
  soundMask_.clear();
  pictureMask_.clear();
  view().setMasks({}, {});
  refreshTexts();
}

}  // namespace chladni::ui

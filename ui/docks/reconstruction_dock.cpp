#include "ui/docks/reconstruction_dock.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/dsp/mel_inverse.h"
#include "ui/docks/listening_bar.h"
#include "ui/docks/mask_controls.h"
#include "ui/docks/ratio_sweep.h"
#include "ui/docks/sweep_page.h"
#include "widgets/theme/quiet_label.h"
#include "widgets/theme/theme.h"

namespace chladni::ui {

using namespace widgets;
namespace {

// A pause this long after the last move of the playhead sends the question; the slider and clicks ask at once.
constexpr int kRestMs = 60;
constexpr double kMovedSeconds = 0.02;
const std::string kTask = "reconstruction";

bool paints(const inference::ModelSpec& spec) {
  return spec.installed && std::find(spec.tasks.begin(), spec.tasks.end(), kTask) != spec.tasks.end();
}

QLabel* indentedLabel(const QString& text, QWidget* parent) {
  auto* label = widgets::quietLabel(text, parent);
  label->setContentsMargins(12, 0, 12, 0);
  return label;
}

QScrollArea* scrolled(QWidget* content, const QString& name, QWidget* parent) {
  auto* scroll = new QScrollArea(parent);
  scroll->setAccessibleName(name);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setWidgetResizable(true);
  scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  scroll->setWidget(content);
  return scroll;
}

}  // namespace

ReconstructionDock::ReconstructionDock(AnalysisController& analysis, QWidget* parent)
    : QDockWidget(tr("Reconstruction"), parent), analysis_(analysis) {
  setObjectName("reconstruction");
  auto* body = new QWidget(this);
  view_ = new ReconstructionView(body);
  view_->setObjectName("reconstructionView");
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 4, 0, 4);
  column->setSpacing(6);
  about_ = indentedLabel(tr("Part of the clip is hidden, and the model paints what it expects there: a good guess shows what it "
                         "has learnt."), body);
  column->addWidget(about_);
  model_ = new QComboBox(body);
  model_->setObjectName("reconstructionModel");
  model_->setAccessibleName(tr("Model that paints"));
  model_->setToolTip(tr("Model that paints"));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  controls_ = new MaskControls(model_, body);
  column->addWidget(controls_);
  title_ = indentedLabel({}, body);
  title_->setObjectName("reconstructionTitle");
  title_->hide();
  column->addWidget(title_);
  strips_ = new PatchStrips(body);
  strips_->setObjectName("patchStrips");
  sweep_ = new RatioSweep(analysis_, this);
  curve_ = new SweepPage(*sweep_, body);
  pages_ = new QStackedWidget(body);
  pages_->addWidget(scrolled(view_, tr("Pictures of the reconstruction"), pages_));
  pages_->addWidget(scrolled(strips_, tr("Patches one after another"), pages_));
  pages_->addWidget(curve_);
  column->addWidget(buildPageButtons(body));
  column->addWidget(pages_, 1);
  patch_ = indentedLabel({}, body);
  patch_->setObjectName("reconstructionPatch");
  patch_->setMinimumHeight(fontMetrics().height());
  column->addWidget(patch_);
  listening_ = new ListeningBar(body);
  column->addWidget(listening_);
  setWidget(body);

  soon_.setSingleShot(true);
  soon_.setInterval(kRestMs);
  connect(&soon_, &QTimer::timeout, this, &ReconstructionDock::ask);
  connectControls();
  connect(view_, &ReconstructionView::patchPainted, this, &ReconstructionDock::paintPatch);
  connect(view_, &ReconstructionView::valueUnderCursor, this, [this](const QString& text) {
    patch_->setText(text);
    Q_EMIT valueUnderCursor(text);
  });
  connect(strips_, &PatchStrips::patchUnderCursor, this, [this](int patchRow, int patchColumn) {
    patch_->setText(patchRow < 0 ? QString() : view_->patchText(ReconstructionView::Plane::sound, patchRow, patchColumn));
    Q_EMIT valueUnderCursor(patch_->text());
  });
  connect(curve_, &SweepPage::wanted, this, &ReconstructionDock::startSweep);
  connect(curve_, &SweepPage::valueUnderCursor, this, &ReconstructionDock::valueUnderCursor);
  connect(&analysis_, &AnalysisController::modelsChanged, this, &ReconstructionDock::refreshModels);
  connect(&analysis_, &AnalysisController::modelChosen, this, &ReconstructionDock::refreshModels);
  connect(&analysis_, &AnalysisController::reconstructionArrived, this, &ReconstructionDock::accept);
  connect(&analysis_, &AnalysisController::reconstructionFailed, this, [this](FileId file, const Error& error) {
    if (file == file_) refuse(QString::fromStdString(error.message));
  });
  connect(this, &ReconstructionDock::clipChanged, this,
          [this] { listening_->setClip(clip_, model() != nullptr ? model()->frontend : FrontendSpec{}); });
  refreshModels();
}

bool ReconstructionDock::pending() const { return soon_.isActive() || listening_->busy() || sweep_->running(); }

void ReconstructionDock::connectControls() {
  connect(controls_, &MaskControls::ratioChanged, this, [this](double ratio) {
    curve_->setRatio(ratio);
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
  connect(controls_, &MaskControls::paintingChanged, view_, &ReconstructionView::setPainting);
  connect(model_, &QComboBox::activated, this, [this] {
    controls_->setModes({});
    clearMask();
    ask();
  });
}

QWidget* ReconstructionDock::buildPageButtons(QWidget* parent) {
  auto* line = new QWidget(parent);
  auto* layout = new QHBoxLayout(line);
  layout->setContentsMargins(12, 0, 12, 0);
  layout->setSpacing(2);
  const std::array<std::array<QString, 3>, 3> pages = {{
      {"reconstructionPictures", tr("Pictures"), tr("The clip, what was hidden, what the model painted, and how far off it is")},
      {"reconstructionStrips", tr("Patches"), tr("The patches one after another: in order, masked, and shuffled as the encoder gets them")},
      {"reconstructionCurve", tr("Curve"), tr("How the error grows with the share that is hidden")},
  }};
  for (std::size_t i = 0; i < pages.size(); ++i) {
    auto* button = new QToolButton(line);
    button->setObjectName(pages[i][0]);
    button->setText(pages[i][1]);
    button->setToolTip(pages[i][2]);
    button->setCheckable(true);
    button->setAutoExclusive(true);
    connect(button, &QToolButton::clicked, this, [this, i] { showPage(static_cast<Page>(i)); });
    layout->addWidget(button);
    pageButtons_.push_back(button);
  }
  layout->addStretch(1);
  pageButtons_.front()->setChecked(true);
  return line;
}

void ReconstructionDock::showPage(Page page) {
  pages_->setCurrentIndex(static_cast<int>(page));
  // The curve is about all shares, and needs the room.
  const bool oneClip = page != Page::curve;
  controls_->setOneClip(oneClip);
  listening_->setVisible(oneClip);
  patch_->setVisible(oneClip);
  title_->setVisible(oneClip && clip_ != nullptr);
  pageButtons_[static_cast<std::size_t>(page)]->setChecked(true);
  curve_->setRatio(controls_->ratio());
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

// The model that was chosen here stays; else the window's own if it paints; else the first that does.
void ReconstructionDock::refreshModels() {
  const QString before = model_->currentData().toString();
  const inference::ModelSpec* chosen = analysis_.model();
  const QSignalBlocker quiet(model_);
  model_->clear();
  for (const inference::ModelSpec& spec : analysis_.models()) {
    if (!paints(spec)) continue;
    model_->addItem(QString::fromStdString(spec.title.empty() ? spec.name : spec.title), QString::fromStdString(spec.name));
  }
  int index = before.isEmpty() ? -1 : model_->findData(before);
  if (chosen != nullptr && paints(*chosen)) index = model_->findData(QString::fromStdString(chosen->name));
  model_->setCurrentIndex(index < 0 && model_->count() > 0 ? 0 : index);
  model_->setVisible(model_->count() > 1);
  if (model_->currentData().toString() != before) {
    controls_->setModes({});
    clearMask();
    clip_.reset();
    Q_EMIT clipChanged();
  }
  refreshTexts();
  if (!clip_) view_->setMessage(stateText());
  askedAt_.reset();
  askSoon();
}

void ReconstructionDock::refreshTexts() {
  const inference::ModelSpec* spec = model();
  const bool able = spec != nullptr && file_;
  controls_->setAble(able);
  curve_->setAble(able && clip_ != nullptr);
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
  sweep_->cancel();
  clip_.reset();
  strips_->setReconstruction(nullptr, nullptr, 0);
  clearMask();
  title_->hide();
  patch_->clear();
  view_->setMessage(stateText());
  refreshTexts();
  Q_EMIT clipChanged();
  askSoon();
}

void ReconstructionDock::setPlayhead(double seconds, bool playing) {
  playhead_ = seconds;
  playing_ = playing;
  view_->setPlayhead(seconds);
  if (playing || !controls_->follows()) return;
  if (!askedAt_ || std::abs(*askedAt_ - seconds) > kMovedSeconds) {
    askedAt_.reset();
    askSoon();
  }
}

void ReconstructionDock::showEvent(QShowEvent* event) {
  QDockWidget::showEvent(event);
  if (!clip_) askSoon();
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
  if (!soundMask_.empty() || !pictureMask_.empty()) view_->setMasks(soundMask_, pictureMask_);
  refreshTexts();
  Q_EMIT clipChanged();
  controls_->answered();
}

void ReconstructionDock::showClip() {
  const inference::ModelSpec* spec = model();
  if (spec == nullptr || spec->name != clipModel_) return;
  ShownReconstruction shown;
  // Parts of the clip, which they keep alive.
  shown.result = {clip_, &clip_->result};
  if (clip_->sound.original.rows > 0) shown.sound = {clip_, &clip_->sound};
  if (clip_->picture.original.rows > 0) shown.picture = {clip_, &clip_->picture};
  shown.pictureSpec = spec->frontend.picture;
  shown.binHz = dsp::binHz(spec->frontend);
  shown.span = clip_->span;
  strips_->setReconstruction(shown.result, shown.sound, static_cast<std::uint64_t>(controls_->seed()));
  view_->setReconstruction(std::move(shown));
  view_->setPlayhead(playhead_);
  tellModel(*spec);
  title_->setVisible(pages_->currentIndex() != static_cast<int>(Page::curve));
  about_->hide();  // the room belongs to the pictures now
}

// In short what the controls above do not say; all of it in the tool tip.
void ReconstructionDock::tellModel(const inference::ModelSpec& spec) {
  QStringList losses;
  for (const auto& [name, loss] : clip_->result.losses) losses << tr("%1 %2").arg(QString::fromStdString(name)).arg(loss, 0, 'f', 3);
  const QString model = QString::fromStdString(spec.title), told = tr("loss %1").arg(losses.join(QStringLiteral(", ")));
  const QString statistics = clip_->result.trueStatistics ? tr("Targets were normalised patch by patch: level and contrast of hidden patches are the true ones.")
                             : clip_->guessedStatistics   ? tr("Targets were normalised patch by patch: level and contrast come from visible patches near by.")
                                                          : tr("Targets were not normalised: level and contrast are the model's own.");
  const bool borrowed = clip_->result.trueStatistics || clip_->guessedStatistics;
  title_->setText(tr("Model output of %1 · %2").arg(model, told) + (borrowed ? QStringLiteral(". ") + statistics : QStringLiteral(" · ") + tr("not normalised")));
  title_->setToolTip(tr("Model output of %1 · %2").arg(model, QString::fromStdString(clip_->result.title)) + QStringLiteral(" · ") + told + QStringLiteral(". ") + statistics +
                     QStringLiteral("\n") + about_->text());
}

void ReconstructionDock::refuse(const QString& why) {
  controls_->setAnimating(false);
  clip_.reset();
  strips_->setReconstruction(nullptr, nullptr, 0);
  view_->setMessage(why);
  title_->hide();
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
  view_->setMasks(soundMask_, pictureMask_);
  refreshTexts();
  ask();
}

void ReconstructionDock::clearMask() {
  soundMask_.clear();
  pictureMask_.clear();
  view_->setMasks({}, {});
  refreshTexts();
}

}  // namespace chladni::ui

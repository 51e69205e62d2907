#include "ui/docks/reconstruction_dock.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <array>
#include <cmath>

#include "core/dsp/mel_inverse.h"
#include "ui/docks/listening_bar.h"
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
constexpr int kLeastPercent = 5;
constexpr int kMostPercent = 95;
constexpr int kFirstPercent = 75;
constexpr int kStepPercent = 5;
constexpr int kStepMs = 220;  // of the animation, at least
const std::string kTask = "reconstruction";

bool paints(const inference::ModelSpec& spec) {
  return spec.installed && std::find(spec.tasks.begin(), spec.tasks.end(), kTask) != spec.tasks.end();
}

QHBoxLayout* row(QWidget* widget) {
  auto* layout = new QHBoxLayout(widget);
  layout->setContentsMargins(12, 0, 12, 0);
  layout->setSpacing(8);
  return layout;
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
  view_ = new ReconstructionView(body);  // before the controls, which speak to it
  view_->setObjectName("reconstructionView");
  auto* column = new QVBoxLayout(body);
  column->setContentsMargins(0, 4, 0, 4);
  column->setSpacing(6);
  about_ = indentedLabel(tr("Part of the clip is hidden, and the model paints what it expects there: a good guess shows what it "
                         "has learnt."), body);
  column->addWidget(about_);
  column->addWidget(buildChoices(body));
  column->addWidget(buildControls(body));
  column->addWidget(buildSwitches(body));
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
  step_.setSingleShot(true);
  connect(&step_, &QTimer::timeout, this, &ReconstructionDock::animateOn);
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

QWidget* ReconstructionDock::buildPageButtons(QWidget* parent) {
  auto* line = new QWidget(parent);
  auto* layout = row(line);
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
  paint_->parentWidget()->setVisible(oneClip);
  listening_->setVisible(oneClip);
  patch_->setVisible(oneClip);
  title_->setVisible(oneClip && clip_ != nullptr);
  pageButtons_[static_cast<std::size_t>(page)]->setChecked(true);
  curve_->setRatio(ratio_->value() / 100.0);
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

QWidget* ReconstructionDock::buildChoices(QWidget* parent) {
  auto* line = new QWidget(parent);
  auto* layout = row(line);
  ratio_ = new QSlider(Qt::Horizontal, line);
  ratio_->setObjectName("reconstructionRatio");
  ratio_->setAccessibleName(tr("Share that is hidden, in percent"));
  ratio_->setToolTip(tr("How much is hidden from the model"));
  ratio_->setRange(kLeastPercent, kMostPercent);
  ratio_->setValue(kFirstPercent);
  ratio_->setPageStep(kStepPercent);
  ratioText_ = new QLabel(line);
  ratioText_->setMinimumWidth(fontMetrics().horizontalAdvance("95 %"));
  ratioText_->setText(tr("%1 %").arg(kFirstPercent));
  animate_ = new QToolButton(line);
  animate_->setObjectName("reconstructionAnimate");
  animate_->setText(tr("95 → 5 %"));
  animate_->setCheckable(true);
  animate_->setToolTip(tr("Play: hide 95 % first, then less and less, and see when the model catches on"));
  layout->addWidget(new QLabel(tr("Hidden"), line));
  layout->addWidget(ratio_, 1);
  layout->addWidget(ratioText_);
  layout->addWidget(animate_);
  connect(ratio_, &QSlider::valueChanged, this, [this](int percent) {
    ratioText_->setText(tr("%1 %").arg(percent));
    curve_->setRatio(percent / 100.0);
    soundMask_.clear();
    pictureMask_.clear();
    refreshTexts();
    ask();
  });
  connect(animate_, &QToolButton::toggled, this, &ReconstructionDock::setAnimating);
  return line;
}

QWidget* ReconstructionDock::buildControls(QWidget* parent) {
  auto* line = new QWidget(parent);
  auto* layout = row(line);
  mode_ = new QComboBox(line);
  mode_->setObjectName("reconstructionMode");
  mode_->setAccessibleName(tr("Pattern of hiding"));
  mode_->setToolTip(tr("Pattern of what is hidden: single patches, whole moments, whole frequency bands"));
  mode_->setPlaceholderText(tr("Pattern"));
  mode_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  seed_ = new QSpinBox(line);
  seed_->setObjectName("reconstructionSeed");
  seed_->setAccessibleName(tr("Seed"));
  seed_->setToolTip(tr("Number that draws the hidden patches: the same number hides the same patches"));
  seed_->setRange(0, 9999);
  seed_->setPrefix(tr("seed "));
  model_ = new QComboBox(line);
  model_->setObjectName("reconstructionModel");
  model_->setAccessibleName(tr("Model that paints"));
  model_->setToolTip(tr("Model that paints"));
  model_->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  layout->addWidget(model_, 2);
  layout->addWidget(mode_, 2);
  layout->addWidget(seed_, 1);
  connect(mode_, &QComboBox::activated, this, [this] {
    clearMask();
    ask();
  });
  connect(seed_, &QSpinBox::valueChanged, this, [this] {
    clearMask();
    ask();
  });
  connect(model_, &QComboBox::activated, this, [this] {
    mode_->clear();
    clearMask();
    refreshTexts();
    ask();
  });
  return line;
}

QWidget* ReconstructionDock::buildSwitches(QWidget* parent) {
  auto* box = new QWidget(parent);
  auto* column = new QVBoxLayout(box);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(4);
  auto* first = new QWidget(box);
  auto* line = row(first);
  paint_ = new QToolButton(first);
  paint_->setObjectName("reconstructionPaint");
  paint_->setText(tr("Paint mask"));
  paint_->setCheckable(true);
  paint_->setToolTip(tr("Drag over the pictures to hide or reveal patches; with the keyboard: arrows and Space"));
  clear_ = new QToolButton(first);
  clear_->setObjectName("reconstructionClear");
  clear_->setText(tr("Clear"));
  clear_->setToolTip(tr("Forget the painted mask and draw one again"));
  follow_ = new QCheckBox(tr("Follow the playhead"), first);
  follow_->setObjectName("reconstructionFollow");
  follow_->setChecked(true);
  line->addWidget(paint_);
  line->addWidget(clear_);
  line->addWidget(follow_);
  line->addStretch(1);
  column->addWidget(first);
  auto* second = new QWidget(box);
  auto* modal = row(second);
  hideSound_ = new QCheckBox(tr("Hide all sound"), second);
  hideSound_->setObjectName("reconstructionHideSound");
  hideSound_->setToolTip(tr("What can the model tell of the sound from the picture alone?"));
  hidePicture_ = new QCheckBox(tr("Hide all of the picture"), second);
  hidePicture_->setObjectName("reconstructionHidePicture");
  hidePicture_->setToolTip(tr("What can the model tell of the picture from the sound alone?"));
  modal->addWidget(hideSound_);
  modal->addWidget(hidePicture_);
  modal->addStretch(1);
  column->addWidget(second);
  truth_ = new QCheckBox(tr("With true patch mean and variance (leaks)"), box);
  truth_->setObjectName("reconstructionTruth");
  truth_->setToolTip(tr("This model paints shapes without level or contrast. On: the true ones of each hidden patch are put back, "
                        "which it cannot know. Off: those of visible patches near by."));
  truth_->setContentsMargins(12, 0, 12, 0);
  auto* third = new QWidget(box);
  row(third)->addWidget(truth_);
  column->addWidget(third);
  truth_->setChecked(true);
  connect(paint_, &QToolButton::toggled, this, [this](bool on) { view_->setPainting(on); });
  connect(clear_, &QToolButton::clicked, this, [this] {
    clearMask();
    ask();
  });
  connect(follow_, &QCheckBox::toggled, this, [this](bool on) {
    if (on) askSoon();
  });
  for (QCheckBox* one : {hideSound_, hidePicture_}) {
    connect(one, &QCheckBox::toggled, this, [this, one](bool on) {
      // With both gone there is nothing to tell anything from.
      if (on) (one == hideSound_ ? hidePicture_ : hideSound_)->setChecked(false);
      ask();
    });
  }
  connect(truth_, &QCheckBox::toggled, this, &ReconstructionDock::ask);
  return box;
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
    mode_->clear();
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
  for (QWidget* one : std::initializer_list<QWidget*>{ratio_, mode_, seed_, animate_, paint_}) one->setEnabled(able);
  curve_->setAble(able && clip_ != nullptr);
  clear_->setEnabled(able && !(soundMask_.empty() && pictureMask_.empty()));
  const bool both = spec != nullptr && spec->frontend.sound && spec->frontend.picture.has_value();
  hideSound_->parentWidget()->setVisible(both);
  truth_->parentWidget()->setVisible(clip_ && (clip_->result.trueStatistics || clip_->guessedStatistics));
}

QString ReconstructionDock::stateText() const {
  if (!analysis_.modelsKnown()) return tr("Models are being listed…");
  if (model() == nullptr)
    return tr("No installed model can paint. Import a masked autoencoder (chladni-cli models import) and its guesses appear here.");
  if (!file_) return tr("Open a file: what the model paints around the playhead appears here.");
  return tr("Asking the model…");
}

inference::MaskRequest ReconstructionDock::request() const {
  inference::MaskRequest request;
  request.mode = mode_->currentText().toStdString();
  request.soundRatio = request.pictureRatio = ratio_->value() / 100.0;
  request.seed = static_cast<std::uint64_t>(seed_->value());
  request.soundMask = soundMask_;
  request.pictureMask = pictureMask_;
  if (hideSound_->isChecked()) {
    request.soundRatio = 1.0;
    request.soundMask.assign(soundMask_.size(), 1);
  }
  if (hidePicture_->isChecked()) {
    request.pictureRatio = 1.0;
    request.pictureMask.assign(pictureMask_.size(), 1);
  }
  return request;
}

void ReconstructionDock::setFile(std::optional<FileId> file) {
  file_ = file;
  askedAt_.reset();
  soon_.stop();
  setAnimating(false);
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
  if (playing || !follow_->isChecked()) return;
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
                        truth_->isChecked() ? analysis::PatchStatistics::truth : analysis::PatchStatistics::neighbours);
}

void ReconstructionDock::accept(const ReconstructionAnswer& answer) {
  if (answer.file != file_) return;
  clip_ = answer.clip;
  clipModel_ = answer.model;
  refreshModes();
  showClip();
  // What was painted since the question.
  if (!soundMask_.empty() || !pictureMask_.empty()) view_->setMasks(soundMask_, pictureMask_);
  refreshTexts();
  Q_EMIT clipChanged();
  if (animate_->isChecked()) step_.start(static_cast<int>(std::max<qint64>(0, kStepMs - sinceStep_.elapsed())));
}

void ReconstructionDock::refreshModes() {
  QStringList modes;
  for (const std::string& mode : clip_->modes) modes << QString::fromStdString(mode);
  QStringList now;
  for (int i = 0; i < mode_->count(); ++i) now << mode_->itemText(i);
  if (modes == now) return;
  const QSignalBlocker quiet(mode_);
  mode_->clear();
  mode_->addItems(modes);
  mode_->setCurrentIndex(modes.isEmpty() ? -1 : 0);
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
  strips_->setReconstruction(shown.result, shown.sound, static_cast<std::uint64_t>(seed_->value()));
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
  setAnimating(false);
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

void ReconstructionDock::setAnimating(bool on) {
  const QSignalBlocker quiet(animate_);
  animate_->setChecked(on);
  step_.stop();
  if (!on) return;
  sinceStep_.start();
  if (ratio_->value() == kMostPercent) ask();
  else ratio_->setValue(kMostPercent);
}

void ReconstructionDock::animateOn() {
  if (ratio_->value() <= kLeastPercent) {
    setAnimating(false);
    return;
  }
  sinceStep_.start();
  ratio_->setValue(ratio_->value() - kStepPercent);
}

}  // namespace chladni::ui

#include "ui/docks/mask_controls.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

namespace chladni::ui {
namespace {

constexpr int kLeastPercent = 5;
constexpr int kMostPercent = 95;
constexpr int kFirstPercent = 75;
constexpr int kStepPercent = 5;
constexpr int kStepMs = 220;  // of the animation, at least

QHBoxLayout* row(QWidget* widget) {
  auto* layout = new QHBoxLayout(widget);
  layout->setContentsMargins(12, 0, 12, 0);
  layout->setSpacing(8);
  return layout;
}

}  // namespace

MaskControls::MaskControls(QWidget* beside, QWidget* parent) : QWidget(parent) {
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(6);
  column->addWidget(buildShare());
  column->addWidget(buildPattern(beside));
  auto* switches = new QVBoxLayout;
  switches->setSpacing(4);
  switches->addWidget(buildPainting());
  switches->addWidget(buildModalities());
  switches->addWidget(buildStatistics());
  column->addLayout(switches);
  step_.setSingleShot(true);
  connect(&step_, &QTimer::timeout, this, &MaskControls::animateOn);
}

QWidget* MaskControls::buildShare() {
  auto* line = new QWidget(this);
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
    Q_EMIT ratioChanged(ratio());
  });
  connect(animate_, &QToolButton::toggled, this, &MaskControls::setAnimating);
  return line;
}

QWidget* MaskControls::buildPattern(QWidget* beside) {
  auto* line = new QWidget(this);
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
  layout->addWidget(beside, 2);
  layout->addWidget(mode_, 2);
  layout->addWidget(seed_, 1);
  connect(mode_, &QComboBox::activated, this, &MaskControls::redrawn);
  connect(seed_, &QSpinBox::valueChanged, this, &MaskControls::redrawn);
  return line;
}

QWidget* MaskControls::buildPainting() {
  painting_ = new QWidget(this);
  auto* layout = row(painting_);
  paint_ = new QToolButton(painting_);
  paint_->setObjectName("reconstructionPaint");
  paint_->setText(tr("Paint mask"));
  paint_->setCheckable(true);
  paint_->setToolTip(tr("Drag over the pictures to hide or reveal patches; with the keyboard: arrows and Space"));
  clear_ = new QToolButton(painting_);
  clear_->setObjectName("reconstructionClear");
  clear_->setText(tr("Clear"));
  clear_->setToolTip(tr("Forget the painted mask and draw one again"));
  follow_ = new QCheckBox(tr("Follow the playhead"), painting_);
  follow_->setObjectName("reconstructionFollow");
  follow_->setChecked(true);
  layout->addWidget(paint_);
  layout->addWidget(clear_);
  layout->addWidget(follow_);
  layout->addStretch(1);
  connect(paint_, &QToolButton::toggled, this, &MaskControls::paintingChanged);
  connect(clear_, &QToolButton::clicked, this, &MaskControls::redrawn);
  connect(follow_, &QCheckBox::toggled, this, [this](bool on) {
    if (on) Q_EMIT followed();
  });
  return painting_;
}

QWidget* MaskControls::buildModalities() {
  modalities_ = new QWidget(this);
  auto* layout = row(modalities_);
  hideSound_ = new QCheckBox(tr("Hide all sound"), modalities_);
  hideSound_->setObjectName("reconstructionHideSound");
  hideSound_->setToolTip(tr("What can the model tell of the sound from the picture alone?"));
  hidePicture_ = new QCheckBox(tr("Hide all of the picture"), modalities_);
  hidePicture_->setObjectName("reconstructionHidePicture");
  hidePicture_->setToolTip(tr("What can the model tell of the picture from the sound alone?"));
  layout->addWidget(hideSound_);
  layout->addWidget(hidePicture_);
  layout->addStretch(1);
  for (QCheckBox* one : {hideSound_, hidePicture_}) {
    connect(one, &QCheckBox::toggled, this, [this, one](bool on) {
      // With both gone there is nothing to tell anything from.
      if (on) (one == hideSound_ ? hidePicture_ : hideSound_)->setChecked(false);
      Q_EMIT questionChanged();
    });
  }
  return modalities_;
}

QWidget* MaskControls::buildStatistics() {
  statistics_ = new QWidget(this);
  truth_ = new QCheckBox(tr("With true patch mean and variance (leaks)"), statistics_);
  truth_->setObjectName("reconstructionTruth");
  truth_->setToolTip(tr("This model paints shapes without level or contrast. On: the true ones of each hidden patch are put back, "
                        "which it cannot know. Off: those of visible patches near by."));
  truth_->setContentsMargins(12, 0, 12, 0);
  truth_->setChecked(true);
  row(statistics_)->addWidget(truth_);
  connect(truth_, &QCheckBox::toggled, this, &MaskControls::questionChanged);
  return statistics_;
}

double MaskControls::ratio() const { return ratio_->value() / 100.0; }

int MaskControls::seed() const { return seed_->value(); }

bool MaskControls::follows() const { return follow_->isChecked(); }

bool MaskControls::trueStatistics() const { return truth_->isChecked(); }

inference::MaskRequest MaskControls::request(std::vector<std::uint8_t> soundMask, std::vector<std::uint8_t> pictureMask) const {
  inference::MaskRequest request;
  request.mode = mode_->currentText().toStdString();
  request.soundRatio = request.pictureRatio = ratio();
  request.seed = static_cast<std::uint64_t>(seed());
  request.soundMask = std::move(soundMask);
  request.pictureMask = std::move(pictureMask);
  if (hideSound_->isChecked()) {
    request.soundRatio = 1.0;
    std::fill(request.soundMask.begin(), request.soundMask.end(), std::uint8_t{1});
  }
  if (hidePicture_->isChecked()) {
    request.pictureRatio = 1.0;
    std::fill(request.pictureMask.begin(), request.pictureMask.end(), std::uint8_t{1});
  }
  return request;
}

void MaskControls::setModes(const QStringList& modes) {
  QStringList now;
  for (int i = 0; i < mode_->count(); ++i) now << mode_->itemText(i);
  if (modes == now) return;
  const QSignalBlocker quiet(mode_);
  mode_->clear();
  mode_->addItems(modes);
  mode_->setCurrentIndex(modes.isEmpty() ? -1 : 0);
}

void MaskControls::setAble(bool able) {
  for (QWidget* one : std::initializer_list<QWidget*>{ratio_, mode_, seed_, animate_, paint_}) one->setEnabled(able);
}

void MaskControls::setClearable(bool clearable) { clear_->setEnabled(clearable); }

void MaskControls::setBothModalities(bool both) { modalities_->setVisible(both); }

void MaskControls::setBorrowedStatistics(bool borrowed) { statistics_->setVisible(borrowed); }

void MaskControls::setOneClip(bool oneClip) { painting_->setVisible(oneClip); }

void MaskControls::setAnimating(bool on) {
  const QSignalBlocker quiet(animate_);
  animate_->setChecked(on);
  step_.stop();
  if (!on) return;
  sinceStep_.start();
  if (ratio_->value() == kMostPercent)
    Q_EMIT questionChanged();
  else
    ratio_->setValue(kMostPercent);
}

void MaskControls::answered() {
  if (animate_->isChecked()) step_.start(static_cast<int>(std::max<qint64>(0, kStepMs - sinceStep_.elapsed())));
}

void MaskControls::animateOn() {
  if (ratio_->value() <= kLeastPercent) return setAnimating(false);
  sinceStep_.start();
  ratio_->setValue(ratio_->value() - kStepPercent);
}

}  // namespace chladni::ui

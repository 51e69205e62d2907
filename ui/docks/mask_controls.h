// MaskControls: how much of a clip is hidden from a masked autoencoder, by which pattern and seed, and what else changes the
// question: all of one modality gone, true or guessed statistics of hidden patches. Plays the share from 95 to 5 %, a step
// for each answer. Knows no model and no clip: the dock tells what applies. GUI thread only.
#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <vector>

#include "core/inference/reconstructor.h"

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QLabel;
class QSlider;
class QSpinBox;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class MaskControls : public QWidget {
  Q_OBJECT

 public:
  // `beside` (not null) stands before pattern and seed.
  MaskControls(QWidget* beside, QWidget* parent);

  [[nodiscard]] double ratio() const;
  [[nodiscard]] int seed() const;
  [[nodiscard]] bool follows() const;
  [[nodiscard]] bool trueStatistics() const;
  // With masks painted by hand, empty where there are none.
  [[nodiscard]] inference::MaskRequest request(std::vector<std::uint8_t> soundMask, std::vector<std::uint8_t> pictureMask) const;

  // The model's patterns; the choice stays when they are those that are there.
  void setModes(const QStringList& modes);
  void setAble(bool able);
  void setClearable(bool clearable);
  void setBothModalities(bool both);
  // Whether statistics of hidden patches come from elsewhere than the model.
  void setBorrowedStatistics(bool borrowed);
  // Painting and following belong to one clip, not to the curve over all shares.
  void setOneClip(bool oneClip);

  void setAnimating(bool on);
  // The next step of the animation, in its time.
  void answered();

 Q_SIGNALS:
  void ratioChanged(double ratio);
  void redrawn();  // by another pattern or seed, or what was painted is to be forgotten
  void questionChanged();
  void followed();
  void paintingChanged(bool on);

 private:
  QWidget* buildShare();
  QWidget* buildPattern(QWidget* beside);
  QWidget* buildPainting();
  QWidget* buildModalities();
  QWidget* buildStatistics();
  void animateOn();

  QSlider* ratio_;
  QLabel* ratioText_;
  QToolButton* animate_;
  QComboBox* mode_;
  QSpinBox* seed_;
  QWidget* painting_;
  QToolButton* paint_;
  QToolButton* clear_;
  QCheckBox* follow_;
  QWidget* modalities_;
  QCheckBox* hideSound_;
  QCheckBox* hidePicture_;
  QWidget* statistics_;
  QCheckBox* truth_;
  QTimer step_;
  QElapsedTimer sinceStep_;
};

}  // namespace chladni::ui

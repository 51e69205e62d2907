// SweepPage: the curve of a ratio sweep: error over the share that is hidden, the model's beside those of the two guesses that
// need no model, with progress and cancel. GUI thread only; the sweep outlives it or is its sibling.
#pragma once

#include <QWidget>

#include "ui/docks/ratio_sweep.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QProgressBar;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::widgets {
class CurvePlot;
}

namespace chladni::ui {

class SweepPage : public QWidget {
  Q_OBJECT

 public:
  SweepPage(RatioSweep& sweep, QWidget* parent);

  // The share on show elsewhere, 0..1.
  void setRatio(double ratio);
  void setAble(bool able);
  [[nodiscard]] widgets::CurvePlot& plot() { return *plot_; }

 Q_SIGNALS:
  void wanted();  // the owner starts the sweep
  void valueUnderCursor(const QString& text);

 private:
  void refresh();

  RatioSweep& sweep_;
  widgets::CurvePlot* plot_;
  QToolButton* run_;
  QProgressBar* progress_;
  QLabel* note_;
  bool able_ = false;
};

}  // namespace chladni::ui

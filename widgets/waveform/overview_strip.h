// OverviewStrip: the whole file in one line, with a box around what the lanes show. Drag the box to scroll, click beside
// it to go there, wheel and Ctrl+wheel as in the lanes. GUI thread only.
#pragma once

#include <QPixmap>
#include <memory>

#include "core/data/min_max_pyramid.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class OverviewStrip : public QWidget {
  Q_OBJECT

 public:
  OverviewStrip(TimeAxis& axis, QWidget* parent);

  void setPeaks(std::shared_ptr<const MinMaxPyramid> peaks, int rateHz);
  // The peaks have grown.
  void refresh();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] QRect area() const;
  [[nodiscard]] double timeAt(double x) const;
  [[nodiscard]] double xAt(double seconds) const;
  void renderPicture();

  TimeAxis& axis_;
  std::shared_ptr<const MinMaxPyramid> peaks_;
  int rate_ = 0;
  QPixmap picture_;
  double pictureSeconds_ = 0.0;  // the duration it was drawn for
  bool stale_ = true;
  std::optional<double> grip_;  // seconds between the pointer and the start of the box
};

}  // namespace chladni::widgets

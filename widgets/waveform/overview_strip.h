// OverviewStrip: the whole file in one line, with a box around what the lanes show. Drag the box to scroll, click beside
// it to go there, wheel and Ctrl+wheel as in the lanes. GUI thread only.
#pragma once

#include <memory>
#include <vector>

#include "core/data/min_max_pyramid.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class OverviewStrip : public QWidget {
  Q_OBJECT

 public:
  OverviewStrip(TimeAxis& axis, QWidget* parent);

  void setPeaks(std::vector<std::shared_ptr<const MinMaxPyramid>> channels, int rateHz);
  [[nodiscard]] double xAt(double seconds) const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  [[nodiscard]] QRect area() const;
  [[nodiscard]] double timeAt(double x) const;

  TimeAxis& axis_;
  std::vector<std::shared_ptr<const MinMaxPyramid>> channels_;
  int rate_ = 0;
  std::optional<double> grip_;  // seconds between the pointer and the start of the box
};

}  // namespace chladni::widgets

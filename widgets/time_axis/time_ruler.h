// TimeRuler: the times of the visible stretch above the lanes. Click seeks, drag selects, wheel as in the lanes.
// GUI thread only.
#pragma once

#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class TimeRuler : public Lane {
  Q_OBJECT

 public:
  TimeRuler(TimeAxis& axis, QWidget* parent);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void paintData(QPainter&, const QRect&) override {}
  QStringList headerLines() const override { return {}; }
};

// "0:05", "1:02:03", with as many decimals as a step of `stepSeconds` needs: "0:05.250".
QString rulerText(double seconds, double stepSeconds);
// 1, 2, 5, 10, 15, 30 ... : a step of which about `wanted` fit into the span.
double rulerStep(double spanSeconds, int wanted);

}  // namespace chladni::widgets

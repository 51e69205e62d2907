// TimeRuler: the times of the visible stretch above the lanes. Click or drag moves the playhead, wheel and middle button
// as in the lanes. GUI thread only.
#pragma once

#include "widgets/time_axis/lane.h"
#include "widgets/time_axis/time_text.h"

namespace chladni::widgets {

class TimeRuler : public Lane {
  Q_OBJECT

 public:
  TimeRuler(TimeAxis& axis, QWidget* parent);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void paintData(QPainter&, const QRect&) override {}
  [[nodiscard]] QStringList headerLines() const override { return {}; }

 private:
  bool moving_ = false;
};

}  // namespace chladni::widgets

// PredictionPanel: what the model says, as bars: the classes at the playhead and those of the whole clip, each with its
// name, a bar in the colour the class has everywhere, and its probability. GUI thread only.
#pragma once

#include <QWidget>
#include <memory>

#include "core/data/prediction.h"

namespace chladni::widgets {

class PredictionPanel : public QWidget {
  Q_OBJECT

 public:
  explicit PredictionPanel(QWidget* parent = nullptr);

  void setPrediction(std::shared_ptr<const Prediction> prediction, bool complete);
  void setPlayhead(double seconds);
  // In place of bars; empty shows them.
  void setMessage(const QString& text);
  // How many classes there is room for, in each of both lists.
  [[nodiscard]] int rows() const;

  QSize sizeHint() const override { return {320, 360}; }
  QSize minimumSizeHint() const override { return {200, 120}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int paintRemark(QPainter& painter, int y, int rows, const QString& text);
  int paintBars(QPainter& painter, int y, const std::vector<ClassScore>& top);
  int paintTitle(QPainter& painter, int y, const QString& title, const QString& quiet);

  std::shared_ptr<const Prediction> prediction_;
  bool complete_ = false;
  double playhead_ = 0.0;
  QString message_;
};

}  // namespace chladni::widgets

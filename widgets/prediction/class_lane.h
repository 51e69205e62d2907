// ClassLane: probabilities of the strongest classes over time, one row a class, viridis from 0 to 1. A window's value
// stands around its centre, halfway to its neighbours. GUI thread only; the prediction is shared and immutable.
#pragma once

#include <memory>
#include <vector>

#include "core/data/prediction.h"
#include "widgets/prediction/prediction_windows.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class ClassLane : public Lane {
  Q_OBJECT

 public:
  ClassLane(TimeAxis& axis, QWidget* parent);

  // Also a partial one, while it grows; null shows nothing.
  void setPrediction(std::shared_ptr<const Prediction> prediction);
  // Windows at or above it are underlined; empty: none are.
  void setThreshold(std::optional<float> threshold);
  [[nodiscard]] const std::vector<int>& classesShown() const { return strongest_; }
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  [[nodiscard]] QStringList headerLines() const override;
  int paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;

 private:
  [[nodiscard]] int rowsShown() const;
  void paintWindow(QPainter& painter, const QRect& area, std::size_t window);
  void paintNames(QPainter& painter, const QRect& area);
  [[nodiscard]] QString nameOf(int row) const;

  std::shared_ptr<const Prediction> prediction_;
  std::vector<int> strongest_;  // class indices, best first
  std::optional<float> threshold_ = 0.5F;
};

}  // namespace chladni::widgets

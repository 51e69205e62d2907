// ClassLane: probabilities of the strongest classes over time, one row a class, viridis from 0 to 1. A window's value
// stands around its centre, halfway to its neighbours. GUI thread only; the prediction is shared and immutable.
#pragma once

#include <memory>
#include <vector>

#include "core/data/prediction.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

class ClassLane : public Lane {
  Q_OBJECT

 public:
  ClassLane(TimeAxis& axis, QWidget* parent);

  void setPrediction(std::shared_ptr<const Prediction> prediction);
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;
  void paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;

 private:
  [[nodiscard]] int rowsShown() const;

  std::shared_ptr<const Prediction> prediction_;
  std::vector<int> strongest_;  // class indices, best first
};

// Seconds around the centre of window `index` that its value stands for.
std::pair<double, double> stretchOf(const Prediction& prediction, std::size_t index);
// The window whose stretch holds `seconds`; -1 when there is none.
int windowAt(const Prediction& prediction, double seconds);
// "cello" of "playing cello".
QString shortClassName(const std::string& name);

}  // namespace chladni::widgets

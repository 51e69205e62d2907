// CoursePlot: how the probabilities of the strongest classes of a prediction run over time, with a threshold and the
// playhead. A window's value stands at its centre. Partial predictions are welcome. GUI thread only.
#pragma once

#include <functional>
#include <memory>

#include "core/data/prediction.h"
#include "widgets/plots/curve_plot.h"

namespace chladni::widgets {

class CoursePlot : public CurvePlot {
  Q_OBJECT

 public:
  using ClassColour = std::function<QColor(const QString& name)>;
  using ClassName = std::function<QString(const std::string& name)>;

  // They give each class the colour and the name that it has in the other views.
  CoursePlot(ClassColour colourOf, ClassName nameOf, QWidget* parent = nullptr);

  // Null: a sentence says what would be here. At most `classes` curves, by their highest probability.
  void setPrediction(std::shared_ptr<const Prediction> prediction, int classes = 5);
  // "0:05.2 · violin 0.94 · piano 0.31", in the order of the curves.
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 private:
  ClassColour colourOf_;
  ClassName nameOf_;
};

}  // namespace chladni::widgets

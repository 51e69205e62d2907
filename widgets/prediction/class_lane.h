// ClassLane: probabilities of the strongest classes over time, one row a class, viridis from 0 to 1. A window's value
// stands around its centre, halfway to its neighbours. While proposals are made, each row also shows its curve, the
// threshold as a line that can be dragged (so can its mark on the colour bar), and a frame around every proposal.
// GUI thread only; the prediction is shared and immutable.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "core/data/prediction.h"
#include "widgets/theme/class_names.h"
#include "widgets/time_axis/lane.h"

namespace chladni::widgets {

struct ProposalPicture {
  double threshold = 0.5;
  double release = 0.4;  // what keeps a stretch going
  std::vector<std::pair<int, TimeRange>> stretches;  // class index, span
};

class ClassLane : public Lane {
  Q_OBJECT

 public:
  ClassLane(TimeAxis& axis, QWidget* parent);

  void setPrediction(std::shared_ptr<const Prediction> prediction);
  [[nodiscard]] const std::shared_ptr<const Prediction>& prediction() const { return prediction_; }
  // None: nothing is proposed.
  void setProposals(std::optional<ProposalPicture> proposals);
  void showSameAs(const ClassLane& other);
  // Where the threshold lies in row `row`, in pixels from the top of the lane.
  [[nodiscard]] double thresholdY(int row) const;
  [[nodiscard]] QString valueAt(const QPointF& position) const override;

 Q_SIGNALS:
  void predictionChanged();
  void thresholdDragged(double threshold);

 protected:
  void paintData(QPainter& painter, const QRect& area) override;
  QStringList headerLines() const override;
  void paintHeaderExtra(QPainter& painter, const QRect& header, int y) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;

 private:
  enum class Grip { line, bar };  // of the threshold: in a row, on the colour bar

  [[nodiscard]] int rowsShown() const;
  [[nodiscard]] double rowHeight() const;
  [[nodiscard]] std::optional<Grip> gripAt(const QPointF& position) const;
  void dragTo(const QPointF& position);
  void paintCurve(QPainter& painter, int row);
  void paintProposals(QPainter& painter);

  std::shared_ptr<const Prediction> prediction_;
  std::vector<int> strongest_;  // class indices, best first
  std::optional<ProposalPicture> proposals_;
  std::optional<Grip> grip_;  // held
  QRect bar_;                 // the colour bar, as painted last
};

// Seconds around the centre of window `index` that its value stands for.
std::pair<double, double> stretchOf(const Prediction& prediction, std::size_t index);
// The window whose stretch holds `seconds`; -1 when there is none.
int windowAt(const Prediction& prediction, double seconds);

}  // namespace chladni::widgets

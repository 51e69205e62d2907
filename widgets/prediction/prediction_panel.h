// PredictionPanel: what the model says, as bars: the classes at the playhead and those of the whole clip, each with its
// name, a bar in the colour the class has everywhere, and its probability. GUI thread only.
#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <span>

#include "core/data/prediction.h"
#include "widgets/prediction/score_pairs.h"

namespace chladni::widgets {

// What another model says, or why it says nothing (yet).
struct PredictionBeside {
  QString title;  // of the model
  std::shared_ptr<const Prediction> prediction;
  QString message;
};

class PredictionPanel : public QWidget {
  Q_OBJECT

 public:
  explicit PredictionPanel(QWidget* parent = nullptr);

  void setPrediction(std::shared_ptr<const Prediction> prediction, bool complete);
  void setPlayhead(double seconds);
  // In place of bars; empty shows them.
  void setMessage(const QString& text);
  // Beside the bars of the prediction those of another; empty: none.
  void setBeside(std::optional<PredictionBeside> beside);
  [[nodiscard]] const std::optional<PredictionBeside>& beside() const { return beside_; }
  // "flute here, clarinet there" in words: what each holds most likely at the playhead; empty where they agree or nothing is said.
  [[nodiscard]] QString disagreement() const;
  // How many classes there is room for, in each of both lists.
  [[nodiscard]] int rows() const;

  QSize sizeHint() const override { return {320, 360}; }
  QSize minimumSizeHint() const override { return {200, 120}; }

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  int paintRemark(QPainter& painter, int y, int rows, const QString& text);
  int paintBars(QPainter& painter, int y, const std::vector<ClassScore>& top);
  int paintPairs(QPainter& painter, int y, const std::vector<ScorePair>& pairs);
  int paintLegend(QPainter& painter, int y);
  int paintScores(QPainter& painter, int y, std::span<const float> scores, std::span<const float> others, int rows);
  // Of the other model at the playhead, or over the clip; empty where it says nothing.
  [[nodiscard]] std::span<const float> othersNow() const;
  [[nodiscard]] bool paired() const { return beside_ && beside_->prediction; }
  [[nodiscard]] int lineHeight() const;
  int paintTitle(QPainter& painter, int y, const QString& title, const QString& quiet);

  std::shared_ptr<const Prediction> prediction_;
  std::optional<PredictionBeside> beside_;
  bool complete_ = false;
  double playhead_ = 0.0;
  QString message_;
};

}  // namespace chladni::widgets

// CourseDock: how the strongest classes of the prediction run over time, on axes of its own. GUI thread only.
#pragma once

#include <QDockWidget>
#include <memory>

#include "core/data/prediction.h"

namespace chladni::widgets {
class CoursePlot;
}

namespace chladni::ui {

class CourseDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit CourseDock(QWidget* parent = nullptr);

  // Null: nothing to show.
  void setPrediction(std::shared_ptr<const Prediction> prediction);
  void setPlayhead(double seconds);

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);

 private:
  widgets::CoursePlot* plot_;
};

}  // namespace chladni::ui

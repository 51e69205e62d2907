// PredictionDock: the prediction panel, with a sentence for each state in which there is nothing to show. GUI thread only.
#pragma once

#include <QDockWidget>
#include <memory>

#include "core/data/prediction.h"

namespace chladni::widgets {
class PredictionPanel;
}

namespace chladni::ui {


class PredictionDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit PredictionDock(QWidget* parent = nullptr);

  void clear();
  // Below the bars.
  void setFooter(QWidget* footer);
  void setModelsInstalled(bool installed);
  void setRunning();
  void setStopped();
  void setFailure(const QString& why);
  void setPrediction(std::shared_ptr<const Prediction> prediction, bool complete);
  void setPlayhead(double seconds);

 private:
  [[nodiscard]] static QString noModel();

  widgets::PredictionPanel* panel_;
  QWidget* page_;
  bool installed_ = true;
};

}  // namespace chladni::ui

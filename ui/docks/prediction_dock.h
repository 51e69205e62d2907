// PredictionDock: the prediction panel, with a sentence for each state in which there is nothing to show. GUI thread only.
#pragma once

#include <QDockWidget>
#include <memory>
#include <optional>

#include "core/data/prediction.h"
#include "widgets/prediction/prediction_panel.h"

namespace chladni::ui {

class PredictionDock : public QDockWidget {
  Q_OBJECT

 public:
  explicit PredictionDock(QWidget* parent = nullptr);

  void clear();
  // Above and below the bars.
  void setHeader(QWidget* header);
  void setFooter(QWidget* footer);
  void setModelsInstalled(bool installed);
  void setRunning();
  void setStopped();
  void setFailure(const QString& why);
  void setPrediction(std::shared_ptr<const Prediction> prediction, bool complete);
  // Another model beside; empty: none.
  void setBeside(const std::optional<widgets::PredictionBeside>& beside);
  [[nodiscard]] widgets::PredictionPanel& panel() { return *panel_; }
  void setPlayhead(double seconds);

 private:
  [[nodiscard]] static QString noModel();

  widgets::PredictionPanel* panel_;
  QWidget* page_;
  bool installed_ = true;
};

}  // namespace chladni::ui

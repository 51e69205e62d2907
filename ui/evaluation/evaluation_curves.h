// EvaluationCurves: two pages of a report as curves: precision against recall, all classes faint and one in colour, and
// how often the model is right when it says how sure it is. The pages belong to whoever shows them. GUI thread only.
#pragma once

#include <QObject>
#include <QPointer>
#include <QWidget>
#include <optional>

#include "ui/evaluation/report.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
QT_END_NAMESPACE

namespace chladni::widgets {
class CurvePlot;
struct Curve;
}

namespace chladni::ui {

// Of the class `chosen`, or of all when it is -1.
std::vector<widgets::Curve> rankingCurves(const EvaluationReport& report, int chosen);
// The diagonal is what honest probabilities would give.
std::vector<widgets::Curve> calibrationCurves(const EvaluationReport& report);

class EvaluationCurves : public QObject {
  Q_OBJECT

 public:
  explicit EvaluationCurves(QWidget* parent);

  [[nodiscard]] QWidget& ranking() { return *ranking_; }
  [[nodiscard]] QWidget& calibration() { return *calibration_; }
  [[nodiscard]] widgets::CurvePlot& rankingPlot() { return *rankingPlot_; }
  [[nodiscard]] widgets::CurvePlot& calibrationPlot() { return *calibrationPlot_; }
  void setReport(const EvaluationReport& report);
  // -1: all.
  void choose(int index);
  // In the colours of the theme.
  void refresh();

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);

 private:
  QWidget* ranking_;
  QWidget* calibration_;
  QComboBox* classes_;
  QLabel* note_;
  QLabel* honesty_;
  widgets::CurvePlot* rankingPlot_;
  widgets::CurvePlot* calibrationPlot_;
  std::optional<EvaluationReport> report_;
};

}  // namespace chladni::ui

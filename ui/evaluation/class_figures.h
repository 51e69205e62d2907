// ClassFigures: what a report says of each class: bars, a table that sorts, curves of precision and recall, calibration.
// GUI thread only.
#pragma once

#include <QTabWidget>
#include <memory>

#include "ui/evaluation/report.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QTableWidget;
QT_END_NAMESPACE

namespace chladni::widgets {
class BarList;
}

namespace chladni::ui {

class EvaluationCurves;

class ClassFigures : public QTabWidget {
  Q_OBJECT

 public:
  explicit ClassFigures(QWidget* parent = nullptr);

  void setReport(std::shared_ptr<const EvaluationReport> report);
  [[nodiscard]] EvaluationCurves& curves() { return *curves_; }

 Q_SIGNALS:
  void classActivated(int row);
  void valueUnderCursor(const QString& text);
  void complained(const QString& why);

 private:
  QWidget* makeBars();
  QWidget* makeTable();
  QWidget* makeCorner();
  void fillTable();
  void showBars();
  void exportTable();

  std::shared_ptr<const EvaluationReport> report_;
  QTableWidget* table_ = nullptr;
  QComboBox* barFigure_ = nullptr;
  widgets::BarList* bars_ = nullptr;
  EvaluationCurves* curves_ = nullptr;
};

}  // namespace chladni::ui

// ClassFigures: what a report says of each class: bars, a table that sorts, curves of precision and recall, calibration; beside
// another report; and what sound and words contribute, where that was asked.
// GUI thread only.
#pragma once

#include <QTabWidget>
#include <filesystem>
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

class ComparePage;
class EvaluationCurves;

class ClassFigures : public QTabWidget {
  Q_OBJECT

 public:
  explicit ClassFigures(std::filesystem::path reportFolder, QWidget* parent = nullptr);

  void setReport(std::shared_ptr<const EvaluationReport> report);
  [[nodiscard]] EvaluationCurves& curves() { return *curves_; }
  [[nodiscard]] ComparePage& compare() const { return *compare_; }

 Q_SIGNALS:
  void classActivated(int row);
  void valueUnderCursor(const QString& text);
  void complained(const QString& why);

 private:
  QWidget* makeBars();
  QWidget* makeTable();
  QWidget* makeShares();
  QWidget* makeCorner();
  void fillTable();
  void fillShares();
  void showBars();
  void exportTable();

  std::shared_ptr<const EvaluationReport> report_;
  QTableWidget* table_ = nullptr;
  QTableWidget* shares_ = nullptr;
  QComboBox* barFigure_ = nullptr;
  widgets::BarList* bars_ = nullptr;
  EvaluationCurves* curves_ = nullptr;
  ComparePage* compare_ = nullptr;
};

}  // namespace chladni::ui

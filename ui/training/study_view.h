// StudyView: what a study found: its table with published values under ours, and the chosen figure over what was swept,
// drawn as that of the table. Everything leaves as CSV, JSON, PNG, SVG or PDF. Empty, it says what will be there.
// GUI thread only.
#pragma once

#include <QWidget>
#include <memory>

#include "core/runs/study_reader.h"
#include "ui/training/study_curves.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QStackedWidget;
class QTableWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class StudyView : public QWidget {
  Q_OBJECT

 public:
  explicit StudyView(QWidget* parent = nullptr);

  void setReading(std::shared_ptr<const runs::StudyReading> study);
  // By the name's end: .csv and .json the table, .png, .svg and .pdf the figure. Empty when it worked, else why not.
  QString exportTo(const QString& path);
  // Of the chosen row, or of the first that has one; empty: none has ended.
  [[nodiscard]] QString chosenModel() const;
  void showFigure(const QString& name);
  [[nodiscard]] QTableWidget& table() { return *table_; }
  [[nodiscard]] widgets::CurvePlot& plot() { return *plot_; }

 Q_SIGNALS:
  void chosenChanged();
  void valueUnderCursor(const QString& text);
  void failed(const QString& why);

 private:
  QWidget* panes(QWidget* keep);
  void refreshTable();
  void refreshFigure();
  void askAndExport();

  std::shared_ptr<const runs::StudyReading> study_;
  std::vector<StudyLine> lines_;
  QStackedWidget* pages_;
  QTableWidget* table_;
  QLabel* source_;
  QComboBox* figure_;
  widgets::CurvePlot* plot_;
};

}  // namespace chladni::ui

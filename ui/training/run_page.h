// RunPage: what the selected runs did: state and time left, a clear line when something is wrong, curves over steps, time
// or epochs, the log, the data and the recipe. The buttons of its head ask; the training dock carries out. GUI thread only.
#pragma once

#include <QWidget>
#include <vector>

#include "core/runs/run_summary.h"
#include "core/runs/study_reader.h"
#include "ui/training/curves_page.h"

QT_BEGIN_NAMESPACE
class QPlainTextEdit;
class QTabWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class FilmStrip;
class RunHead;
class StudyView;

class RunPage : public QWidget {
  Q_OBJECT

 public:
  explicit RunPage(QWidget* parent = nullptr);

  // The first is told about in words; all are drawn.
  void setRuns(std::vector<runs::RunSummary> runs, std::vector<ShownRun> shown);
  // A study in their place: its table and figure, and the mean of each combination over the folds with a band; null while
  // it is being read.
  void setStudy(runs::RunSummary summary, std::shared_ptr<const runs::StudyReading> study);
  // Of the first run; empty text: not known yet.
  void setRecipeText(const QString& text);
  void showTab(int index);
  [[nodiscard]] QString findingText() const;
  // Whose buttons ask.
  [[nodiscard]] RunHead& head() { return *head_; }
  [[nodiscard]] StudyView& study() { return *studyView_; }
  [[nodiscard]] FilmStrip& strip() { return *strip_; }
  [[nodiscard]] widgets::CurvePlot& lossPlot() { return curves_->lossPlot(); }
  [[nodiscard]] widgets::CurvePlot& figurePlot() { return curves_->figurePlot(); }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void failed(const QString& why);

 private:
  void refreshHead();
  void refreshLog();
  void refreshStrip();
  void refreshData();
  void refreshStudyTexts();
  void showTabsOf(bool study);

  std::vector<runs::RunSummary> runs_;
  std::vector<ShownRun> shown_;
  bool ofStudy_ = false;
  std::shared_ptr<const runs::StudyReading> studyRead_;
  std::size_t logLines_ = 0;
  QString logOf_;

  RunHead* head_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  CurvesPage* curves_ = nullptr;
  FilmStrip* strip_ = nullptr;
  StudyView* studyView_ = nullptr;
  QPlainTextEdit* log_ = nullptr;
  QPlainTextEdit* data_ = nullptr;
  QPlainTextEdit* recipe_ = nullptr;
};

}  // namespace chladni::ui

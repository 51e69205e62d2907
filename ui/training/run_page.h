// RunPage: what the selected runs did: state and time left, a clear line when something is wrong, curves over steps, time
// or epochs, the log, the data and the recipe. The buttons of its head ask; the training dock carries out. GUI thread only.
#pragma once

#include <QWidget>
#include <map>
#include <utility>
#include <vector>

#include "core/runs/run_summary.h"
#include "core/runs/study_reader.h"
#include "ui/training/run_curves.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QGridLayout;
class QLabel;
class QPlainTextEdit;
class QSlider;
class QStackedWidget;
class QTabWidget;
class QCheckBox;
QT_END_NAMESPACE

namespace chladni::widgets {
class CurvePlot;
}

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
  [[nodiscard]] widgets::CurvePlot& lossPlot() { return *loss_; }
  [[nodiscard]] widgets::CurvePlot& figurePlot() { return *figures_; }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void failed(const QString& why);

 private:
  QWidget* makeCurves();
  widgets::CurvePlot* makePlot(const QString& title, const QString& y, QGridLayout* grid, int row, int column, int rows);
  void refreshHead();
  void refreshCurves();
  void refreshLog();
  void refreshStrip();
  void refreshData();
  void refreshStudyTexts();
  void offerFigures(const QStringList& names, const QString& usual);
  void showTabsOf(bool study);
  [[nodiscard]] CurveChoice choice() const;

  std::vector<runs::RunSummary> runs_;
  std::vector<ShownRun> shown_;
  bool ofStudy_ = false;
  std::shared_ptr<const runs::StudyReading> studyRead_;
  std::size_t logLines_ = 0;
  QString logOf_;
  bool shares_ = false;  // the figures on show lie between 0 and 1

  std::map<widgets::CurvePlot*, std::pair<QString, QLabel*>> titles_;
  RunHead* head_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  QComboBox* axis_ = nullptr;
  QComboBox* figure_ = nullptr;
  QSlider* smoothing_ = nullptr;
  QCheckBox* logarithmic_ = nullptr;
  widgets::CurvePlot* loss_ = nullptr;
  widgets::CurvePlot* figures_ = nullptr;
  widgets::CurvePlot* rate_ = nullptr;
  widgets::CurvePlot* speed_ = nullptr;
  FilmStrip* strip_ = nullptr;
  StudyView* studyView_ = nullptr;
  QPlainTextEdit* log_ = nullptr;
  QPlainTextEdit* data_ = nullptr;
  QPlainTextEdit* recipe_ = nullptr;
};

}  // namespace chladni::ui

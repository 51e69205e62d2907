// CurvesPage: curves of runs, or of a study, over steps, minutes or epochs: loss, held-out figures, rate and speed, smoothed
// as wanted. Its controls are a widget of their own, for the corner of the tabs. GUI thread only.
#pragma once

#include <QWidget>
#include <memory>
#include <vector>

#include "core/runs/study_reader.h"
#include "ui/training/run_curves.h"

QT_BEGIN_NAMESPACE
class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QSlider;
QT_END_NAMESPACE

namespace chladni::widgets {
class CurvePlot;
}

namespace chladni::ui {

class CurvesPage : public QWidget {
  Q_OBJECT

 public:
  explicit CurvesPage(QWidget* parent);

  // To be placed by the owner.
  [[nodiscard]] QWidget& controls() { return *controls_; }
  void showRuns(std::vector<ShownRun> runs);
  // Null while it is being read.
  void showStudy(std::shared_ptr<const runs::StudyReading> study);
  [[nodiscard]] widgets::CurvePlot& lossPlot() { return *loss_.plot; }
  [[nodiscard]] widgets::CurvePlot& figurePlot() { return *figures_.plot; }

 Q_SIGNALS:
  void valueUnderCursor(const QString& text);
  void failed(const QString& why);

 private:
  struct Titled {
    QString title;
    QLabel* label = nullptr;
    widgets::CurvePlot* plot = nullptr;
  };
  struct Place {
    int row, column, rows;
  };
  QWidget* makeControls(QWidget* parent);
  Titled makePlot(const QString& title, QGridLayout& grid, Place place);
  void offerFigures(const QStringList& names, const QString& usual);
  [[nodiscard]] CurveChoice choice() const;
  [[nodiscard]] bool reading() const;
  void refresh();
  void fill(const Titled& into, Curves curves, const QString& nothing);
  void limitFigures(const Curves& figures);

  std::vector<ShownRun> runs_;
  std::shared_ptr<const runs::StudyReading> study_;
  bool ofStudy_ = false;
  bool shares_ = false;  // the figures on show lie between 0 and 1

  QComboBox* axis_ = nullptr;
  QComboBox* figure_ = nullptr;
  QSlider* smoothing_ = nullptr;
  QCheckBox* logarithmic_ = nullptr;
  QWidget* controls_;
  Titled loss_, figures_, rate_, speed_;
};

}  // namespace chladni::ui

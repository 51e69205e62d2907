// ReviewPage: what a new run would be, before it is started: its name, what was chosen and changed, what it costs on this
// machine (measured by a few steps), and the same on the command line. GUI thread only.
#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/runs/data_check.h"
#include "core/runs/run_desk.h"
#include "core/runs/run_estimate.h"
#include "core/training/recipe.h"
#include "core/training/study.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
QT_END_NAMESPACE

namespace chladni::ui {

class RunProbe;

// What the other pages say together.
struct RunPlan {
  training::Recipe preset;                 // what the settings began as
  std::optional<training::Recipe> recipe;  // nothing while something is wrong
  std::vector<training::SweepAxis> sweep;
  QString sweepWords;
  std::int64_t runs = 0;  // how many it will be; 0 while something is wrong
  QString data, start;    // as people know them
  std::optional<runs::DataCheck> check;
  bool dataReady = false;  // looked at and nothing wrong
};

class ReviewPage : public QWidget {
  Q_OBJECT

 public:
  explicit ReviewPage(const runs::RunDesk& desk, QWidget* parent = nullptr);
  // The cost is measured by itself once for each recipe that could be started.
  void setPlan(const RunPlan& plan);
  [[nodiscard]] QString name() const;
  void setName(const QString& name);
  // A name that a person typed stays when another preset is chosen.
  [[nodiscard]] bool namedByHand() const { return namedByHand_; }
  void keepName() { namedByHand_ = true; }
  // What is said about time, memory and disk.
  [[nodiscard]] QString estimateText() const;
  void stopMeasuring();

 Q_SIGNALS:
  void nameEdited();

 private:
  [[nodiscard]] QString tableOf(const RunPlan& plan) const;
  [[nodiscard]] QString commandOf(const RunPlan& plan) const;
  void measure();
  void refreshMeasure();
  void showEstimate(const runs::RunEstimate& estimate);

  const runs::RunDesk& desk_;
  RunPlan plan_;
  bool namedByHand_ = false;
  std::optional<training::Recipe> measured_;  // whose estimate is on show, or on its way
  RunProbe* probe_;
  QLineEdit* name_;
  QLabel* review_;
  QPlainTextEdit* command_;
  QLabel* estimate_;
  QPushButton* measure_;
};

}  // namespace chladni::ui

// EvaluationDock: how good is a model on labelled media? Runs `chladni-cli evaluate` as a process of its own and shows its
// report: figures, a table and bars of the classes, the confusion matrix, and the clips behind a cell, which open at the
// spot. Reports are kept and can be opened again. GUI thread only.
#pragma once

#include <QDockWidget>
#include <filesystem>
#include <memory>
#include <vector>

#include "core/inference/model_spec.h"
#include "core/jobs/job_queue.h"
#include "ui/bridge/gui_post.h"
#include "ui/evaluation/report.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QLineEdit;
class QListWidget;
class QProgressBar;
class QPushButton;
class QTableWidget;
class QTabWidget;
QT_END_NAMESPACE

namespace chladni::widgets {
class BarList;
class ConfusionView;
}

namespace chladni::ui {

class EvaluationCurves;
class ProgramCall;

class EvaluationDock : public QDockWidget {
  Q_OBJECT

 public:
  EvaluationDock(std::filesystem::path program, std::filesystem::path reportFolder, QWidget* parent = nullptr);
  ~EvaluationDock() override;

  // Classifiers among them are offered.
  void setModels(const std::vector<inference::ModelSpec>& models, const QString& preferredFolder);
  void setManifest(const QString& path);
  void evaluate();
  void openReport(const std::filesystem::path& path);
  [[nodiscard]] bool busy() const { return reading_ || running(); }
  [[nodiscard]] bool running() const;
  [[nodiscard]] const EvaluationReport* report() const { return report_ ? &*report_ : nullptr; }
  [[nodiscard]] widgets::ConfusionView& matrix() { return *matrix_; }
  [[nodiscard]] EvaluationCurves& curves() { return *curves_; }
  void showClips(int truth, int predicted);

 Q_SIGNALS:
  // Seconds; the whole recording when to is not above from.
  void openRequested(const QString& path, double from, double to);
  void valueUnderCursor(const QString& text);
  void failed(const QString& why);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QWidget* makeSide();
  QWidget* makeClasses();
  QWidget* makeMatrix();
  void read(std::string json, const std::filesystem::path& manifest);
  void show(EvaluationReport report);
  void showBars();
  void showFigures();
  void say(const QString& text, bool bad);
  void colourMessage();
  void refresh();
  void exportMatrix();
  void exportTable();

  const std::filesystem::path reportFolder_;
  std::optional<EvaluationReport> report_;
  std::filesystem::path reportPath_;
  bool reading_ = false;

  QComboBox* model_ = nullptr;
  QLineEdit* manifest_ = nullptr;
  QComboBox* split_ = nullptr;
  QPushButton* run_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* message_ = nullptr;
  bool messageBad_ = false;
  QLabel* figures_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  QTableWidget* table_ = nullptr;
  QComboBox* barFigure_ = nullptr;
  widgets::BarList* bars_ = nullptr;
  EvaluationCurves* curves_ = nullptr;
  widgets::ConfusionView* matrix_ = nullptr;
  QLabel* matrixNote_ = nullptr;
  QLabel* clipsTitle_ = nullptr;
  QListWidget* clips_ = nullptr;
  ProgramCall* call_;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui

// EvaluationDock: how good is a model on labelled media? Runs `chladni-cli evaluate` as a process of its own and shows its
// report: figures of the whole here, of the classes in ClassFigures, and in MatrixPage who is taken for whom, down to the
// clips. Reports are kept and can be opened again. GUI thread only.
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
class QCheckBox;
class QComboBox;
class QLabel;
class QLayout;
class QLineEdit;
class QProgressBar;
class QPushButton;
QT_END_NAMESPACE

namespace chladni::widgets {
class ConfusionView;
}

namespace chladni::ui {

class ClassFigures;
class EvaluationCurves;
class MatrixPage;
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
  [[nodiscard]] bool busy() const;
  [[nodiscard]] bool running() const;
  [[nodiscard]] const EvaluationReport* report() const { return report_.get(); }
  [[nodiscard]] widgets::ConfusionView& matrix();
  [[nodiscard]] EvaluationCurves& curves();
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
  QLayout* makeForm(QWidget* side);
  QLayout* makeDataRow(QWidget* side);
  QLayout* makeButtons(QWidget* side);
  void read(std::string json, const std::filesystem::path& manifest);
  void show(EvaluationReport report);
  void showFigures();
  void say(const QString& text, bool bad);
  void colourMessage();
  void refresh();

  const std::filesystem::path reportFolder_;
  std::shared_ptr<const EvaluationReport> report_;
  std::filesystem::path reportPath_;
  std::filesystem::path asked_;  // the manifest of the evaluation that runs
  bool reading_ = false;

  QComboBox* model_ = nullptr;
  QLineEdit* manifest_ = nullptr;
  QComboBox* split_ = nullptr;
  QCheckBox* shares_ = nullptr;
  QPushButton* run_ = nullptr;
  QProgressBar* progress_ = nullptr;
  QLabel* message_ = nullptr;
  bool messageBad_ = false;
  QLabel* figures_ = nullptr;
  ClassFigures* classes_ = nullptr;
  MatrixPage* matrix_ = nullptr;
  ProgramCall* call_;
  GuiPost post_;
  std::unique_ptr<jobs::JobQueue> queue_;
};

}  // namespace chladni::ui

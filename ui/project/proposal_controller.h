// ProposalController: from the probabilities on show to labels that wait for a person's word. While it is active the class
// lane shows what the settings would propose, live; "turn into labels" keeps that in the project as one step.
// The settings stand in a bar of their own. GUI thread only.
#pragma once

#include <QObject>
#include <QToolBar>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/analysis/proposals.h"
#include "core/inference/model_registry.h"
#include "ui/actions/action_catalogue.h"

QT_BEGIN_NAMESPACE
class QDoubleSpinBox;
class QLabel;
class QMainWindow;
QT_END_NAMESPACE

namespace chladni::widgets {
class ClassLane;
}

namespace chladni::ui {

class LabelController;
class ProjectWorker;

struct ModelChoice {
  std::shared_ptr<const inference::ModelRegistry> registry;
  inference::RuntimeOptions runtime;
  std::string package;  // its folder, or its name
};

class ProposalController : public QObject {
  Q_OBJECT

 public:
  ProposalController(QMainWindow& window, widgets::ClassLane& lane, LabelController& labels, ProjectWorker& worker, QObject* parent);

  // Their keys work while `within` has the focus.
  void addActions(ActionCatalogue& actions, QMenu* menu, QWidget* within);
  void setActive(bool active);
  [[nodiscard]] bool active() const { return active_; }
  void setOptions(const analysis::ProposalOptions& options);
  [[nodiscard]] const analysis::ProposalOptions& options() const { return options_; }
  [[nodiscard]] const std::vector<analysis::Proposal>& proposals() const { return proposals_; }
  void turnIntoLabels();
  // All that wait on the active track and are at least as sure as the selected one, or as the threshold.
  void acceptAll();
  // Which model goes over the whole project; none while nothing can be loaded.
  void setModels(std::function<std::optional<ModelChoice>()> choice) { choice_ = std::move(choice); }
  // The settings on show, for every file that has no proposals of this model yet; finished files are kept when cancelled.
  void proposeAll();

 Q_SIGNALS:
  void optionsChanged();
  void noticed(const QString& message);
  void failed(const QString& message);

 private:
  void buildBar();
  QDoubleSpinBox* field(const QString& name, const QString& label, double most, double step, const QString& suffix, double analysis::ProposalOptions::*value);
  void preview();
  void refreshBar();

  QMainWindow& window_;
  widgets::ClassLane& lane_;
  LabelController& labels_;
  ProjectWorker& worker_;
  std::function<std::optional<ModelChoice>()> choice_;
  QToolBar* bar_;
  QLabel* summary_;
  std::vector<std::pair<QDoubleSpinBox*, double analysis::ProposalOptions::*>> fields_;
  ActionCatalogue* actions_ = nullptr;
  bool active_ = false;
  analysis::ProposalOptions options_;
  std::vector<analysis::Proposal> proposals_;
};

}  // namespace chladni::ui

// DeskMemory: what proposing and snapping were set to, the next time as well. How labels snap is a habit of the person; what
// is proposed depends on the material, so that an open project keeps its own settings and gives the person's last ones
// to a new project. GUI thread only.
#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>

namespace chladni::ui {

class LabelController;
class ProposalController;
class SnapController;
class WorkspaceSettings;

class DeskMemory : public QObject {
  Q_OBJECT

 public:
  // After the actions of the controllers are there. Sets them to what is remembered.
  DeskMemory(WorkspaceSettings& settings, LabelController& labels, ProposalController& proposals, SnapController& snapping, QObject* parent);
  ~DeskMemory() override;

 private:
  void recall();
  void projectMayHaveChanged();
  void keepProposals();
  void keepSnapping();

  WorkspaceSettings& settings_;
  LabelController& labels_;
  ProposalController& proposals_;
  SnapController& snapping_;
  std::filesystem::path project_;
  QTimer later_;  // a threshold is dragged through many values
};

}  // namespace chladni::ui

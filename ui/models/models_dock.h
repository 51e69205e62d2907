// ModelsDock: the packages that are there: card, figures, size and place of each; verify, import with the report of every
// tensor, remove with a way back, use, and make one the first choice of the window. What is heavy is a process of its
// own. GUI thread only.
#pragma once

#include <QDockWidget>
#include <filesystem>
#include <vector>

#include "core/inference/model_spec.h"
#include "ui/workspace/model_memory.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QListWidget;
class QListWidgetItem;
class QProgressBar;
class QPushButton;
class QStackedWidget;
class QToolButton;
QT_END_NAMESPACE

namespace chladni::ui {

class CheckpointImport;
class GenreNote;
class ModelFacts;
class ProgramCall;
class WorkspaceSettings;

class ModelsDock : public QDockWidget {
  Q_OBJECT

 public:
  ModelsDock(std::filesystem::path program, WorkspaceSettings& settings, QWidget* parent = nullptr);
  ~ModelsDock() override;

  void setModels(std::vector<inference::ModelSpec> models, const QString& current);
  void select(const QString& folder);
  // That checkpoints can be imported for.
  void setFamilies(const QStringList& families) { families_ = families; }
  void verify();
  void importDialog();
  void publishedDialog();
  [[nodiscard]] CheckpointImport& checkpoints() { return *import_; }
  void remove();
  void undoRemove();
  [[nodiscard]] bool busy() const;
  [[nodiscard]] QString message() const;

 Q_SIGNALS:
  void useRequested(const QString& folder);
  void listWanted();  // packages came or went
  void trainingWanted(const QString& preset);
  void failed(const QString& why);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  QWidget* makeSide();
  QWidget* makePage();
  void showCurrent();
  void say(const QString& text, bool bad);
  void colourMessage();
  void refreshButtons();
  [[nodiscard]] const inference::ModelSpec* current() const;
  // What it can be the first choice for; what it is.
  [[nodiscard]] static std::vector<ModelRole> possibleRoles(const inference::ModelSpec& spec);
  [[nodiscard]] std::vector<ModelRole> defaultRoles(const inference::ModelSpec& spec) const;
  void toggleDefault();

  WorkspaceSettings& settings_;
  std::vector<inference::ModelSpec> models_;
  QStringList families_;
  QString used_;  // name of the model in use
  std::pair<std::filesystem::path, std::filesystem::path> removed_;  // was, lies

  QListWidget* list_ = nullptr;
  GenreNote* genreNote_ = nullptr;  // while nothing here names genres
  QLabel* title_ = nullptr;
  ModelFacts* text_ = nullptr;
  QLabel* message_ = nullptr;
  bool messageBad_ = false;
  QProgressBar* progress_ = nullptr;
  QToolButton* use_ = nullptr;
  QToolButton* default_ = nullptr;
  QToolButton* verify_ = nullptr;
  QToolButton* remove_ = nullptr;
  QPushButton* undo_ = nullptr;
  ProgramCall* verifying_;
  CheckpointImport* import_;
};

}  // namespace chladni::ui

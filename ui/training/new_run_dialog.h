// NewRunDialog: from family and preset over data and start to a checked recipe with a name. Nothing is started here: the
// dialog gives the recipe, which `chladni-cli train --recipe FILE` runs unchanged. GUI thread only.
#pragma once

#include <QDialog>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/inference/model_spec.h"
#include "core/training/recipe.h"
#include "ui/training/runs_controller.h"

QT_BEGIN_NAMESPACE
class QBoxLayout;
class QLabel;
class QListWidget;
class QPushButton;
class QStackedWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class DataPage;
class PresetPage;
class RecipeForm;
class ReviewPage;
class SettingsPage;
class StartPage;
class SweepEditor;
struct RunPlan;

class NewRunDialog : public QDialog {
  Q_OBJECT

 public:
  NewRunDialog(const runs::RunDesk& desk, std::vector<inference::ModelSpec> models, const std::filesystem::path& project,
               QWidget* parent = nullptr);

  // Of a run to clone, with what it swept.
  void setRecipe(const training::Recipe& recipe, const QString& name, const std::vector<training::SweepAxis>& sweep = {});
  void showPage(int page);
  [[nodiscard]] int page() const;
  [[nodiscard]] static int pages();
  [[nodiscard]] DataPage& data() { return *data_; }
  [[nodiscard]] RecipeForm& form();
  void choosePreset(const QString& name);

  // What the pages say together; the first thing that is wrong otherwise.
  [[nodiscard]] Result<training::Recipe> recipe() const;
  [[nodiscard]] QString name() const;
  // The fields to sweep, each with its values.
  [[nodiscard]] Result<std::vector<training::SweepAxis>> sweep() const;
  // How many runs it will be; 0 while something is wrong.
  [[nodiscard]] std::int64_t runsInAll() const;
  [[nodiscard]] SweepEditor& sweepEditor();
  // What the review says about time, memory and disk.
  [[nodiscard]] QString estimateText() const;

 Q_SIGNALS:
  void ready(const QString& name, const chladni::training::Recipe& recipe, chladni::ui::Beginning beginning, const std::vector<chladni::training::SweepAxis>& sweep);

 private:
  [[nodiscard]] QWidget* dataPage();
  [[nodiscard]] QBoxLayout* buttonRow();
  void connectPages();
  void presetChosen();
  void refresh();
  [[nodiscard]] RunPlan plan() const;
  void finish(Beginning beginning);
  void saveRecipe();

  const runs::RunDesk& desk_;
  const std::vector<inference::ModelSpec> models_;
  const std::filesystem::path project_;
  training::Recipe base_;    // the preset
  training::Recipe recipe_;  // what no page edits
  bool filling_ = false;

  QListWidget* steps_;
  QStackedWidget* pages_;
  PresetPage* preset_;
  DataPage* data_ = nullptr;
  StartPage* start_;
  SettingsPage* settings_;
  ReviewPage* review_;
  QLabel* problem_;
  QPushButton* back_;
  QPushButton* next_;
  QPushButton* save_;
  QPushButton* queue_;
  QPushButton* begin_;
};

}  // namespace chladni::ui

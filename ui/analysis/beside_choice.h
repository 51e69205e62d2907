// BesideChoice: which model's answers stand beside those of the chosen one, above the predictions. It has the other model go
// over the file on show unless its answer is known, hands the answer to the dock, and says there why there is none.
// GUI thread only.
#pragma once

#include <QWidget>
#include <functional>
#include <optional>

#include "ui/analysis/analysis_controller.h"

QT_BEGIN_NAMESPACE
class QComboBox;
QT_END_NAMESPACE

namespace chladni::ui {

class PredictionDock;

class BesideChoice : public QWidget {
  Q_OBJECT

 public:
  BesideChoice(AnalysisController& analysis, Library& library, PredictionDock& dock, QWidget* parent);

  // Of the first model that fits, when models are listed.
  void setFirstChoice(std::function<bool(const inference::ModelSpec&)> wanted) { wanted_ = std::move(wanted); }
  // Whether files are analysed without being asked to; if not, only analyse() and a choice ask.
  void setAutomatic(std::function<bool()> automatic) { automatic_ = std::move(automatic); }
  void setFile(std::optional<FileId> file);
  void analyse() { refresh(true); }
  // Empty: none.
  [[nodiscard]] const std::string& model() const { return model_; }
  void choose(const std::string& model);

 Q_SIGNALS:
  // By the person. Null: none.
  void chosen(const chladni::inference::ModelSpec* spec);

 private:
  void refreshModels();
  void refresh(bool ask);
  [[nodiscard]] bool automatic() const { return !automatic_ || automatic_(); }
  void tell(const QString& message);
  [[nodiscard]] const inference::ModelSpec* spec() const;

  AnalysisController& analysis_;
  Library& library_;
  PredictionDock& dock_;
  QComboBox* models_;
  std::function<bool(const inference::ModelSpec&)> wanted_;
  std::function<bool()> automatic_;
  std::string model_;
  std::optional<FileId> file_;
  std::optional<std::pair<FileId, std::string>> asked_;  // file and package of the newest question
};

}  // namespace chladni::ui

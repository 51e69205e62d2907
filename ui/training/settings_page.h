// SettingsPage: the settings of a recipe, what differs from its preset marked, and what of them is swept. GUI thread only.
#pragma once

#include <QWidget>

#include "core/training/recipe.h"

QT_BEGIN_NAMESPACE
class QCheckBox;
class QLineEdit;
QT_END_NAMESPACE

namespace chladni::ui {

class RecipeForm;
class SweepEditor;

class SettingsPage : public QWidget {
  Q_OBJECT

 public:
  explicit SettingsPage(QWidget* parent = nullptr);

  void setRecipe(const training::Recipe& recipe, const training::Recipe& preset);
  [[nodiscard]] RecipeForm& form() { return *form_; }
  [[nodiscard]] const RecipeForm& form() const { return *form_; }
  [[nodiscard]] SweepEditor& sweep() { return *sweep_; }
  [[nodiscard]] const SweepEditor& sweep() const { return *sweep_; }

 Q_SIGNALS:
  void changed();

 private:
  QLineEdit* filter_;
  QCheckBox* changedOnly_;
  RecipeForm* form_;
  SweepEditor* sweep_;
};

}  // namespace chladni::ui

// RecipeForm: every field of a recipe as an editor with its unit, range and a line of help, made from the one table of
// fields (training::recipeFields), grouped as it is. What differs from the preset is marked and can be set back. A value
// that the table does not allow is said beside its editor. GUI thread only.
#pragma once

#include <QScrollArea>
#include <functional>
#include <optional>
#include <vector>

#include "core/training/recipe.h"

QT_BEGIN_NAMESPACE
class QLabel;
class QToolButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace chladni::ui {

class RecipeForm : public QScrollArea {
  Q_OBJECT

 public:
  // Fields that are asked for elsewhere are left out.
  explicit RecipeForm(std::vector<std::string_view> leftOut, QWidget* parent = nullptr);

  // `base` is what changes are marked against: the preset.
  void setRecipe(const training::Recipe& recipe, const training::Recipe& base);
  // With what is in the editors; the first wrong field otherwise.
  [[nodiscard]] Result<training::Recipe> recipe() const;
  // Only rows whose name or help has the words; empty shows all.
  void setFilter(const QString& words, bool changedOnly);
  [[nodiscard]] int changedFields() const;

 Q_SIGNALS:
  void changed();

 private:
  struct Row {
    const training::RecipeField* field = nullptr;
    QWidget* editor = nullptr;
    std::function<QString()> text;
    std::function<void(const QString&)> setText;
    QLabel* name = nullptr;
    QLabel* help = nullptr;
    QToolButton* reset = nullptr;
    QWidget* line = nullptr;
    QLabel* group = nullptr;
  };
  void addRow(const training::RecipeField& field, QWidget* parent, QVBoxLayout* column, QLabel* group);
  void makeEditor(Row& row, QWidget* parent);
  void edited(std::size_t row);
  void refresh(Row& row);

  training::Recipe start_;
  training::Recipe base_;
  std::vector<Row> rows_;
  bool filling_ = false;
};

QString spokenName(std::string_view field);  // "learning rate" and the like: underscores are spaces

}  // namespace chladni::ui

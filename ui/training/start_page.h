// StartPage: the weights that a run begins with, from nothing or a package of its family, and the title of the model that
// results. GUI thread only.
#pragma once

#include <QWidget>
#include <vector>

#include "core/inference/model_spec.h"
#include "core/training/recipe.h"

QT_BEGIN_NAMESPACE
class QLineEdit;
class QListWidget;
QT_END_NAMESPACE

namespace chladni::ui {

class StartPage : public QWidget {
  Q_OBJECT

 public:
  explicit StartPage(QWidget* parent = nullptr);

  // Lists what `recipe` can start from among `models` and chooses what it names, without telling.
  void list(const training::Recipe& recipe, const std::vector<inference::ModelSpec>& models);
  [[nodiscard]] std::string start() const;  // a folder or a name; empty: from nothing
  [[nodiscard]] QString startTitle() const;
  [[nodiscard]] QString title() const;
  void setTitle(const QString& title);

 Q_SIGNALS:
  void changed();

 private:
  void add(const QString& title, const QString& about, const QString& start);

  QListWidget* starts_;
  QLineEdit* title_;
};

}  // namespace chladni::ui

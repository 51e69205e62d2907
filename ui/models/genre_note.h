// GenreNote: the one task of the program that comes without a model, why, and the way to train one. GUI thread only.
#pragma once

#include <QWidget>
#include <vector>

#include "core/inference/model_spec.h"

namespace chladni::ui {

class GenreNote : public QWidget {
  Q_OBJECT

 public:
  explicit GenreNote(QWidget* parent = nullptr);
  // Whether one of them names genres.
  static bool genresIn(const std::vector<inference::ModelSpec>& models);

 Q_SIGNALS:
  void trainingWanted(const QString& preset);
};

}  // namespace chladni::ui

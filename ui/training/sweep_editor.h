// SweepEditor: what makes several runs of one recipe: folds, and fields with the values to try for each, every combination
// a run. It knows the fields of recipes and what each accepts; what is wrong is said in one line. GUI thread only.
#pragma once

#include <QWidget>
#include <vector>

#include "core/training/study.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLineEdit;
class QSpinBox;
class QToolButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace chladni::ui {

class SweepEditor : public QWidget {
  Q_OBJECT

 public:
  explicit SweepEditor(QWidget* parent = nullptr);

  // The field that a first row begins with.
  void setUsualField(const QString& field) { usual_ = field; }
  void setFolds(std::int64_t folds);
  [[nodiscard]] std::int64_t folds() const;
  void setAxes(const std::vector<training::SweepAxis>& axes);
  // Rows without values count for nothing.
  [[nodiscard]] Result<std::vector<training::SweepAxis>> axes() const;
  // The first thing that is wrong, also in any combination with this recipe (null: only the rows); empty when all is well.
  [[nodiscard]] QString problem(const training::Recipe* recipe) const;
  // "mask ratio 0.25, 0.5, 0.75 · 5 folds"
  [[nodiscard]] QString words() const;
  // As --sweep takes it: "mask_ratio=0.25,0.5".
  [[nodiscard]] static QString text(const training::SweepAxis& axis);

 Q_SIGNALS:
  void changed();

 private:
  struct Row {
    QWidget* line = nullptr;
    QComboBox* field = nullptr;
    QLineEdit* values = nullptr;
  };
  Row& addRow();
  void clearRows();
  void removeRow(QWidget* line);
  void refresh();

  QString usual_ = QStringLiteral("rate");
  QSpinBox* folds_;
  QToolButton* more_;
  QVBoxLayout* column_;
  std::vector<Row> rows_;
};

}  // namespace chladni::ui

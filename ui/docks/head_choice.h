// HeadChoice: which layer and which head of a model an attention map shows: two boxes side by side, filled anew for each
// model. GUI thread only.
#pragma once

#include <QWidget>

#include "core/inference/model_family.h"

QT_BEGIN_NAMESPACE
class QComboBox;
QT_END_NAMESPACE

namespace chladni::ui {

class HeadChoice : public QWidget {
  Q_OBJECT

 public:
  explicit HeadChoice(QWidget* parent = nullptr);

  // None of either: there is nothing to choose. The last layer and the mean of its heads are chosen.
  void setModel(int layers, int heads);
  [[nodiscard]] int layers() const;
  // One head of one layer.
  void choose(int layer, int head);
  // Writes what is chosen into `request` and leaves the query alone.
  void readInto(inference::AttentionRequest& request) const;

 Q_SIGNALS:
  void changed();  // by the user

 private:
  void refreshLayer();

  QComboBox* layer_;
  QComboBox* head_;
};

}  // namespace chladni::ui

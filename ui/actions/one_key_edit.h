// OneKeyEdit: a field that takes the next key pressed in it, with its modifiers, at once; another key replaces it. Tab goes
// on to the next part of the dialog, as everywhere. GUI thread only.
#pragma once

#include <QKeySequenceEdit>

namespace chladni::ui {

class OneKeyEdit : public QKeySequenceEdit {
  Q_OBJECT

 public:
  explicit OneKeyEdit(QWidget* parent) : QKeySequenceEdit(parent) {}

  // Without a key, waiting for one.
  void begin();

 Q_SIGNALS:
  void keyChanged(const QKeySequence& key);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
};

}  // namespace chladni::ui

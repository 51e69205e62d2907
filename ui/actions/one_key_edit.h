// OneKeyEdit: a field that takes the next key pressed in it, with its modifiers, at once; another key replaces it. Tab goes
// on to the next part of the dialog, as everywhere. GUI thread only.
#pragma once

#include <QKeySequenceEdit>

namespace chladni::ui {

class OneKeyEdit : public QKeySequenceEdit {
  Q_OBJECT

 public:
  using QKeySequenceEdit::QKeySequenceEdit;

 Q_SIGNALS:
  void keyChanged(const QKeySequence& key);

 protected:
  void keyPressEvent(QKeyEvent* event) override {
    QKeySequenceEdit::keyPressEvent(event);
    // Qt waits for three more keys.
    if (!keySequence().isEmpty()) setKeySequence(QKeySequence(keySequence()[keySequence().count() - 1]));
    Q_EMIT keyChanged(keySequence());
  }
};

}  // namespace chladni::ui

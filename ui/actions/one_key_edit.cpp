#include "ui/actions/one_key_edit.h"

#include <QLineEdit>

namespace chladni::ui {

void OneKeyEdit::begin() {
  clear();
  if (auto* line = findChild<QLineEdit*>()) line->setPlaceholderText(tr("press it here"));
}

void OneKeyEdit::keyPressEvent(QKeyEvent* event) {
  QKeySequenceEdit::keyPressEvent(event);
  // Qt waits for three more keys.
  if (!keySequence().isEmpty()) setKeySequence(QKeySequence(keySequence()[keySequence().count() - 1]));
  Q_EMIT keyChanged(keySequence());
}

}  // namespace chladni::ui

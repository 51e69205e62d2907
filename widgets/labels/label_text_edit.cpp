#include "widgets/labels/label_text_edit.h"

#include <QCompleter>
#include <QFocusEvent>
#include <QKeyEvent>
#include <utility>

namespace chladni::widgets {

LabelTextEdit::LabelTextEdit(QWidget* parent) : QLineEdit(parent) {
  setObjectName("labelText");
  setAccessibleName(tr("Text of the label"));
  hide();
  connect(this, &QLineEdit::returnPressed, this, [this] {
    finish(true);
    parentWidget()->setFocus();
  });
}

void LabelTextEdit::open(const QString& text, const QStringList& suggestions) {
  delete completer();
  auto* offered = new QCompleter(suggestions, this);
  offered->setCaseSensitivity(Qt::CaseInsensitive);
  offered->setFilterMode(Qt::MatchContains);
  setCompleter(offered);
  setText(text);
  selectAll();
  before_ = text;
  open_ = true;
  show();
  setFocus();
}

void LabelTextEdit::finish(bool keep) {
  if (!std::exchange(open_, false)) return;
  hide();
  if (keep) Q_EMIT entered(text().trimmed());
}

// Whatever is written: what there is to choose from.
void LabelTextEdit::offerAll() {
  completer()->setCompletionPrefix({});
  completer()->complete();
}

bool LabelTextEdit::event(QEvent* event) {
  // The window has a key of its own for it; in here it takes the words back.
  if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) event->accept();
  return QLineEdit::event(event);
}

void LabelTextEdit::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Down) return offerAll();
  if (event->key() != Qt::Key_Escape) return QLineEdit::keyPressEvent(event);
  finish(false);
  parentWidget()->setFocus();
}

void LabelTextEdit::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  const bool stays = event->reason() == Qt::PopupFocusReason || event->reason() == Qt::ActiveWindowFocusReason;
  if (!stays) finish(text() != before_);
}

}  // namespace chladni::widgets

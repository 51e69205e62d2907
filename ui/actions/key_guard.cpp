#include "ui/actions/key_guard.h"

#include <QAbstractSpinBox>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTextEdit>

namespace chladni::ui {
namespace {

bool takesText(const QWidget* widget) {
  return qobject_cast<const QLineEdit*>(widget) != nullptr || qobject_cast<const QAbstractSpinBox*>(widget) != nullptr ||
         qobject_cast<const QTextEdit*>(widget) != nullptr || qobject_cast<const QPlainTextEdit*>(widget) != nullptr;
}

}  // namespace

KeyGuard::KeyGuard(const QWidget& lanes, QObject* parent) : QObject(parent), lanes_(lanes) { qApp->installEventFilter(this); }

bool KeyGuard::guards(Qt::Key key, Qt::KeyboardModifiers modifiers) {
  if ((modifiers & ~(Qt::KeypadModifier | Qt::ShiftModifier)) != 0) return false;
  switch (key) {
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Backspace:
    case Qt::Key_Delete:
    case Qt::Key_Home:
    case Qt::Key_End:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down: return true;
    default: return false;
  }
}

bool KeyGuard::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() != QEvent::ShortcutOverride) return false;
  // The event goes up to the parents afterwards; whose key it is was decided where the focus is.
  const QWidget* focus = QApplication::focusWidget();
  if (focus == nullptr || watched != focus) return false;
  const auto* key = static_cast<QKeyEvent*>(event);
  if (!guards(static_cast<Qt::Key>(key->key()), key->modifiers())) return false;
  const bool inLanes = focus == &lanes_ || lanes_.isAncestorOf(focus);
  if (inLanes && !takesText(focus)) return false;
  event->accept();
  return true;
}

}  // namespace chladni::ui

#include "ui/workspace/button_keys.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QApplication>
#include <QComboBox>
#include <QFocusEvent>
#include <QKeyEvent>

namespace chladni::ui {
namespace {

bool takesSpace(QObject* widget) {
  return qobject_cast<QAbstractButton*>(widget) != nullptr || qobject_cast<QComboBox*>(widget) != nullptr ||
         qobject_cast<QAbstractItemView*>(widget) != nullptr;
}

}  // namespace

ButtonKeys::ButtonKeys(QObject* parent) : QObject(parent) { qApp->installEventFilter(this); }

bool ButtonKeys::eventFilter(QObject* watched, QEvent* event) {
  if (!watched->isWidgetType()) return false;
  if (event->type() == QEvent::FocusIn) {
    const auto reason = static_cast<QFocusEvent*>(event)->reason();
    reached_ = reason == Qt::TabFocusReason || reason == Qt::BacktabFocusReason ? watched : nullptr;
    return false;
  }
  if (event->type() != QEvent::ShortcutOverride || watched != reached_ || !takesSpace(watched)) return false;
  const auto* key = static_cast<QKeyEvent*>(event);
  if (key->key() != Qt::Key_Space || key->modifiers() != Qt::NoModifier) return false;
  event->accept();
  return true;
}

}  // namespace chladni::ui

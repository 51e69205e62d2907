#include "ui/actions/action_catalogue.h"

#include <QStringList>

namespace chladni::ui {

QString plainText(const QString& text) {
  QString plain = text;
  plain.replace("&&", QString(QChar(1))).remove('&').replace(QChar(1), '&');
  return plain;
}

QAction* ActionCatalogue::add(QMenu* menu, const ActionSpec& spec) {
  auto* action = new QAction(spec.text, window_);
  action->setObjectName(spec.id);
  action->setCheckable(spec.checkable);
  action->setShortcuts(spec.keys);
  QStringList keys;
  for (const QKeySequence& key : spec.keys) keys << key.toString(QKeySequence::NativeText);
  const QString what = spec.hint.isEmpty() ? plainText(spec.text) : spec.hint;
  action->setToolTip(keys.isEmpty() ? what : QStringLiteral("%1 (%2)").arg(what, keys.join(", ")));
  action->setStatusTip(spec.hint);
  if (spec.keysWithin != nullptr) {
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    spec.keysWithin->addAction(action);
  } else {
    window_->addAction(action);  // keys work even where a platform hides the menu
  }
  if (spec.checkable) {
    QObject::connect(action, &QAction::toggled, action, [run = spec.run](bool) { run(); });
  } else {
    QObject::connect(action, &QAction::triggered, action, [run = spec.run] { run(); });
  }
  adopt(menu, action);
  return action;
}

void ActionCatalogue::adopt(QMenu* menu, QAction* action) {
  menu->addAction(action);
  entries_.push_back({action, plainText(menu->title())});
}

QAction* ActionCatalogue::find(const QString& id) const {
  for (const Entry& entry : entries_) {
    if (entry.action->objectName() == id) return entry.action;
  }
  return nullptr;
}

}  // namespace chladni::ui

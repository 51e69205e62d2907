#include "ui/actions/action_catalogue.h"

#include <QGuiApplication>
#include <QStringList>

namespace chladni::ui {
namespace {

constexpr const char* kMenuProperty = "menuTitle";

void giveKeys(const ActionCatalogue::Entry& entry, const QList<QKeySequence>& keys) {
  entry.action->setShortcuts(keys);
  entry.action->setToolTip(keys.isEmpty() ? entry.says : QStringLiteral("%1 (%2)").arg(entry.says, keysText(keys)));
}

}  // namespace

QString plainText(const QString& text) {
  QString plain = text;
  plain.replace("&&", QString(QChar(1))).remove('&').replace(QChar(1), '&');
  return plain;
}

// Where one writes from right to left a comma would wander to the front.
QString keyText(const QKeySequence& key) {
  const QString text = key.toString(QKeySequence::NativeText);
  constexpr QChar kLeftToRight(0x200E);
  return QGuiApplication::isRightToLeft() && !text.isEmpty() ? kLeftToRight + text + kLeftToRight : text;
}

QString keysText(const QList<QKeySequence>& keys) {
  QStringList texts;
  for (const QKeySequence& key : keys) texts << keyText(key);
  return texts.join(QStringLiteral(", "));
}

QString keyOf(const QObject& part, const QString& id) {
  const QObject* window = &part;
  while (window->parent() != nullptr) window = window->parent();
  const auto* action = window->findChild<QAction*>(id);
  if (action == nullptr) return {};
  if (!action->shortcut().isEmpty()) return keyText(action->shortcut());
  return QStringLiteral("%1 > %2").arg(action->property(kMenuProperty).toString(), plainText(action->text()));
}

QAction* ActionCatalogue::add(QMenu* menu, const ActionSpec& spec) {
  auto* action = new QAction(spec.text, window_);
  action->setObjectName(spec.id);
  action->setCheckable(spec.checkable);
  action->setStatusTip(spec.hint);
  if (spec.checkable) {
    QObject::connect(action, &QAction::toggled, action, [run = spec.run](bool) { run(); });
  } else {
    QObject::connect(action, &QAction::triggered, action, [run = spec.run] { run(); });
  }
  enter(menu, {action, {}, spec.hint.isEmpty() ? plainText(spec.text) : spec.hint, spec.keys, spec.keysWithin});
  return action;
}

void ActionCatalogue::adopt(QMenu* menu, QAction* action) {
  enter(menu, {action, {}, plainText(action->text()), action->shortcuts(), nullptr});
}

void ActionCatalogue::enter(QMenu* menu, Entry entry) {
  entry.menu = plainText(menu->title());
  entry.action->setProperty(kMenuProperty, entry.menu);
  giveKeys(entry, entry.keys);
  if (entry.within != nullptr) {
    entry.action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    entry.within->addAction(entry.action);
  } else {
    window_->addAction(entry.action);  // keys work even where a platform hides the menu
  }
  menu->addAction(entry.action);
  entries_.push_back(std::move(entry));
}

void ActionCatalogue::setKeys(const std::function<QList<QKeySequence>(const QString&)>& keysOf) {
  // A key that changes its owner must not belong to two at once.
  for (const Entry& entry : entries_) entry.action->setShortcuts(QList<QKeySequence>());
  for (const Entry& entry : entries_) giveKeys(entry, keysOf(entry.action->objectName()));
  Q_EMIT keysChanged();
}

QAction* ActionCatalogue::find(const QString& id) const {
  for (const Entry& entry : entries_) {
    if (entry.action->objectName() == id) return entry.action;
  }
  return nullptr;
}

}  // namespace chladni::ui

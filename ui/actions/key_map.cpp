#include "ui/actions/key_map.h"

#include <algorithm>
#include <optional>

#include "ui/actions/key_presets.h"
#include "ui/workspace/workspace_settings.h"

namespace chladni::ui {
namespace {

const QString kPreset = QStringLiteral("keyPreset");
const QString kGroup = QStringLiteral("keys");
const QString kNone = QStringLiteral("none");  // an empty list does not survive in a settings file

QString entryOf(const QString& action) { return kGroup + '/' + action; }

// Nothing where no key of it can be read.
std::optional<KeyMap::Keys> keysIn(const QStringList& texts) {
  if (texts == QStringList(kNone)) return KeyMap::Keys();
  KeyMap::Keys keys;
  for (const QString& text : texts) {
    const auto key = QKeySequence::fromString(text, QKeySequence::PortableText);
    if (KeyMap::usable(key) && !keys.contains(key)) keys << key;
  }
  if (keys.isEmpty()) return std::nullopt;
  return keys;
}

QStringList textsOf(const KeyMap::Keys& keys) {
  if (keys.isEmpty()) return {kNone};
  QStringList texts;
  for (const QKeySequence& key : keys) texts << key.toString(QKeySequence::PortableText);
  return texts;
}

}  // namespace

KeyMap::KeyMap(std::vector<Action> actions) : actions_(std::move(actions)), preset_(keyPresets().front().id) { settle(); }

bool KeyMap::isFixed(const QKeySequence& key) {
  if (key.count() != 1) return false;
  return key[0].keyboardModifiers() == Qt::NoModifier && key[0].key() >= Qt::Key_1 && key[0].key() <= Qt::Key_9;
}

bool KeyMap::usable(const QKeySequence& key) {
  if (key.count() != 1 || isFixed(key) || static_cast<int>(key[0].key()) == 0) return false;
  switch (key[0].key()) {
    case Qt::Key_unknown:
    case Qt::Key_Shift:
    case Qt::Key_Control:
    case Qt::Key_Alt:
    case Qt::Key_AltGr:
    case Qt::Key_Meta: return false;
    default: return true;
  }
}

const KeyMap::Action* KeyMap::find(const QString& id) const {
  const auto found = std::find_if(actions_.begin(), actions_.end(), [&](const Action& one) { return one.id == id; });
  return found == actions_.end() ? nullptr : &*found;
}

// What the whole window hears, each of its parts hears, too.
bool KeyMap::meet(const QString& one, const QString& other) const {
  const Action* a = find(one);
  const Action* b = find(other);
  if (a == nullptr || b == nullptr || a == b) return false;
  return a->within == b->within || a->within == nullptr || b->within == nullptr;
}

void KeyMap::setPreset(const QString& id) {
  preset_ = keyPreset(id).id;
  own_.clear();
  settle();
}

KeyMap::Keys KeyMap::presetKeys(const QString& id) const {
  const auto& table = keyPreset(preset_).keys;
  const Action* action = find(id);
  return action == nullptr ? Keys() : table.value(id, action->keys);
}

int KeyMap::changes() const {
  return static_cast<int>(std::count_if(actions_.begin(), actions_.end(), [this](const Action& one) { return changed(one.id); }));
}

QString KeyMap::owner(const QKeySequence& key, const QString& action) const {
  for (auto held = keys_.begin(); held != keys_.end(); ++held)
    if (held->contains(key) && meet(held.key(), action)) return held.key();
  return {};
}

QStringList KeyMap::losers(const QString& action) const {
  QStringList found;
  for (const QKeySequence& key : presetKeys(action))
    if (const QString other = owner(key, action); !other.isEmpty() && !found.contains(other)) found << other;
  return found;
}

void KeyMap::take(const QKeySequence& key, const QString& action) {
  for (auto chosen = own_.begin(); chosen != own_.end(); ++chosen)
    if (meet(chosen.key(), action)) chosen->removeAll(key);
}

void KeyMap::add(const QString& action, const QKeySequence& key) {
  if (!usable(key) || find(action) == nullptr || keys(action).contains(key)) return;
  take(key, action);
  own_[action] = keys(action) << key;
  settle();
}

void KeyMap::remove(const QString& action, const QKeySequence& key) {
  Keys left = keys(action);
  if (left.removeAll(key) == 0) return;
  own_[action] = left;
  settle();
}

void KeyMap::reset(const QString& action) {
  own_.remove(action);
  for (const QKeySequence& key : presetKeys(action)) take(key, action);
  settle();
}

// First what was chosen, then of the presets' keys those that are left.
void KeyMap::settle() {
  own_.removeIf([this](const auto& chosen) { return chosen.value() == presetKeys(chosen.key()); });
  keys_.clear();
  for (const bool chosen : {true, false}) {
    for (const Action& action : actions_) {
      if (own_.contains(action.id) != chosen) continue;
      for (const QKeySequence& key : chosen ? own_.value(action.id) : presetKeys(action.id))
        if (owner(key, action.id).isEmpty()) keys_[action.id] << key;
    }
  }
}

void KeyMap::read(const WorkspaceSettings& settings) {
  setPreset(settings.value(kPreset).toString());
  for (const Action& action : actions_) {
    const QVariant entry = settings.value(entryOf(action.id));
    if (!entry.isValid()) continue;
    if (const auto keys = keysIn(entry.toStringList())) own_.insert(action.id, *keys);
  }
  settle();
}

// Entries of actions that are not known stay: another version of the program may know them.
void KeyMap::write(WorkspaceSettings& settings) const {
  settings.setValue(kPreset, preset_);
  for (const Action& action : actions_) {
    if (own_.contains(action.id)) settings.setValue(entryOf(action.id), textsOf(own_.value(action.id)));
    else settings.remove(entryOf(action.id));
  }
}

}  // namespace chladni::ui

// KeyMap: which keys every action has: those of a preset, and what a person chose instead. One key never belongs to two
// actions that could both hear it; what a person chose comes before what a preset says. Pure data, of value semantics.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>
#include <vector>

namespace chladni::ui {

class WorkspaceSettings;

class KeyMap {
 public:
  using Keys = QList<QKeySequence>;
  struct Action {
    QString id;
    Keys keys;                     // those it comes with
    const void* within = nullptr;  // the part of the window that hears them; null: all of it
  };
  explicit KeyMap(std::vector<Action> actions);

  [[nodiscard]] const QString& preset() const { return preset_; }
  // One that is not known is the default. What was chosen instead is left behind.
  void setPreset(const QString& id);
  [[nodiscard]] Keys keys(const QString& action) const { return keys_.value(action); }
  [[nodiscard]] Keys presetKeys(const QString& action) const;
  [[nodiscard]] bool changed(const QString& action) const { return keys(action) != presetKeys(action); }
  [[nodiscard]] int changes() const;

  // The other action that hears the key where this one does; empty: none.
  [[nodiscard]] QString owner(const QKeySequence& key, const QString& action) const;
  // What would lose a key if the action went back to its preset.
  [[nodiscard]] QStringList losers(const QString& action) const;
  // Both take keys from those that have them.
  void add(const QString& action, const QKeySequence& key);
  void reset(const QString& action);
  void remove(const QString& action, const QKeySequence& key);

  // One key, with or without modifiers, and none of those that are fixed.
  [[nodiscard]] static bool usable(const QKeySequence& key);
  // 1 to 9, which stand for the classes of a project.
  [[nodiscard]] static bool isFixed(const QKeySequence& key);

  // What is not known or cannot be read is passed over.
  void read(const WorkspaceSettings& settings);
  void write(WorkspaceSettings& settings) const;

 private:
  [[nodiscard]] const Action* find(const QString& id) const;
  [[nodiscard]] bool meet(const QString& one, const QString& other) const;
  void take(const QKeySequence& key, const QString& action);
  void settle();

  std::vector<Action> actions_;
  QString preset_;
  QMap<QString, Keys> own_;   // instead of the preset's
  QMap<QString, Keys> keys_;  // what holds, made of both
};

}  // namespace chladni::ui

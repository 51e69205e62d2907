// ActionCatalogue: every command of the window, once. Adding one puts it into its menu, gives it its keys, a tool tip
// that names them, and a place in the action search. GUI thread only; actions belong to the catalogue's parent widget.
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QMenu>
#include <QObject>
#include <QString>
#include <functional>
#include <vector>

namespace chladni::ui {

struct ActionSpec {
  QString id;    // object name, for tests and scripts: "play"
  QString text;  // with mnemonic: "&Play or pause"
  QString hint;  // one sentence for tool tip and status line; may be empty
  QList<QKeySequence> keys;  // at first; people may choose others
  std::function<void()> run;
  bool checkable = false;
  // Keys that lists and text fields need for themselves (arrows, Home, End) work only while this widget has the focus;
  // null: everywhere in the window.
  QWidget* keysWithin = nullptr;
};

class ActionCatalogue : public QObject {
  Q_OBJECT

 public:
  explicit ActionCatalogue(QWidget* window) : window_(window) {}

  QAction* add(QMenu* menu, const ActionSpec& spec);
  // An action made elsewhere (a dock's toggle), listed under the menu's name.
  void adopt(QMenu* menu, QAction* action);
  // Of every action, by its id; tool tips follow.
  void setKeys(const std::function<QList<QKeySequence>(const QString&)>& keysOf);

  [[nodiscard]] QAction* find(const QString& id) const;
  struct Entry {
    QAction* action;
    QString menu;              // title without mnemonic
    QString says;              // the tool tip without keys
    QList<QKeySequence> keys;  // those it came with
    QWidget* within = nullptr;
  };
  [[nodiscard]] const std::vector<Entry>& entries() const { return entries_; }

 Q_SIGNALS:
  void keysChanged();

 private:
  void enter(QMenu* menu, Entry entry);

  QWidget* window_;
  std::vector<Entry> entries_;
};

// "Play or pause" from "&Play or pause…".
QString plainText(const QString& text);
// For sentences: the first key of the action in the window that `part` belongs to; where it has none, the way to it,
// "Analyse > Cancel". Empty: there is no such action.
QString keyOf(const QObject& part, const QString& action);
QString keyText(const QKeySequence& key);
// "L, Ctrl+Space"
QString keysText(const QList<QKeySequence>& keys);

}  // namespace chladni::ui

// KeysDialog: all actions of the window with their keys, to be changed: a preset for all of them, and any keys for one.
// A key that another action has is told before it is taken. Works on a copy; who opened it takes map() when it is accepted.
// GUI thread only.
#pragma once

#include <QDialog>

#include "ui/actions/key_map.h"

QT_BEGIN_NAMESPACE
class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;
class QVBoxLayout;
QT_END_NAMESPACE

namespace chladni::ui {

class ActionCatalogue;
class KeysTable;
class OneKeyEdit;

class KeysDialog : public QDialog {
  Q_OBJECT

 public:
  KeysDialog(const ActionCatalogue& actions, const KeyMap& map, QWidget* parent);

  [[nodiscard]] const KeyMap& map() const { return map_; }

 private:
  void addPresets(QVBoxLayout& column);
  QWidget* makePage();
  void addButtons(QVBoxLayout& column);
  QPushButton* button(const QString& text, const char* name);

  void choosePreset(int row);
  void showCurrent();
  void refresh();
  void refreshPage();
  void add();
  void remove();
  void reset();

  [[nodiscard]] QString wordsOn(const QKeySequence& key) const;
  [[nodiscard]] QString wordsOnReset() const;

  KeyMap map_;
  QComboBox* presets_;
  QLabel* changes_;
  KeysTable* table_;
  QLabel *name_, *hint_, *says_;
  QListWidget* held_;
  OneKeyEdit* key_;
  QPushButton *add_, *remove_, *reset_;
};

}  // namespace chladni::ui

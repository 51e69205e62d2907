// KeysTable: all actions of the window with their menus and keys, and a field that searches them. One action is current.
// GUI thread only.
#pragma once

#include <QMap>
#include <QString>
#include <QWidget>

QT_BEGIN_NAMESPACE
class QLineEdit;
class QTreeWidget;
class QTreeWidgetItem;
QT_END_NAMESPACE

namespace chladni::ui {

class ActionCatalogue;
class KeyMap;

class KeysTable : public QWidget {
  Q_OBJECT

 public:
  KeysTable(const ActionCatalogue& actions, QWidget* parent);

  // Keys that differ from their preset are bold.
  void show(const KeyMap& map);
  using QWidget::show;
  // Empty: none, or keys that are fixed.
  [[nodiscard]] QString current() const;
  // Its name, or that nothing was found; and what it does.
  [[nodiscard]] QString title() const;
  [[nodiscard]] QString hint() const;
  // For sentences: “Loop” (Play)
  [[nodiscard]] QString nameOf(const QString& action) const;
  void focusSearch();
  void focusRows();

 Q_SIGNALS:
  void currentChanged();
  void activated();  // Return on a row

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void fill(const ActionCatalogue& actions);
  void addFixed();
  void filter();

  QLineEdit* search_;
  QTreeWidget* table_;
  QMap<QString, QTreeWidgetItem*> rows_;
};

}  // namespace chladni::ui

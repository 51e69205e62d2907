// DockTabs: docks that share a place have short words on their tabs, so that every one can be read; the full name is the tab's
// tool tip, its accessible name, and the text in menus. Tabs that do not fit are scrolled to, never cut off.
// GUI thread only; owned by the window.
#pragma once

#include <QObject>
#include <QString>

QT_BEGIN_NAMESPACE
class QDockWidget;
class QMainWindow;
class QTabBar;
QT_END_NAMESPACE

namespace chladni::ui {

class DockTabs : public QObject {
  Q_OBJECT

 public:
  explicit DockTabs(QMainWindow& window);

  // The dock's title becomes `word`; what was its title its full name.
  void shorten(QDockWidget& dock, const QString& word);
  // The full name of the dock whose tab says this; the word itself when none does.
  [[nodiscard]] QString fullName(const QString& word) const;

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void name(QTabBar& bar) const;

  QMainWindow& window_;
};

}  // namespace chladni::ui

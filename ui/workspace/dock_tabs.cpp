#include "ui/workspace/dock_tabs.h"

#include <QAction>
#include <QChildEvent>
#include <QDockWidget>
#include <QHelpEvent>
#include <QMainWindow>
#include <QTabBar>
#include <QToolTip>

namespace chladni::ui {
namespace {

constexpr const char* kFullName = "fullName";

}  // namespace

DockTabs::DockTabs(QMainWindow& window) : QObject(&window), window_(window) {
  for (auto* bar : window.findChildren<QTabBar*>(Qt::FindDirectChildrenOnly)) bar->installEventFilter(this);
  window.installEventFilter(this);
}

void DockTabs::shorten(QDockWidget& dock, const QString& word) {
  const QString full = dock.windowTitle();
  dock.setProperty(kFullName, full);
  dock.setAccessibleName(full);
  dock.setWindowTitle(word);
  dock.toggleViewAction()->setText(full);  // after the title, which sets it
}

QString DockTabs::fullName(const QString& word) const {
  for (const auto* dock : window_.findChildren<QDockWidget*>())
    if (dock->windowTitle() == word && dock->property(kFullName).isValid()) return dock->property(kFullName).toString();
  return word;
}

void DockTabs::name(QTabBar& bar) const {
  // The layout of the window makes its bars anew, and their tabs.
  if (bar.elideMode() != Qt::ElideNone) bar.setElideMode(Qt::ElideNone);
  if (!bar.usesScrollButtons()) bar.setUsesScrollButtons(true);
  for (int n = 0; n < bar.count(); ++n)
    if (const QString full = fullName(bar.tabText(n)); bar.accessibleTabName(n) != full) bar.setAccessibleTabName(n, full);
}

bool DockTabs::eventFilter(QObject* watched, QEvent* event) {
  if (watched == &window_ && event->type() == QEvent::ChildAdded) {
    // Not a tab bar yet while it is being constructed: it is looked at when it first has something to say.
    static_cast<QChildEvent*>(event)->child()->installEventFilter(this);
  }
  auto* bar = qobject_cast<QTabBar*>(watched);
  if (bar == nullptr || bar->parent() != &window_) return QObject::eventFilter(watched, event);
  if (event->type() == QEvent::Show || event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) name(*bar);
  if (event->type() != QEvent::ToolTip) return QObject::eventFilter(watched, event);
  const auto* help = static_cast<QHelpEvent*>(event);
  const int tab = bar->tabAt(help->pos());
  if (tab < 0) return QObject::eventFilter(watched, event);
  QToolTip::showText(help->globalPos(), fullName(bar->tabText(tab)), bar);
  return true;
}

}  // namespace chladni::ui

#include "ui/actions/help_menu.h"

#include <QApplication>
#include <QDialog>
#include <QMessageBox>

namespace chladni::ui {

HelpMenu::HelpMenu(ActionCatalogue& actions, QMenu* menu, QWidget& window) : QObject(&window), window_(window) {
  actions.add(menu, {"searchActions", tr("&Search actions"), tr("Find any action by a part of its name"), {QKeySequence(Qt::CTRL | Qt::Key_K)},
                     [this] { Q_EMIT searchWanted(); }});
  actions.add(menu, {"keys", tr("&Keys…"), tr("All actions with their keys, and other keys for them"), {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)},
                     [this] { Q_EMIT keysWanted(); }});
  actions.add(menu, {"about", tr("&About Chladni"), {}, {}, [this] { showAbout(); }});
}

// Asked for again, a window that is open comes to the front.
bool HelpMenu::raiseShown(const QString& name) {
  auto* shown = window_.findChild<QDialog*>(name);
  if (shown == nullptr) return false;
  shown->raise();
  shown->activateWindow();
  return true;
}

void HelpMenu::showAbout() {
  if (raiseShown("aboutDialog")) return;
  auto* box = new QMessageBox(&window_);
  box->setObjectName("aboutDialog");
  box->setAttribute(Qt::WA_DeleteOnClose);
  box->setWindowTitle(tr("About Chladni"));
  box->setTextFormat(Qt::RichText);
  box->setText(tr("<b>Chladni %1</b><br>Workbench for audio-visual analysis.<br><br>Named after Ernst Chladni, who made sound "
                  "visible with sand.<br>Free software under the GNU General Public License, version 3 or later.")
                   .arg(QApplication::applicationVersion()));
  box->show();
}

}  // namespace chladni::ui

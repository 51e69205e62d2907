#include "ui/actions/help_menu.h"

#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHeaderView>
#include <QMessageBox>
#include <QTableWidget>
#include <QVBoxLayout>

namespace chladni::ui {

HelpMenu::HelpMenu(ActionCatalogue& actions, QMenu* menu, QWidget& window) : QObject(&window), actions_(actions), window_(window) {
  actions.add(menu, {"searchActions", tr("&Search actions"), tr("Find any action by a part of its name"), {QKeySequence(Qt::CTRL | Qt::Key_K)},
                     [this] { Q_EMIT searchWanted(); }});
  actions.add(menu, {"keys", tr("&Keys"), tr("All actions with their keys"), {QKeySequence(Qt::Key_F1), QKeySequence(Qt::Key_Question)}, [this] { showKeys(); }});
  actions.add(menu, {"about", tr("&About Chladni"), {}, {}, [this] { showAbout(); }});
}

void HelpMenu::showKeys() {
  if (raiseShown("keysDialog")) return;
  auto* dialog = new QDialog(&window_);
  dialog->setObjectName("keysDialog");
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("Keys"));
  dialog->resize(560, 620);
  auto* table = new QTableWidget(dialog);
  table->setAccessibleName(tr("Actions with their keys"));
  table->setColumnCount(3);
  table->setHorizontalHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
  table->setEditTriggers(QAbstractItemView::NoEditTriggers);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->verticalHeader()->hide();
  table->setShowGrid(false);
  for (const ActionCatalogue::Entry& entry : actions_.entries()) {
    const int row = table->rowCount();
    table->insertRow(row);
    table->setItem(row, 0, new QTableWidgetItem(plainText(entry.action->text())));
    table->setItem(row, 1, new QTableWidgetItem(entry.menu));
    table->setItem(row, 2, new QTableWidgetItem(
                               QKeySequence::listToString(entry.action->shortcuts(), QKeySequence::NativeText)));
  }
  table->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
  connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
  auto* column = new QVBoxLayout(dialog);
  column->addWidget(table);
  column->addWidget(buttons);
  dialog->show();
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

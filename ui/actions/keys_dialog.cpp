#include "ui/actions/keys_dialog.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include "ui/actions/action_catalogue.h"
#include "ui/actions/key_guard.h"
#include "ui/actions/key_presets.h"
#include "ui/actions/keys_table.h"
#include "ui/actions/one_key_edit.h"
#include "widgets/theme/quiet_label.h"

namespace chladni::ui {
namespace {

constexpr int kKeyRole = Qt::UserRole;
constexpr QSize kFirstSize{920, 580};
constexpr int kPageWidth = 290;
constexpr int kWordLines = 4;
constexpr int kHeldHeight = 84;  // three keys

}  // namespace

KeysDialog::KeysDialog(const ActionCatalogue& actions, const KeyMap& map, QWidget* parent) : QDialog(parent), map_(map) {
  setObjectName("keysDialog");
  setWindowTitle(tr("Keys"));
  resize(kFirstSize);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(20, 16, 20, 16);
  column->setSpacing(12);
  addPresets(*column);
  auto* middle = new QHBoxLayout;
  middle->setSpacing(20);
  table_ = new KeysTable(actions, this);
  middle->addWidget(table_, 1);
  middle->addWidget(makePage());
  column->addLayout(middle, 1);
  addButtons(*column);
  connect(table_, &KeysTable::currentChanged, this, &KeysDialog::showCurrent);
  connect(table_, &KeysTable::activated, key_, qOverload<>(&QWidget::setFocus));
  refresh();
  table_->focusSearch();
}

QPushButton* KeysDialog::button(const QString& text, const char* name) {
  auto* made = new QPushButton(text, this);
  made->setObjectName(name);
  made->setAutoDefault(false);  // Return in a field is a key or goes on, it ends nothing
  return made;
}

void KeysDialog::addPresets(QVBoxLayout& column) {
  presets_ = new QComboBox(this);
  presets_->setObjectName("keysPreset");
  for (const KeyPreset& one : keyPresets()) presets_->addItem(one.title.isEmpty() ? tr("Default") : one.title, one.id);
  presets_->setCurrentIndex(presets_->findData(map_.preset()));
  auto* label = new QLabel(tr("Keys &as in"), this);
  label->setBuddy(presets_);
  presets_->setAccessibleName(tr("Preset of keys"));
  changes_ = new QLabel(this);
  changes_->setObjectName("keysChanges");
  changes_->setForegroundRole(QPalette::PlaceholderText);
  auto* row = new QHBoxLayout;
  row->setSpacing(12);
  row->addWidget(label);
  row->addWidget(presets_);
  row->addWidget(changes_, 1);
  column.addLayout(row);
  connect(presets_, &QComboBox::activated, this, &KeysDialog::choosePreset);
}

QWidget* KeysDialog::makePage() {
  auto* page = new QWidget(this);
  page->setFixedWidth(kPageWidth);
  name_ = new QLabel(page);
  name_->setObjectName("keysName");
  name_->setWordWrap(true);
  QFont strong = font();
  strong.setBold(true);
  name_->setFont(strong);
  hint_ = widgets::quietLabel({}, page);
  held_ = new QListWidget(page);
  held_->setObjectName("keysHeld");
  held_->setAccessibleName(tr("Keys of the action"));
  held_->setFixedHeight(kHeldHeight);
  remove_ = button(tr("&Remove"), "keysRemove");
  key_ = new OneKeyEdit(page);
  key_->setObjectName("keysPress");
  key_->setAccessibleName(tr("New key: press it"));
  auto* press = new QLabel(tr("&New key"), page);
  press->setBuddy(key_);
  add_ = button(tr("A&dd"), "keysAdd");
  says_ = new QLabel(page);
  says_->setObjectName("keysSays");
  says_->setWordWrap(true);
  says_->setTextFormat(Qt::PlainText);
  says_->setAlignment(Qt::AlignTop | Qt::AlignLeading);
  says_->setMinimumHeight(kWordLines * fontMetrics().lineSpacing());  // what is below stays where it is
  reset_ = button(tr("&Back to preset"), "keysReset");
  auto* removing = new QHBoxLayout;
  removing->addStretch(1);
  removing->addWidget(remove_);
  auto* adding = new QHBoxLayout;
  adding->setSpacing(8);
  adding->addWidget(key_, 1);
  adding->addWidget(add_);
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(name_);
  column->addWidget(hint_);
  column->addWidget(held_);
  column->addLayout(removing);
  column->addWidget(press);
  column->addLayout(adding);
  column->addWidget(says_);
  column->addStretch(1);
  column->addWidget(reset_, 0, Qt::AlignLeading);
  connect(add_, &QPushButton::clicked, this, &KeysDialog::add);
  connect(remove_, &QPushButton::clicked, this, &KeysDialog::remove);
  connect(reset_, &QPushButton::clicked, this, &KeysDialog::reset);
  connect(key_, &OneKeyEdit::keyChanged, this, &KeysDialog::refreshPage);
  connect(held_, &QListWidget::currentRowChanged, this, [this](int row) { remove_->setEnabled(row >= 0 && !table_->current().isEmpty()); });
  return page;
}

void KeysDialog::addButtons(QVBoxLayout& column) {
  auto* cancel = button(tr("Cancel"), "keysCancel");
  auto* accepts = button(tr("OK"), "keysOk");
  accepts->setProperty("primary", true);
  auto* row = new QHBoxLayout;
  row->addStretch(1);
  row->addWidget(cancel);
  row->addWidget(accepts);
  column.addLayout(row);
  connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
  connect(accepts, &QPushButton::clicked, this, &QDialog::accept);
}

void KeysDialog::choosePreset(int row) {
  map_.setPreset(presets_->itemData(row).toString());
  refresh();
}

void KeysDialog::refresh() {
  table_->show(map_);
  changes_->setText(map_.changes() == 0 ? QString() : tr("Bold: keys of your own. Choosing a preset gives them up."));
  showCurrent();
}

void KeysDialog::showCurrent() {
  name_->setText(table_->title());
  hint_->setText(table_->hint() == table_->title() ? QString() : table_->hint());
  hint_->setVisible(!hint_->text().isEmpty());
  held_->clear();
  const auto keys = map_.keys(table_->current());
  for (const QKeySequence& key : keys) {
    auto* item = new QListWidgetItem(keyText(key), held_);
    item->setData(kKeyRole, QVariant::fromValue(key));
  }
  held_->setCurrentRow(keys.isEmpty() ? -1 : 0);
  key_->begin();
  refreshPage();
}

void KeysDialog::refreshPage() {
  const QString action = table_->current();
  const QKeySequence key = key_->keySequence();
  const bool open = !action.isEmpty();
  held_->setEnabled(open);
  key_->setEnabled(open);
  remove_->setEnabled(open && held_->currentRow() >= 0);
  add_->setEnabled(open && KeyMap::usable(key) && !map_.keys(action).contains(key));
  reset_->setEnabled(open && map_.changed(action));
  says_->setText(!open ? QString() : key.isEmpty() ? wordsOnReset() : wordsOn(key));
}

QString KeysDialog::wordsOn(const QKeySequence& key) const {
  const QString text = keyText(key);
  if (KeyMap::isFixed(key)) return tr("%1 stands for a class of the project and stays so.").arg(text);
  if (!KeyMap::usable(key)) return tr("%1 cannot be the key of an action.").arg(text);
  if (map_.keys(table_->current()).contains(key)) return tr("%1 is a key of this action already.").arg(text);
  const QString other = map_.owner(key, table_->current());
  QString words = other.isEmpty() ? tr("%1 is free.").arg(text) : tr("%1 is the key of %2 now. Add takes it from there.").arg(text, table_->nameOf(other));
  if (KeyGuard::guards(key[0].key(), key[0].keyboardModifiers())) words += ' ' + tr("Lists and text fields need it themselves: it works in the lanes.");
  return words;
}

QString KeysDialog::wordsOnReset() const {
  QStringList others;
  for (const QString& other : map_.losers(table_->current())) others << table_->nameOf(other);
  return others.isEmpty() ? QString() : tr("Back to preset takes keys from %1.").arg(others.join(QStringLiteral(", ")));
}

void KeysDialog::add() {
  const QString action = table_->current();
  const QKeySequence key = key_->keySequence();
  const QString other = map_.owner(key, action);
  map_.add(action, key);
  refresh();
  if (!other.isEmpty() && map_.keys(other).isEmpty()) says_->setText(tr("%1 has no key now.").arg(table_->nameOf(other)));
  key_->setFocus();
}

void KeysDialog::remove() {
  if (const QListWidgetItem* item = held_->currentItem()) map_.remove(table_->current(), item->data(kKeyRole).value<QKeySequence>());
  refresh();
}

void KeysDialog::reset() {
  map_.reset(table_->current());
  refresh();
  table_->focusRows();  // the button has nothing more to do
}

}  // namespace chladni::ui

#include "ui/actions/keys_table.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStyledItemDelegate>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/actions/action_catalogue.h"
#include "ui/actions/key_map.h"

namespace chladni::ui {
namespace {

enum Column { kName, kMenu, kKeys };
constexpr int kIdRole = Qt::UserRole;
constexpr int kHintRole = Qt::UserRole + 1;
constexpr int kRowRoom = 8;

class RoomyRows : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    return QStyledItemDelegate::sizeHint(option, index) + QSize(0, kRowRoom);
  }
};

}  // namespace

KeysTable::KeysTable(const ActionCatalogue& actions, QWidget* parent)
    : QWidget(parent), search_(new QLineEdit(this)), table_(new QTreeWidget(this)) {
  search_->setObjectName("keysSearch");
  search_->setPlaceholderText(tr("Search actions, menus and keys…"));
  search_->setAccessibleName(tr("Search actions, menus and keys"));
  search_->setClearButtonEnabled(true);
  search_->installEventFilter(this);
  table_->setObjectName("keysTable");
  table_->setAccessibleName(tr("Actions with their keys"));
  table_->setHeaderLabels({tr("Action"), tr("Menu"), tr("Keys")});
  table_->setItemDelegate(new RoomyRows(table_));
  table_->setRootIsDecorated(false);
  table_->setUniformRowHeights(true);
  table_->setAllColumnsShowFocus(true);
  table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  fill(actions);
  addFixed();
  table_->header()->setStretchLastSection(false);
  table_->header()->setSectionResizeMode(kName, QHeaderView::Stretch);
  table_->header()->setSectionResizeMode(kMenu, QHeaderView::ResizeToContents);
  table_->header()->setSectionResizeMode(kKeys, QHeaderView::ResizeToContents);
  table_->setCurrentItem(table_->topLevelItem(0));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(search_);
  column->addWidget(table_, 1);
  connect(search_, &QLineEdit::textChanged, this, &KeysTable::filter);
  connect(table_, &QTreeWidget::itemActivated, this, &KeysTable::activated);
  connect(table_, &QTreeWidget::currentItemChanged, this, &KeysTable::currentChanged);
}

void KeysTable::fill(const ActionCatalogue& actions) {
  for (const auto& entry : actions.entries()) {
    auto* row = new QTreeWidgetItem(table_, {plainText(entry.action->text()), entry.menu});
    row->setData(kName, kIdRole, entry.action->objectName());
    row->setData(kName, kHintRole, entry.says);
    rows_.insert(entry.action->objectName(), row);
  }
}

// Keys that are no actions: they count for as long as they are held.
void KeysTable::addFixed() {
  auto* classes = new QTreeWidgetItem(table_, {tr("Label with a class"), tr("Labels"), QStringLiteral("1 – 9")});
  classes->setData(kName, kHintRole, tr("A class of the project, for as long as its key is held. These keys are fixed."));
  for (const int column : {kName, kMenu, kKeys}) classes->setForeground(column, palette().brush(QPalette::PlaceholderText));
}

void KeysTable::show(const KeyMap& map) {
  for (auto place = rows_.begin(); place != rows_.end(); ++place) {
    QTreeWidgetItem& row = **place;
    const bool changed = map.changed(place.key());
    QFont shown = font();
    shown.setBold(changed);
    row.setText(kKeys, keysText(map.keys(place.key())));
    row.setFont(kKeys, shown);
    const QString before = keysText(map.presetKeys(place.key()));
    row.setToolTip(kKeys, !changed ? QString() : before.isEmpty() ? tr("No key in the preset") : tr("In the preset: %1").arg(before));
  }
}

QString KeysTable::current() const {
  const QTreeWidgetItem* row = table_->currentItem();
  return row == nullptr ? QString() : row->data(kName, kIdRole).toString();
}

QString KeysTable::title() const {
  const QTreeWidgetItem* row = table_->currentItem();
  return row == nullptr ? tr("Nothing fits “%1”").arg(search_->text()) : row->text(kName);
}

QString KeysTable::hint() const {
  const QTreeWidgetItem* row = table_->currentItem();
  return row == nullptr ? QString() : row->data(kName, kHintRole).toString();
}

QString KeysTable::nameOf(const QString& action) const {
  const QTreeWidgetItem* row = rows_.value(action);
  return row == nullptr ? action : tr("“%1” (%2)").arg(row->text(kName), row->text(kMenu));
}

void KeysTable::focusSearch() { search_->setFocus(); }
void KeysTable::focusRows() { table_->setFocus(); }

void KeysTable::filter() {
  const QStringList words = search_->text().simplified().split(' ', Qt::SkipEmptyParts);
  QTreeWidgetItem* first = nullptr;
  for (int n = 0; n < table_->topLevelItemCount(); ++n) {
    QTreeWidgetItem* row = table_->topLevelItem(n);
    const QString where = QStringList{row->text(kMenu), row->text(kName), row->text(kKeys), row->data(kName, kHintRole).toString()}.join(' ');
    const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) { return where.contains(word, Qt::CaseInsensitive); });
    row->setHidden(!fits);
    if (fits && first == nullptr) first = row;
  }
  const QTreeWidgetItem* now = table_->currentItem();
  if (now == nullptr || now->isHidden()) table_->setCurrentItem(first);
  if (first == nullptr) Q_EMIT currentChanged();  // to another thing that was not found
}

bool KeysTable::eventFilter(QObject* watched, QEvent* event) {
  if (watched == search_ && event->type() == QEvent::KeyPress) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Down || key == Qt::Key_Return || key == Qt::Key_Enter) {
      focusRows();
      return true;
    }
  }
  return QWidget::eventFilter(watched, event);
}

}  // namespace chladni::ui

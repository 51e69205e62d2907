#include "ui/actions/action_search.h"

#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QListWidget>
#include <QPainter>
#include <QPointer>
#include <QStyledItemDelegate>
#include <algorithm>
#include <map>

#include "ui/actions/action_catalogue.h"

namespace chladni::ui {
namespace {

constexpr int kKeysRole = Qt::UserRole + 1;
constexpr int kMenuRole = Qt::UserRole + 2;
constexpr int kActionRole = Qt::UserRole + 3;
constexpr int kWidth = 460;
constexpr int kRowsShown = 12;

// Name on the left, menu behind it in quiet, keys on the right.
class RowDelegate : public QStyledItemDelegate {
 public:
  using QStyledItemDelegate::QStyledItemDelegate;

  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override {
    return {kWidth, option.fontMetrics.height() + 12};
  }

  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
    const bool chosen = option.state.testFlag(QStyle::State_Selected);
    const QPalette& palette = option.palette;
    if (chosen) painter->fillRect(option.rect, palette.highlight());
    const QRect row = option.rect.adjusted(12, 0, -12, 0);
    const QColor text = chosen ? palette.highlightedText().color() : palette.text().color();
    const QColor quiet = chosen ? text : palette.placeholderText().color();
    const QString keys = index.data(kKeysRole).toString();
    const QString name = index.data(Qt::DisplayRole).toString();
    const int keysWidth = keys.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(keys) + 12;
    painter->setPen(text);
    const QRect left = row.adjusted(0, 0, -keysWidth, 0);
    painter->drawText(left, Qt::AlignVCenter | Qt::AlignLeft,
                      option.fontMetrics.elidedText(name, Qt::ElideRight, left.width()));
    painter->setPen(quiet);
    const int nameWidth = option.fontMetrics.horizontalAdvance(name) + 12;
    painter->drawText(left.adjusted(nameWidth, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                      index.data(kMenuRole).toString());
    painter->drawText(row, Qt::AlignVCenter | Qt::AlignRight, keys);
  }
};

// How well a name answers what was typed, best first: it begins with it, each word begins one of the name's, the name holds
// them, only its menu or its explanation does.
int distanceOf(const QString& name, const QString& typed, const QStringList& words) {
  if (name.startsWith(typed, Qt::CaseInsensitive)) return 0;
  const QStringList own = name.split(' ', Qt::SkipEmptyParts);
  const auto begins = [&](const QString& word) { return std::any_of(own.begin(), own.end(), [&](const QString& one) { return one.startsWith(word, Qt::CaseInsensitive); }); };
  if (std::all_of(words.begin(), words.end(), begins)) return 1;
  return std::all_of(words.begin(), words.end(), [&](const QString& word) { return name.contains(word, Qt::CaseInsensitive); }) ? 2 : 3;
}

}  // namespace

ActionSearch::ActionSearch(const ActionCatalogue& catalogue, QWidget* parent)
    : QLineEdit(parent), catalogue_(catalogue), list_(new QListWidget(parent->window())) {
  setObjectName("actionSearch");
  setAccessibleName(tr("Search actions"));
  setClearButtonEnabled(true);
  list_->setObjectName("actionSearchList");
  list_->setAccessibleName(tr("Actions found"));
  list_->setItemDelegate(new RowDelegate(list_));
  list_->setFocusPolicy(Qt::NoFocus);
  list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  list_->setFrameShape(QFrame::Box);
  list_->hide();
  connect(this, &QLineEdit::textEdited, this, [this] { refill(); });
  connect(list_, &QListWidget::itemClicked, this, [this] { runCurrent(); });
  window()->installEventFilter(this);
  connect(&catalogue_, &ActionCatalogue::keysChanged, this, &ActionSearch::nameKey);
  nameKey();
}

void ActionSearch::nameKey() { setPlaceholderText(tr("Search actions…   %1").arg(keyOf(*this, "searchActions"))); }

void ActionSearch::begin() {
  if (!hasFocus()) before_ = QApplication::focusWidget();
  setFocus(Qt::ShortcutFocusReason);
  selectAll();
  refill();
}

void ActionSearch::refill() {
  const QString typed = text().simplified();
  const QStringList words = typed.split(' ', Qt::SkipEmptyParts);
  std::multimap<int, const ActionCatalogue::Entry*> found;  // of the same distance in the order of the menus
  for (const ActionCatalogue::Entry& entry : catalogue_.entries()) {
    const QString name = plainText(entry.action->text());
    const QString where = entry.menu + ' ' + name + ' ' + entry.action->statusTip();
    const bool fits = entry.action->isEnabled() && std::all_of(words.begin(), words.end(), [&](const QString& word) {
      return where.contains(word, Qt::CaseInsensitive);
    });
    if (fits) found.emplace(distanceOf(name, typed, words), &entry);
  }
  list_->clear();
  for (const auto& [distance, entry] : found) {
    auto* item = new QListWidgetItem(plainText(entry->action->text()), list_);
    item->setData(kMenuRole, entry->menu);
    item->setData(kKeysRole, keyText(entry->action->shortcut()));
    item->setData(kActionRole, QVariant::fromValue(entry->action));
  }
  if (list_->count() == 0) {
    auto* none = new QListWidgetItem(tr("Nothing fits “%1”").arg(text()), list_);
    none->setFlags(Qt::NoItemFlags);
  }
  list_->setCurrentRow(0);
  place();
}

void ActionSearch::place() {
  const int rows = std::min(kRowsShown, list_->count());
  const int height = rows * list_->sizeHintForRow(0) + 2;
  QPoint corner = mapTo(window(), QPoint(0, this->height() + 4));
  corner.setX(std::min(corner.x(), window()->width() - kWidth - 8));
  list_->setGeometry(corner.x(), corner.y(), kWidth, height);
  list_->raise();
  list_->show();
}

bool ActionSearch::event(QEvent* event) {
  // The window has keys of its own for these; in here they belong to the list.
  if (event->type() == QEvent::ShortcutOverride) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape || key == Qt::Key_Up || key == Qt::Key_Down || key == Qt::Key_Return) event->accept();
  }
  return QLineEdit::event(event);
}

void ActionSearch::keyPressEvent(QKeyEvent* event) {
  switch (event->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up: {
      if (!list_->isVisible()) refill();
      const int step = event->key() == Qt::Key_Down ? 1 : -1;
      list_->setCurrentRow(std::clamp(list_->currentRow() + step, 0, std::max(0, list_->count() - 1)));
      return;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter: runCurrent(); return;
    case Qt::Key_Escape: leave(); return;
    default: QLineEdit::keyPressEvent(event);
  }
}

void ActionSearch::focusOutEvent(QFocusEvent* event) {
  QLineEdit::focusOutEvent(event);
  if (event->reason() != Qt::PopupFocusReason) {
    list_->hide();
    clear();
    Q_EMIT left();
  }
}

bool ActionSearch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Resize && list_->isVisible()) place();
  return QLineEdit::eventFilter(watched, event);
}

void ActionSearch::runCurrent() {
  const QListWidgetItem* item = list_->currentItem();
  auto* action = item == nullptr ? nullptr : item->data(kActionRole).value<QAction*>();
  leave();
  if (action != nullptr) action->trigger();
}

void ActionSearch::leave() {
  list_->hide();
  clear();
  if (before_ != nullptr) {
    before_->setFocus(Qt::OtherFocusReason);
  } else {
    clearFocus();
  }
}

}  // namespace chladni::ui

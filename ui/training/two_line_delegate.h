// TwoLineDelegate: items of two lines, the first to be found by, the second quiet and wrapped. The text of an item is both,
// parted by a line break. twoLineList makes a list of such to choose from, addTwoLines an item of it; the list owns both.
// GUI thread only.
#pragma once

#include <QStyledItemDelegate>

QT_BEGIN_NAMESPACE
class QListWidget;
class QListWidgetItem;
QT_END_NAMESPACE

namespace chladni::ui {

class TwoLineDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

QListWidget* twoLineList(const QString& accessibleName, QWidget* parent);
QListWidgetItem* addTwoLines(QListWidget* list, const QString& first, const QString& second);

}  // namespace chladni::ui

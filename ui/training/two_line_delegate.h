// TwoLineDelegate: items of two lines, the first to be found by, the second quiet and wrapped. The text of an item is both,
// parted by a line break. GUI thread only.
#pragma once

#include <QStyledItemDelegate>

namespace chladni::ui {

class TwoLineDelegate : public QStyledItemDelegate {
  Q_OBJECT

 public:
  using QStyledItemDelegate::QStyledItemDelegate;
  [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
  void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace chladni::ui

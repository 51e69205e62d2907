#include "ui/training/two_line_delegate.h"

#include <QListWidget>
#include <QPainter>

#include "widgets/theme/theme.h"

namespace chladni::ui {
namespace {

constexpr int kPadding = 8;
constexpr int kLeft = 12;
constexpr double kSmall = 0.92;

QFont boldFont(QFont font) {
  font.setWeight(QFont::DemiBold);
  return font;
}

QFont smallFont(QFont font) {
  font.setPointSizeF(font.pointSizeF() * kSmall);
  return font;
}

}  // namespace

QSize TwoLineDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
  return {160, QFontMetrics(boldFont(option.font)).height() + QFontMetrics(smallFont(option.font)).height() + 2 * kPadding};
}

void TwoLineDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const auto& theme = widgets::theme();
  const QString text = index.data(Qt::DisplayRole).toString();
  const bool selected = option.state.testFlag(QStyle::State_Selected);
  painter->save();
  QColor wash = theme.accent;
  wash.setAlphaF(selected ? 0.13F : 0.06F);
  if (selected || option.state.testFlag(QStyle::State_MouseOver)) painter->fillRect(option.rect, wash);
  if (selected) painter->fillRect(QRect(option.rect.left(), option.rect.top(), 2, option.rect.height()), theme.accent);
  const QRect inner = option.rect.adjusted(kLeft, kPadding, -kPadding, -kPadding);
  const QFont bold = boldFont(option.font);
  const QFont small = smallFont(option.font);
  painter->setFont(bold);
  painter->setPen(theme.text);
  painter->drawText(inner, Qt::AlignTop | Qt::AlignLeft, QFontMetrics(bold).elidedText(text.section('\n', 0, 0), Qt::ElideRight, inner.width()));
  painter->setFont(small);
  painter->setPen(theme.quiet);
  painter->drawText(inner, Qt::AlignBottom | Qt::AlignLeft, QFontMetrics(small).elidedText(text.section('\n', 1), Qt::ElideRight, inner.width()));
  painter->restore();
}

QListWidget* twoLineList(const QString& accessibleName, QWidget* parent) {
  auto* list = new QListWidget(parent);
  list->setAccessibleName(accessibleName);
  list->setItemDelegate(new TwoLineDelegate(list));
  list->setMouseTracking(true);
  list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  return list;
}

QListWidgetItem* addTwoLines(QListWidget* list, const QString& first, const QString& second) {
  auto* item = new QListWidgetItem(first + QStringLiteral("\n") + second, list);
  item->setToolTip(second);
  return item;
}

}  // namespace chladni::ui

#include "ui/training/page_column.h"

#include <QLabel>
#include <QVBoxLayout>

#include "widgets/theme/quiet_label.h"

namespace chladni::ui {
namespace {

QLabel* heading(const QString& text, QWidget* parent) {
  auto* label = new QLabel(text, parent);
  QFont font = label->font();
  font.setPointSizeF(font.pointSizeF() * 1.25);
  font.setWeight(QFont::DemiBold);
  label->setFont(font);
  return label;
}

}  // namespace

QVBoxLayout* pageColumn(QWidget* page, const QString& title, const QString& explanation) {
  auto* column = new QVBoxLayout(page);
  column->setContentsMargins(20, 16, 20, 8);
  column->setSpacing(8);
  column->addWidget(heading(title, page));
  column->addWidget(widgets::quietLabel(explanation, page));
  column->addSpacing(4);
  return column;
}

}  // namespace chladni::ui

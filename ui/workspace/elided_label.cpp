#include "ui/workspace/elided_label.h"

#include <QEvent>

namespace chladni::ui {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
  setMinimumWidth(20);
}

void ElidedLabel::setWhole(const QString& text) {
  whole_ = text;
  setToolTip(text);
  updateGeometry();
  fit();
}

QSize ElidedLabel::sizeHint() const {
  const QMargins margins = contentsMargins();
  return {fontMetrics().horizontalAdvance(whole_) + margins.left() + margins.right() + 2, QLabel::sizeHint().height()};
}

void ElidedLabel::fit() { setText(fontMetrics().elidedText(whole_, Qt::ElideMiddle, contentsRect().width())); }

void ElidedLabel::resizeEvent(QResizeEvent* event) {
  QLabel::resizeEvent(event);
  fit();
}

void ElidedLabel::changeEvent(QEvent* event) {
  QLabel::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) fit();
}

}  // namespace chladni::ui

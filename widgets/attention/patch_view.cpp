#include "widgets/attention/patch_view.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

// Rows as seen: one up is -1.
std::pair<int, int> stepOf(int key) {
  switch (key) {
    case Qt::Key_Left: return {0, -1};
    case Qt::Key_Right: return {0, 1};
    case Qt::Key_Up: return {-1, 0};
    case Qt::Key_Down: return {1, 0};
    default: return {0, 0};
  }
}

}  // namespace

PatchView::PatchView(QWidget* parent) : QWidget(parent) {
  setLayoutDirection(Qt::LeftToRight);  // neither time nor a picture turns with the writing
  setMouseTracking(true);
  setFocusPolicy(Qt::StrongFocus);
}

void PatchView::setQuery(std::optional<std::pair<int, int>> rowColumn) {
  query_ = rowColumn;
  update();
}

void PatchView::setPatchesShown(bool on) {
  patchesShown_ = on;
  update();
}

void PatchView::forgetMarks() {
  query_.reset();
  hovered_.reset();
}

void PatchView::paintMarks(QPainter& painter) const {
  if (hovered_) {
    painter.setPen(QPen(theme().text, 1.0, Qt::DotLine));
    painter.drawRect(patchRect(hovered_->first, hovered_->second));
  }
  if (query_) {
    painter.setPen(QPen(theme().playhead, 2.0));
    painter.drawRect(patchRect(query_->first, query_->second));
  }
}

void PatchView::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto patch = patchAt(event->position())) Q_EMIT patchClicked(patch->first, patch->second);
}

void PatchView::mouseMoveEvent(QMouseEvent* event) { hover(patchAt(event->position())); }

void PatchView::leaveEvent(QEvent*) { hover({}); }

void PatchView::hover(std::optional<std::pair<int, int>> patch) {
  hovered_ = patch;
  const QString text = hovered_ ? patchText(hovered_->first, hovered_->second) : QString();
  setToolTip(text);
  Q_EMIT valueUnderCursor(text);
  update();
}

void PatchView::keyPressEvent(QKeyEvent* event) {
  const auto step = stepOf(event->key());
  const auto [rows, columns] = patchCount();
  if (rows < 1 || columns < 1 || step == std::pair(0, 0)) return QWidget::keyPressEvent(event);
  const auto from = query_.value_or(std::pair(rows / 2, columns / 2));
  Q_EMIT patchClicked(std::clamp(from.first + (rowsRise() ? -step.first : step.first), 0, rows - 1), std::clamp(from.second + step.second, 0, columns - 1));
}

}  // namespace chladni::widgets

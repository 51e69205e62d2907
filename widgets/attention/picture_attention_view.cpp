#include "widgets/attention/picture_attention_view.h"

#include <QPainter>
#include <algorithm>

#include "widgets/theme/attention_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kSide = 12;

QImage greyOf(const std::shared_ptr<const VideoFrame>& seen) {
  if (!seen || seen->width < 1 || seen->height < 1) return {};
  return QImage(seen->rgb.data(), seen->width, seen->height, 3 * seen->width, QImage::Format_RGB888).convertToFormat(QImage::Format_Grayscale8);
}

}  // namespace

PictureAttentionView::PictureAttentionView(QWidget* parent) : PatchView(parent) {
  setAccessibleName(tr("Attention over the picture that the model saw"));
}

void PictureAttentionView::setAttention(std::shared_ptr<const AttentionMap> map, const std::shared_ptr<const VideoFrame>& seen) {
  if (!map || map->weights.rows == 0 || map->picture.patches() == 0) return clear();
  map_ = std::move(map);
  grey_ = greyOf(seen);
  const auto first = map_->weights.row(0).begin() + map_->grid.leadingTokens + map_->grid.patches();
  const auto [low, high] = std::minmax_element(first, first + map_->picture.patches());
  lowest_ = *low;
  highest_ = *high;
  setAccessibleDescription(rangeText());
  update();
}

void PictureAttentionView::clear() {
  map_.reset();
  grey_ = {};
  forgetMarks();
  setAccessibleDescription({});
  update();
}

float PictureAttentionView::weight(int row, int column) const {
  return map_->weights.at(0, map_->grid.leadingTokens + map_->grid.patches() + std::int64_t{row} * map_->picture.columns + column);
}

QString PictureAttentionView::rangeText() const {
  return map_ ? tr("%1 … %2 per patch").arg(lowest_, 0, 'f', 4).arg(highest_, 0, 'f', 4) : QString();
}

QString PictureAttentionView::patchText(int row, int column) const {
  if (!map_) return {};
  return tr("patch %1 of %2 of the picture · row %3, column %4 · weight %5")
      .arg(row * map_->picture.columns + column + 1)
      .arg(map_->picture.patches())
      .arg(row)
      .arg(column)
      .arg(weight(row, column), 0, 'f', 4);
}

// As large as fits, patches as square as they were.
QRectF PictureAttentionView::area() const {
  const QRectF room = QRectF(rect()).adjusted(kSide, 2, -kSide, -fontMetrics().height() - 6);
  if (!map_) return room;
  const QSizeF shape = grey_.isNull() ? QSizeF(map_->picture.columns, map_->picture.rows) : QSizeF(grey_.size());
  const QSizeF fitted = shape.scaled(room.size(), Qt::KeepAspectRatio);
  return {QPointF(room.left() + (room.width() - fitted.width()) / 2, room.top()), fitted};
}

QRectF PictureAttentionView::patchRect(int row, int column) const {
  if (!map_) return {};
  const QRectF all = area();
  const double width = all.width() / map_->picture.columns, height = all.height() / map_->picture.rows;
  return {all.left() + column * width, all.top() + row * height, width, height};
}

std::optional<std::pair<int, int>> PictureAttentionView::patchAt(const QPointF& position) const {
  const QRectF all = area();
  if (!map_ || !all.contains(position)) return std::nullopt;
  const auto place = [](double at, double length, int count) { return std::clamp(static_cast<int>(at / length * count), 0, count - 1); };
  return std::pair(place(position.y() - all.top(), all.height(), map_->picture.rows), place(position.x() - all.left(), all.width(), map_->picture.columns));
}

void PictureAttentionView::paintWeights(QPainter& painter) const {
  QColor line = theme().text;
  line.setAlphaF(0.35F);
  for (int row = 0; row < map_->picture.rows; ++row)
    for (int column = 0; column < map_->picture.columns; ++column) {
      QColor hue = kAttentionHue;
      hue.setAlphaF(static_cast<float>(kAttentionStrongest * (highest_ > 0.0F ? std::clamp(weight(row, column) / highest_, 0.0F, 1.0F) : 0.0F)));
      painter.fillRect(patchRect(row, column), hue);
      if (!patchesShown()) continue;
      painter.setPen(QPen(line, 1.0));
      painter.drawRect(patchRect(row, column));
    }
}

void PictureAttentionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  painter.fillRect(rect(), theme().panel);
  if (!map_) return;
  const QRectF all = area();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  if (grey_.isNull()) painter.fillRect(all, theme().lane);
  else painter.drawImage(all, grey_);
  paintWeights(painter);
  paintMarks(painter);
  painter.setPen(hasFocus() ? QPen(theme().accent, 1.5) : QPen(theme().hairline, 1.0));
  painter.drawRect(all.adjusted(-0.5, -0.5, 0.5, 0.5));
  painter.setPen(theme().quiet);
  painter.drawText(QRectF(0, all.bottom() + 3, width(), fontMetrics().height() + 2), Qt::AlignHCenter | Qt::AlignVCenter, rangeText());
}

}  // namespace chladni::widgets

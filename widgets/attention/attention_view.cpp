#include "widgets/attention/attention_view.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/theme/attention_colours.h"
#include "widgets/theme/theme.h"
#include "widgets/time_axis/patch_place.h"
#include "widgets/time_axis/time_ruler.h"

namespace chladni::widgets {

AttentionView::AttentionView(QWidget* parent) : PatchView(parent) {
  setAccessibleName(tr("Attention over the model's picture of the sound"));
}

void AttentionView::setAttention(std::shared_ptr<const AttentionMap> map, std::shared_ptr<const Matrix> input) {
  map_ = std::move(map);
  input_ = std::move(input);
  message_.clear();
  renderInput();
  renderWeights();
  setAccessibleDescription(map_ ? QString::fromStdString(map_->title) : QString());
  update();
}

void AttentionView::setMessage(const QString& text) {
  map_.reset();
  input_.reset();
  grey_ = {};
  heat_ = {};
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void AttentionView::setPlayhead(double seconds) {
  playhead_ = seconds;
  update();
}

QRect AttentionView::area() const {
  return rect().adjusted(12, 2, -12, -fontMetrics().height() - 6);
}

// Input columns that hold media; what follows is padding and says nothing.
double AttentionView::columnsShown() const {
  if (!map_) return 1.0;
  const double all = input_ && input_->rows > 0 ? static_cast<double>(input_->rows)
                                                : static_cast<double>(map_->grid.columns) * map_->grid.strideColumns;
  const double media = map_->grid.columnSeconds > 0.0 ? map_->span.length().seconds() / map_->grid.columnSeconds : all;
  return std::clamp(media, 1.0, all);
}

float AttentionView::weight(int row, int column) const {
  const std::int64_t key = map_->grid.leadingTokens + static_cast<std::int64_t>(row) * map_->grid.columns + column;
  return key < map_->weights.columns ? map_->weights.at(0, key) : 0.0F;
}

void AttentionView::renderInput() {
  grey_ = {};
  if (!input_ || input_->rows == 0 || input_->columns == 0) return;
  const auto [low, high] = std::minmax_element(input_->values.begin(), input_->values.end());
  const float span = std::max(1e-6F, *high - *low);
  grey_ = QImage(static_cast<int>(input_->rows), static_cast<int>(input_->columns), QImage::Format_RGB32);
  for (int bin = 0; bin < grey_.height(); ++bin) {
    auto* line = reinterpret_cast<QRgb*>(grey_.scanLine(grey_.height() - 1 - bin));
    for (int column = 0; column < grey_.width(); ++column) {
      const float share = (input_->at(column, bin) - *low) / span;
      // Print-like on light, glow-like on dark; never fully black or white, so that the overlay shows everywhere.
      const int level = theme().dark ? static_cast<int>(24 + 190 * share) : static_cast<int>(236 - 190 * share);
      line[column] = qRgb(level, level, level);
    }
  }
}

void AttentionView::renderWeights() {
  heat_ = {};
  if (!map_ || map_->weights.rows == 0) return;
  const PatchGrid& grid = map_->grid;
  lowest_ = highest_ = weight(0, 0);
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      lowest_ = std::min(lowest_, weight(row, column));
      highest_ = std::max(highest_, weight(row, column));
    }
  }
  heat_ = QImage(grid.columns, grid.rows, QImage::Format_ARGB32);
  for (int row = 0; row < grid.rows; ++row) {
    for (int column = 0; column < grid.columns; ++column) {
      const double share = highest_ > 0.0F ? weight(row, column) / highest_ : 0.0;
      heat_.setPixel(column, grid.rows - 1 - row,
                     qRgba(kAttentionHue.red(), kAttentionHue.green(), kAttentionHue.blue(), static_cast<int>(255 * kAttentionStrongest * std::clamp(share, 0.0, 1.0))));
    }
  }
}

QString AttentionView::rangeText() const {
  return map_ ? tr("%1 … %2 per patch").arg(lowest_, 0, 'f', 4).arg(highest_, 0, 'f', 4) : QString();
}

QRectF AttentionView::patchRect(int row, int column) const {
  const QRect area = this->area();
  if (!map_) return {};
  const PatchGrid& grid = map_->grid;
  const double bins = input_ && input_->columns > 0 ? static_cast<double>(input_->columns)
                                                    : static_cast<double>(grid.rows) * grid.strideBins;
  const double perColumn = area.width() / columnsShown();
  const double perBin = area.height() / bins;
  return {area.left() + column * grid.strideColumns * perColumn,
          area.bottom() + 1 - (row * grid.strideBins + grid.patchBins) * perBin, grid.patchColumns * perColumn,
          grid.patchBins * perBin};
}

std::optional<std::pair<int, int>> AttentionView::patchAt(const QPointF& position) const {
  if (!map_ || !area().contains(position.toPoint())) return std::nullopt;
  const PatchGrid& grid = map_->grid;
  const QRect area = this->area();
  const double bins = input_ && input_->columns > 0 ? static_cast<double>(input_->columns)
                                                    : static_cast<double>(grid.rows) * grid.strideBins;
  const double column = (position.x() - area.left()) / area.width() * columnsShown();
  const double bin = (area.bottom() + 1 - position.y()) / area.height() * bins;
  // Overlapping patches: the one whose centre is nearest.
  const auto nearest = [](double at, int patch, int stride, int count) {
    return std::clamp(static_cast<int>(std::lround((at - patch / 2.0) / stride)), 0, count - 1);
  };
  return std::pair(nearest(bin, grid.patchBins, grid.strideBins, grid.rows),
                   nearest(column, grid.patchColumns, grid.strideColumns, grid.columns));
}

QString AttentionView::patchText(int row, int column) const {
  if (!map_) return {};
  return patchPlace(map_->grid, map_->span.start, binHz_, row, column) + tr(" · weight %1").arg(weight(row, column), 0, 'f', 4);
}

void AttentionView::paintPatches(QPainter& painter) const {
  const QFontMetrics metrics = painter.fontMetrics();
  QColor line = theme().text;
  line.setAlphaF(0.35F);
  const bool numbers = patchRect(0, 0).width() > metrics.horizontalAdvance(QString::number(map_->grid.patches())) + 4 &&
                       patchRect(0, 0).height() > metrics.height() + 2;
  for (int row = 0; row < map_->grid.rows; ++row)
    for (int column = 0; column < map_->grid.columns; ++column) {
      const QRectF cell = patchRect(row, column);
      if (!cell.intersects(QRectF(area()))) continue;
      painter.setPen(QPen(line, 1.0));
      painter.drawRect(cell);
      if (numbers) painter.drawText(cell.adjusted(3, 1, 0, 0), Qt::AlignLeft | Qt::AlignTop, QString::number(row * map_->grid.columns + column + 1));
    }
}

void AttentionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setLayoutDirection(layoutDirection());
  painter.fillRect(rect(), theme().panel);
  const QRect area = this->area();
  if (!map_) {
    painter.setPen(theme().quiet);
    painter.drawText(area, Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  const double columns = columnsShown();
  painter.save();
  painter.setClipRect(area);
  if (!grey_.isNull()) painter.drawImage(QRectF(area), grey_, QRectF(0, 0, columns, grey_.height()));
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  for (int row = 0; row < heat_.height(); ++row) {
    for (int column = 0; column < heat_.width(); ++column) {
      const QRgb pixel = heat_.pixel(column, heat_.height() - 1 - row);
      if (qAlpha(pixel) < 6) continue;
      // Strides smaller than the patch would darken where patches overlap: each patch paints its own stride.
      QRectF cell = patchRect(row, column);
      const QRectF next = patchRect(row + 1, column + 1);
      cell.setRight(next.left());
      cell.setTop(next.bottom());
      painter.fillRect(cell, QColor::fromRgba(pixel));
    }
  }
  if (patchesShown()) paintPatches(painter);
  paintMarks(painter);
  const double length = columns * map_->grid.columnSeconds;
  const double start = map_->span.start.seconds();
  if (length > 0.0 && playhead_ >= start && playhead_ <= start + length) {
    painter.fillRect(QRectF(std::round(area.left() + (playhead_ - start) / length * area.width()), area.top(), 1, area.height()), theme().playhead);
  }
  painter.restore();
  painter.setPen(hasFocus() ? QPen(theme().accent, 1.5) : QPen(theme().hairline, 1.0));
  painter.drawRect(QRectF(area).adjusted(-0.5, -0.5, 0.5, 0.5));
  painter.setPen(theme().quiet);
  const QRect foot(area.left(), area.bottom() + 3, area.width(), fontMetrics().height() + 2);
  painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, rulerText(start, 0.1));
  painter.drawText(foot, Qt::AlignRight | Qt::AlignVCenter, rulerText(start + length, 0.1));
  painter.drawText(foot, Qt::AlignHCenter | Qt::AlignVCenter, rangeText());
}

}  // namespace chladni::widgets

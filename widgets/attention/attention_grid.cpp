#include "widgets/attention/attention_grid.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/theme/attention_colours.h"
#include "widgets/theme/theme.h"

namespace chladni::widgets {
namespace {

constexpr int kMargin = 12;
constexpr double kGap = 2.0;

}  // namespace

AttentionGrid::AttentionGrid(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setLayoutDirection(Qt::LeftToRight);  // neither time nor a plane turns with the writing
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Attention of every head of every layer"));
}

void AttentionGrid::setOverview(std::shared_ptr<const AttentionMap> map, int heads) {
  map_ = std::move(map);
  heads_ = heads;
  message_.clear();
  setAccessibleDescription(tr("%1 layers of %2 heads").arg(layers()).arg(heads_));
  render();
  update();
}

void AttentionGrid::setMessage(const QString& text) {
  map_.reset();
  cells_.clear();
  message_ = text;
  setAccessibleDescription(text);
  update();
}

void AttentionGrid::setChosen(std::optional<std::pair<int, int>> layerHead) {
  chosen_ = layerHead;
  update();
}

// Of the sound; of the picture for models that hear nothing.
std::span<const float> AttentionGrid::patches(int layer, int head) const {
  const PatchGrid& grid = map_->grid.patches() > 0 ? map_->grid : map_->picture;
  const auto row = map_->weights.row(static_cast<std::int64_t>(layer) * heads_ + head);
  const auto first = static_cast<std::size_t>(map_->grid.leadingTokens);
  return row.subspan(std::min(first, row.size()), std::min(static_cast<std::size_t>(grid.patches()), row.size() - std::min(first, row.size())));
}

void AttentionGrid::render() {
  cells_.clear();
  if (!map_) return;
  const bool sound = map_->grid.patches() > 0;
  const PatchGrid& grid = sound ? map_->grid : map_->picture;
  int shown = grid.columns;
  if (sound && grid.columnSeconds > 0.0) {
    const double media = map_->span.length().seconds() / (grid.columnSeconds * grid.strideColumns);
    shown = std::clamp(static_cast<int>(std::ceil(media)), 1, grid.columns);
  }
  for (int layer = 0; layer < layers(); ++layer)
    for (int head = 0; head < heads_; ++head) {
      const std::span<const float> weights = patches(layer, head);
      const float most = weights.empty() ? 0.0F : *std::max_element(weights.begin(), weights.end());
      QImage cell(shown, grid.rows, QImage::Format_RGB32);
      cell.fill(theme().lane);
      for (int row = 0; row < grid.rows; ++row)
        for (int column = 0; column < shown; ++column) {
          const auto index = static_cast<std::size_t>(row * grid.columns + column);
          if (index >= weights.size() || most <= 0.0F) continue;
          // Pictures run from the top down, sound from the bottom up.
          cell.setPixel(column, sound ? grid.rows - 1 - row : row, attentionColour(theme().lane, weights[index] / most).rgb());
        }
      cells_.push_back(std::move(cell));
    }
}

QRect AttentionGrid::area() const {
  const int line = fontMetrics().height();
  return rect().adjusted(kMargin + fontMetrics().horizontalAdvance("00") + 6, line + 4, -kMargin, -4);
}

QRectF AttentionGrid::cellRect(int layer, int head) const {
  if (layers() == 0) return {};
  const QRect area = this->area();
  const double width = static_cast<double>(area.width()) / heads_;
  const double height = static_cast<double>(area.height()) / layers();
  return QRectF(area.left() + head * width, area.top() + (layers() - 1 - layer) * height, width - kGap, height - kGap);
}

std::optional<std::pair<int, int>> AttentionGrid::cellAt(const QPointF& position) const {
  const QRect area = this->area();
  if (layers() == 0 || !area.contains(position.toPoint())) return std::nullopt;
  const int head = static_cast<int>((position.x() - area.left()) * heads_ / area.width());
  const int layer = layers() - 1 - static_cast<int>((position.y() - area.top()) * layers() / area.height());
  return std::pair(std::clamp(layer, 0, layers() - 1), std::clamp(head, 0, heads_ - 1));
}

QString AttentionGrid::cellText(int layer, int head) const {
  if (layer < 0 || layer >= layers() || head < 0 || head >= heads_) return {};
  const std::span<const float> weights = patches(layer, head);
  if (weights.empty()) return {};
  const auto [least, most] = std::minmax_element(weights.begin(), weights.end());
  return tr("layer %1 · head %2 · %3 … %4 per patch").arg(layer).arg(head).arg(*least, 0, 'f', 4).arg(*most, 0, 'f', 4);
}

void AttentionGrid::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.fillRect(rect(), theme().panel);
  painter.setPen(theme().quiet);
  if (!map_ || cells_.empty()) {
    painter.drawText(rect().adjusted(kMargin, 2, -kMargin, -2), Qt::AlignTop | Qt::AlignLeft | Qt::TextWordWrap, message_);
    return;
  }
  const QRect area = this->area();
  const int line = fontMetrics().height();
  const double cellWidth = static_cast<double>(area.width()) / heads_;
  const double cellHeight = static_cast<double>(area.height()) / layers();
  const int everyHead = std::max(1, static_cast<int>(std::ceil((fontMetrics().horizontalAdvance("00") + 4) / cellWidth)));
  const int everyLayer = std::max(1, static_cast<int>(std::ceil(line / cellHeight)));
  for (int head = 0; head < heads_; head += everyHead)
    painter.drawText(QRectF(area.left() + head * cellWidth, area.top() - line - 2, cellWidth, line), Qt::AlignCenter, QString::number(head));
  for (int layer = 0; layer < layers(); layer += everyLayer)
    painter.drawText(QRectF(kMargin, cellRect(layer, 0).center().y() - line / 2.0, area.left() - kMargin - 6, line), Qt::AlignRight, QString::number(layer));
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  for (int layer = 0; layer < layers(); ++layer)
    for (int head = 0; head < heads_; ++head)
      painter.drawImage(cellRect(layer, head), cells_[static_cast<std::size_t>(layer * heads_ + head)]);
  const auto frame = [&](const std::optional<std::pair<int, int>>& cell, const QPen& pen) {
    if (!cell) return;
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cellRect(cell->first, cell->second).adjusted(-0.5, -0.5, 0.5, 0.5));
  };
  frame(hovered_, QPen(theme().text, 1.0));
  frame(chosen_, QPen(theme().accent, 2.0));
}

void AttentionGrid::mousePressEvent(QMouseEvent* event) {
  if (event->button() != Qt::LeftButton) return;
  if (const auto cell = cellAt(event->position())) Q_EMIT chosen(cell->first, cell->second);
}

void AttentionGrid::mouseMoveEvent(QMouseEvent* event) {
  hovered_ = cellAt(event->position());
  setToolTip(hovered_ ? cellText(hovered_->first, hovered_->second) : QString());
  update();
}

void AttentionGrid::leaveEvent(QEvent*) {
  hovered_.reset();
  update();
}

void AttentionGrid::keyPressEvent(QKeyEvent* event) {
  const std::pair<int, int> step = event->key() == Qt::Key_Left    ? std::pair(0, -1)
                                   : event->key() == Qt::Key_Right ? std::pair(0, 1)
                                   : event->key() == Qt::Key_Up    ? std::pair(1, 0)
                                   : event->key() == Qt::Key_Down  ? std::pair(-1, 0)
                                                                   : std::pair(0, 0);
  const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (layers() == 0 || (!enter && step == std::pair(0, 0))) return QWidget::keyPressEvent(event);
  const auto from = hovered_.value_or(chosen_.value_or(std::pair(layers() - 1, 0)));
  if (enter) {
    Q_EMIT chosen(from.first, from.second);
    return;
  }
  hovered_ = std::pair(std::clamp(from.first + step.first, 0, layers() - 1), std::clamp(from.second + step.second, 0, heads_ - 1));
  setToolTip(cellText(hovered_->first, hovered_->second));
  update();
}

void AttentionGrid::changeEvent(QEvent* event) {
  // The ground of the small pictures is the theme's.
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange) render();
  QWidget::changeEvent(event);
}

}  // namespace chladni::widgets

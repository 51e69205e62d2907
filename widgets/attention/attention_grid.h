// AttentionGrid: every head of every layer as a small picture of what its class token attended to, layers from the first
// (bottom) to the last (top), heads side by side. Each small picture is scaled by its own largest weight; the pointer reads
// it. A click, or arrows and Enter, chooses one. GUI thread only; results are shared.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/attention_map.h"

namespace chladni::widgets {

class AttentionGrid : public QWidget {
  Q_OBJECT

 public:
  explicit AttentionGrid(QWidget* parent = nullptr);

  // Rows of the map are layer * heads + head. Null: the message.
  void setOverview(std::shared_ptr<const AttentionMap> map, int heads);
  void setMessage(const QString& text);
  // The one that is shown large elsewhere; empty: none.
  void setChosen(std::optional<std::pair<int, int>> layerHead);
  [[nodiscard]] const std::shared_ptr<const AttentionMap>& map() const { return map_; }
  [[nodiscard]] int layers() const { return heads_ > 0 && map_ ? static_cast<int>(map_->weights.rows) / heads_ : 0; }
  [[nodiscard]] int heads() const { return heads_; }
  [[nodiscard]] QRectF cellRect(int layer, int head) const;
  // "layer 3 · head 5 · 0.0002 … 0.0310 per patch"
  [[nodiscard]] QString cellText(int layer, int head) const;

  QSize sizeHint() const override { return {320, 260}; }
  QSize minimumSizeHint() const override { return {160, 100}; }

 Q_SIGNALS:
  void chosen(int layer, int head);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] QRect area() const;
  [[nodiscard]] std::optional<std::pair<int, int>> cellAt(const QPointF& position) const;
  [[nodiscard]] std::span<const float> patches(int layer, int head) const;
  void render();

  std::shared_ptr<const AttentionMap> map_;
  int heads_ = 0;
  std::vector<QImage> cells_;  // as the rows of the map
  QString message_;
  std::optional<std::pair<int, int>> chosen_;
  std::optional<std::pair<int, int>> hovered_;
};

}  // namespace chladni::widgets

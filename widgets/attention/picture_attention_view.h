// PictureAttentionView: the square of the video frame that the model saw, in grey, and over it in one hue what the query
// attended to, patch by patch, with the range printed. A click (or an arrow) makes a patch of the picture the query; what it
// listens to is then in the AttentionView beside. GUI thread only; results are shared.
#pragma once

#include <QImage>
#include <memory>
#include <optional>

#include "core/data/attention_map.h"
#include "core/data/video_frame.h"
#include "widgets/attention/patch_view.h"

namespace chladni::widgets {

class PictureAttentionView : public PatchView {
  Q_OBJECT

 public:
  explicit PictureAttentionView(QWidget* parent = nullptr);

  // `seen`: the square; null draws the weights alone. A map without a picture empties the view.
  void setAttention(std::shared_ptr<const AttentionMap> map, const std::shared_ptr<const VideoFrame>& seen);
  void clear();
  [[nodiscard]] const std::shared_ptr<const AttentionMap>& map() const { return map_; }
  // "0.0000 … 0.0310 per patch"
  [[nodiscard]] QString rangeText() const;
  // "patch 23 of 196 of the picture · row 1, column 8 · weight 0.0031"
  [[nodiscard]] QString patchText(int row, int column) const override;
  [[nodiscard]] QRectF patchRect(int row, int column) const override;

  QSize sizeHint() const override { return {240, 200}; }
  QSize minimumSizeHint() const override { return {120, 180}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  [[nodiscard]] std::optional<std::pair<int, int>> patchAt(const QPointF& position) const override;
  [[nodiscard]] std::pair<int, int> patchCount() const override { return map_ ? std::pair(map_->picture.rows, map_->picture.columns) : std::pair(0, 0); }
  [[nodiscard]] bool rowsRise() const override { return false; }

 private:
  [[nodiscard]] QRectF area() const;
  [[nodiscard]] float weight(int row, int column) const;
  void paintWeights(QPainter& painter) const;

  std::shared_ptr<const AttentionMap> map_;
  QImage grey_;
  float lowest_ = 0.0F;
  float highest_ = 0.0F;
};

}  // namespace chladni::widgets

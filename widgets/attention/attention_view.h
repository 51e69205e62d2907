// AttentionView: the picture the model saw, in grey, and over it in one hue what the query attended to, patch by patch,
// with the range printed. A click (or arrows and Enter) makes a patch the query. GUI thread only; results are shared.
#pragma once

#include <QImage>
#include <memory>
#include <optional>
#include <vector>

#include "core/data/attention_map.h"
#include "widgets/attention/patch_view.h"

namespace chladni::widgets {

class AttentionView : public PatchView {
  Q_OBJECT

 public:
  explicit AttentionView(QWidget* parent = nullptr);

  void setAttention(std::shared_ptr<const AttentionMap> map, std::shared_ptr<const Matrix> input);
  void setMessage(const QString& text);
  // Centre of each bin of the input in Hz, to name bands; empty: numbers of bins.
  void setBinHz(std::vector<float> hertz) { binHz_ = std::move(hertz); }
  void setPlayhead(double seconds);
  [[nodiscard]] const std::shared_ptr<const AttentionMap>& map() const { return map_; }
  // "0.000 … 0.031 · mean 0.002"
  [[nodiscard]] QString rangeText() const;
  // "patch 23 of 512 · 4.16–4.32 s · 210–480 Hz · weight 0.0031"
  [[nodiscard]] QString patchText(int row, int column) const override;
  [[nodiscard]] QRectF patchRect(int row, int column) const override;

  QSize sizeHint() const override { return {320, 200}; }
  QSize minimumSizeHint() const override { return {160, 100}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  [[nodiscard]] std::optional<std::pair<int, int>> patchAt(const QPointF& position) const override;
  [[nodiscard]] std::pair<int, int> patchCount() const override { return map_ ? std::pair(map_->grid.rows, map_->grid.columns) : std::pair(0, 0); }
  [[nodiscard]] bool rowsRise() const override { return true; }

 private:
  [[nodiscard]] QRect area() const;
  [[nodiscard]] double columnsShown() const;
  void paintPatches(QPainter& painter) const;
  void renderInput();
  void renderWeights();
  [[nodiscard]] float weight(int row, int column) const;

  std::shared_ptr<const AttentionMap> map_;
  std::shared_ptr<const Matrix> input_;
  QImage grey_;
  QImage heat_;
  std::vector<float> binHz_;
  float highest_ = 0.0F;
  float lowest_ = 0.0F;
  QString message_;
  double playhead_ = 0.0;
};

}  // namespace chladni::widgets

// ReconstructionView: what a masked autoencoder was given, what it painted and how far off it was: panels of the sound
// (original, masked, output, pasted, error) and, when the model saw a picture, of the picture, all on one colour scale
// per quantity. The pointer reads off patches; while painting is on, dragging hides and reveals them, as Space does at
// the patch chosen with the arrow keys. GUI thread only; results are shared.
#pragma once

#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

#include "widgets/reconstruction/reconstruction_panels.h"

namespace chladni::widgets {

class ReconstructionView : public QWidget {
  Q_OBJECT

 public:
  using Plane = ReconstructionPanels::Plane;
  using Part = ReconstructionPanels::Part;

  explicit ReconstructionView(QWidget* parent = nullptr);

  void setReconstruction(ShownReconstruction shown);
  [[nodiscard]] const ShownReconstruction& shown() const { return panels_.shown(); }
  void setMessage(const QString& text);
  void setPainting(bool on);
  // Masks under way, drawn over what is on show until the next result; empty: none.
  void setMasks(std::vector<std::uint8_t> sound, std::vector<std::uint8_t> picture);
  void setPlayhead(double seconds);

  // Where a part is drawn; empty when it is not.
  [[nodiscard]] QRect partRect(Plane plane, Part part) const { return panels_.partRect(plane, part); }
  [[nodiscard]] QRectF patchRect(Plane plane, Part part, int row, int column) const { return panels_.patchRect(plane, part, row, column); }
  // "patch 23 of 512 · 4.16–4.32 s · 210–480 Hz · hidden · loss 0.31"
  [[nodiscard]] QString patchText(Plane plane, int row, int column) const;
  // Of the sound, in the model's units.
  [[nodiscard]] std::pair<float, float> scale() const { return {panels_.low(), panels_.high()}; }

  [[nodiscard]] int heightForWidth(int width) const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  QSize sizeHint() const override { return {320, heightForWidth(320)}; }
  QSize minimumSizeHint() const override { return {200, 80}; }

 Q_SIGNALS:
  void patchPainted(chladni::widgets::ReconstructionView::Plane plane, int row, int column, bool hide);
  // Empty when the pointer leaves.
  void valueUnderCursor(const QString& text);

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  bool event(QEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  using Panel = ReconstructionPanels::Panel;
  using PatchAt = ReconstructionPanels::PatchAt;
  void layOut();
  [[nodiscard]] bool hidden(const PatchAt& at) const;
  void paintImage(QPainter& painter, const Panel& panel);
  void paintTitle(QPainter& painter, const Panel& panel);
  void paintScales(QPainter& painter);
  void paintPatch(const PatchAt& at, bool hide);

  ReconstructionPanels panels_;
  std::vector<std::uint8_t> soundMask_;
  std::vector<std::uint8_t> pictureMask_;
  QString message_;
  bool painting_ = false;
  std::optional<bool> stroke_;  // what the drag under way does: hide or reveal
  std::optional<PatchAt> hovered_;
  double playhead_ = -1.0;
};

}  // namespace chladni::widgets

// ReconstructionView: what a masked autoencoder was given, what it painted and how far off it was: panels of the sound
// (original, masked, output, pasted, error) and, when the model saw a picture, of the picture, all on one colour scale
// per quantity. The pointer reads off patches; while painting is on, dragging hides and reveals them, as Space does at
// the patch chosen with the arrow keys. GUI thread only; results are shared.
#pragma once

#include <QImage>
#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "core/base/units.h"
#include "core/data/picture_spec.h"
#include "core/data/reconstruction.h"

namespace chladni::widgets {

struct ShownReconstruction {
  std::shared_ptr<const Reconstruction> result;
  std::shared_ptr<const PlanePictures> sound;    // null: the model hears nothing
  std::shared_ptr<const PlanePictures> picture;  // null: the model sees nothing
  std::optional<PictureSpec> pictureSpec;        // to bring the picture back to colours
  std::vector<float> binHz;                      // centre of each bin of the sound; empty: not known
  TimeRange span;                                // of media; columns beyond it are padding
};

class ReconstructionView : public QWidget {
  Q_OBJECT

 public:
  enum class Plane { sound, picture };
  enum class Part { original, masked, predicted, pasted, error };

  explicit ReconstructionView(QWidget* parent = nullptr);

  void setReconstruction(ShownReconstruction shown);
  [[nodiscard]] const ShownReconstruction& shown() const { return shown_; }
  void setMessage(const QString& text);
  void setPainting(bool on);
  // Masks under way, drawn over what is on show until the next result; empty: none.
  void setMasks(std::vector<std::uint8_t> sound, std::vector<std::uint8_t> picture);
  void setPlayhead(double seconds);

  // Where a part is drawn; empty when it is not.
  [[nodiscard]] QRect partRect(Plane plane, Part part) const;
  [[nodiscard]] QRectF patchRect(Plane plane, Part part, int row, int column) const;
  // "patch 23 of 512 · 4.16–4.32 s · 210–480 Hz · hidden · loss 0.31"
  [[nodiscard]] QString patchText(Plane plane, int row, int column) const;
  // Of the sound, in the model's units.
  [[nodiscard]] std::pair<float, float> scale() const { return {low_, high_}; }

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
  struct Panel {
    Plane plane = Plane::sound;
    Part part = Part::original;
    QImage image;
    QRect rect;  // of the image
    QString title;
    QString hint;
  };
  struct PatchAt {
    Plane plane = Plane::sound;
    Part part = Part::original;
    int row = 0;
    int column = 0;
    [[nodiscard]] bool samePatch(const PatchAt& other) const {
      return plane == other.plane && row == other.row && column == other.column;
    }
  };
  void render();
  int layOut(int width);
  [[nodiscard]] const ReconstructedPlane& planeOf(Plane plane) const;
  [[nodiscard]] std::int64_t columnsShown() const;
  [[nodiscard]] std::optional<PatchAt> patchAt(const QPointF& position) const;
  [[nodiscard]] bool hidden(const PatchAt& at) const;
  [[nodiscard]] QImage soundImage(Part part) const;
  [[nodiscard]] QImage pictureImage(Part part) const;
  void paintPanel(QPainter& painter, const Panel& panel);
  void paintScales(QPainter& painter);
  void paintPatch(const PatchAt& at, bool hide);

  ShownReconstruction shown_;
  std::vector<Panel> panels_;
  std::vector<std::uint8_t> soundMask_;
  std::vector<std::uint8_t> pictureMask_;
  QString message_;
  float low_ = 0.0F;
  float high_ = 1.0F;
  int scalesTop_ = 0;
  bool painting_ = false;
  std::optional<bool> stroke_;  // what the drag under way does: hide or reveal
  std::optional<PatchAt> hovered_;
  double playhead_ = -1.0;
};

}  // namespace chladni::widgets

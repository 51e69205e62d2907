// ReconstructionPanels: the pictures of a reconstruction and where they lie: original, masked, output, pasted and error of
// the sound and of the picture, each with its title, placed in rows for a width; and which patch is at a place.
// GUI thread only (colours are the theme's); results are shared.
#pragma once

#include <QCoreApplication>
#include <QImage>
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

class ReconstructionPanels {
  Q_DECLARE_TR_FUNCTIONS(chladni::widgets::ReconstructionView)

 public:
  enum class Plane { sound, picture };
  enum class Part { original, masked, predicted, pasted, error };
  struct Panel {
    Plane plane = Plane::sound;
    Part part = Part::original;
    QString title;
    QString hint;
    QImage image;
    QRect rect;  // of the image
  };
  struct PatchAt {
    Plane plane = Plane::sound;
    Part part = Part::original;
    int row = 0;
    int column = 0;
  };

  void show(ShownReconstruction shown);
  void render();  // again, in the colours of another theme
  // Places all, row by row, below each other; `line` is the height of a line of text. Returns the height they need.
  int layOut(int width, int line);
  [[nodiscard]] int heightFor(int width, int line) const;

  [[nodiscard]] const ShownReconstruction& shown() const { return shown_; }
  [[nodiscard]] const std::vector<Panel>& panels() const { return panels_; }
  // Precondition: shown().result.
  [[nodiscard]] const ReconstructedPlane& planeOf(Plane plane) const;
  // Empty when it is not drawn.
  [[nodiscard]] QRect partRect(Plane plane, Part part) const;
  [[nodiscard]] QRectF patchRect(Plane plane, Part part, int row, int column) const;
  [[nodiscard]] std::optional<PatchAt> patchAt(const QPointF& position) const;
  // Of the sound, in the model's units.
  [[nodiscard]] float low() const { return low_; }
  [[nodiscard]] float high() const { return high_; }
  // Where there is room below all panels.
  [[nodiscard]] int bottom() const { return bottom_; }

 private:
  template <class Take>
  int place(int width, int line, Take take) const;
  void listSound();
  void listPicture();
  [[nodiscard]] std::int64_t columnsShown() const;
  [[nodiscard]] QImage soundImage(Part part) const;
  [[nodiscard]] QImage pictureImage(Part part) const;

  ShownReconstruction shown_;
  std::vector<Panel> panels_;
  float low_ = 0.0F;
  float high_ = 1.0F;
  int bottom_ = 0;
};

}  // namespace chladni::widgets

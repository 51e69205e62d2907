// SvgCanvas: a plot as an inline SVG element. Colours are style classes of the page (ink-text, ink-first, ...), so that it
// follows light and dark; pictures are PNG inside it. Nothing refers to anything outside. One thread.
#pragma once

#include "core/base/result.h"
#include "core/report/canvas.h"
#include "core/report/plots.h"

namespace chladni::report {

class SvgCanvas final : public Canvas {
 public:
  // `description` is read out in its place.
  SvgCanvas(PlotSize size, const std::string& description);

  void line(std::span<const Point> points, const Stroke& stroke) override;
  void fill(std::span<const Point> outline, Ink ink) override;
  void text(Point baseline, const std::string& text, double size, Ink ink, Align align) override;
  void picture(const Box& box, const VideoFrame& pixels, bool smooth) override;

  // The element; fails as the encoding of a picture did.
  [[nodiscard]] Result<std::string> take();

 private:
  std::string svg_;
  Result<void> state_;
};

// "data:image/png;base64,..."
Result<std::string> pngAddress(const VideoFrame& pixels);

}  // namespace chladni::report

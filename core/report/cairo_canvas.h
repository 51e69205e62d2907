// CairoCanvas: a plot drawn into a PDF page, in its place and scale. Colours are those of paper. Borrows the context.
// Private to core/report. One thread.
#pragma once

#include <cairo.h>

#include "core/report/canvas.h"

namespace chladni::report {

void setInk(cairo_t* context, Ink ink);
void drawPicture(cairo_t* context, const Box& box, const VideoFrame& pixels, bool smooth);

class CairoCanvas final : public Canvas {
 public:
  explicit CairoCanvas(cairo_t* context) : context_(context) {}
  void line(std::span<const Point> points, const Stroke& stroke) override;
  void fill(std::span<const Point> outline, Ink ink) override;
  void text(Point baseline, const std::string& text, double size, Ink ink, Align align) override;
  void picture(const Box& box, const VideoFrame& pixels, bool smooth) override;

 private:
  cairo_t* context_;
};

}  // namespace chladni::report

// Glyphs: one small pictogram for each class of AVE, made of a few plain shapes, and the brush that draws it on a
// picture. A glyph lives in a square of -1..1 (y down); its visible part about fills the circle of radius 1.
// Pure functions; any thread.
#pragma once

#include <array>
#include <span>
#include <string>

#include "core/synth/picture_canvas.h"

namespace chladni::synth {

enum class ShapeKind { disc, ellipse, box, ring, stroke, triangle };

struct Shape {
  ShapeKind kind = ShapeKind::disc;
  int colour = 0;                 // 0 main, 1 second, 2 dark
  std::array<float, 6> at{};      // disc x y r; ellipse x y rx ry; box x y halfWidth halfHeight corner; ring x y r
                                  // halfThickness; stroke x0 y0 x1 y1 r; triangle three points
};

// The shapes of a class; of an unknown one a plain disc.
std::span<const Shape> glyphOf(const std::string& label);

enum class Style { flat, outlined, shaded };

struct Pose {
  double x = 0.5, y = 0.5;  // of the centre, as shares of width and height
  double radius = 0.1;      // share of the width
  double turn = 0.0;        // radians
};

void drawGlyph(Canvas& canvas, std::span<const Shape> glyph, const Pose& pose, const std::array<Rgb, 3>& colours, Style style);

}  // namespace chladni::synth

// Canvas: a picture in floats while it is painted, what is laid over it blended by the share of each pixel covered.
// Colours are 0 to 1. Plain values; one thread paints.
#pragma once

#include <cstddef>
#include <vector>

#include "core/data/video_frame.h"

namespace chladni::synth {

struct Rgb {
  float red = 0, green = 0, blue = 0;  // 0 to 1
};
Rgb fromHue(double hueTurns, double saturation, double value);

struct Canvas {
  int width = 0, height = 0;
  std::vector<float> rgb;  // [y][x][channel]

  // Filled from the top colour to the bottom one.
  static Canvas graded(int width, int height, const Rgb& above, const Rgb& below);

  float* pixel(int x, int y) { return &rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x))]; }
  void blend(int x, int y, const Rgb& colour, float cover);
  [[nodiscard]] VideoFrame frame() const;  // rounded and held to 0..255
};

}  // namespace chladni::synth

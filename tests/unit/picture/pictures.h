// Small pictures made of formulas.
#pragma once

#include <cstdint>

#include "core/data/video_frame.h"

namespace chladni::test {

template <class Colour>
VideoFrame paint(int width, int height, Colour colour) {
  VideoFrame frame;
  frame.width = width;
  frame.height = height;
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) frame.rgb.push_back(static_cast<std::uint8_t>(colour(x, y, c)));
  return frame;
}

inline int pixel(const VideoFrame& frame, int x, int y, int c) {
  return frame.rgb[static_cast<std::size_t>((y * frame.width + x) * 3 + c)];
}

}  // namespace chladni::test

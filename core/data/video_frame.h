// VideoFrame: one decoded picture, upright, 8-bit sRGB, rows top to bottom, bytes red green blue, no row padding.
// rgb[(y * width + x) * 3 + c]. `time` is its presentation time; `duration` may be zero when unknown.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/units.h"

namespace chladni {

struct VideoFrame {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;
  MediaTime time;
  MediaTime duration;
  bool keyFrame = false;
};

}  // namespace chladni

// Recorded 8-bit pictures [height, width, 3] as frames.
#pragma once

#include <string>

#include "core/data/video_frame.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

namespace chladni::test {

inline VideoFrame goldenFrame(const GoldenFile& file, const std::string& name) {
  const FloatTensor stored = file.floats(name);
  REQUIRE(stored.shape.size() == 3);
  REQUIRE(stored.shape[2] == 3);
  VideoFrame frame;
  frame.height = static_cast<int>(stored.shape[0]);
  frame.width = static_cast<int>(stored.shape[1]);
  for (const float value : stored.values) frame.rgb.push_back(static_cast<std::uint8_t>(value));
  return frame;
}

}  // namespace chladni::test

// How a stored picture becomes the one people see: rotation and mirroring of the display matrix, sample aspect ratio.
// Private to core/media.
#pragma once

#include <cstdint>
#include <vector>

#include "core/media/ffmpeg_compat.h"

namespace chladni::media {

struct Orientation {
  bool transpose = false;  // x and y change places; then
  bool flipX = false;      // mirrored left to right, in the shown picture
  bool flipY = false;
  int degrees = 0;  // counterclockwise, -90, 0, 90 or 180

  [[nodiscard]] bool upright() const { return !transpose && !flipX && !flipY; }
};

Orientation orientationOf(const AVStream& stream);

// Width of a stored pixel over its height, 1 when unknown or absurd.
double pixelAspect(AVFormatContext* format, AVStream& stream);

struct PictureSize {
  int width = 0;
  int height = 0;
};

// Square pixels, shown upright, not larger than the limits (0: none), at least one pixel.
PictureSize displaySize(int storedWidth, int storedHeight, double aspect, bool transpose, int maxWidth, int maxHeight);

// Copies RGB rows of `stride` bytes to a tight upright picture.
std::vector<std::uint8_t> turned(const std::uint8_t* rgb, std::int64_t stride, int width, int height,
                                 const Orientation& orientation);

}  // namespace chladni::media

// Attention over the regions of a picture as the published AVE figures show it: each map stretched to 0..255, enlarged
// bilinearly, coloured with the JET table and blended with the frame.
// Maps are Matrix [row of regions, column of regions]; row 0 is the top of the picture. Pure functions; any thread.
// Reference: OpenCV 4.6 resize (INTER_LINEAR, half-pixel centres) and applyColorMap (COLORMAP_JET).
#pragma once

#include <array>

#include "core/base/result.h"
#include "core/data/colormap.h"
#include "core/data/matrix.h"
#include "core/data/video_frame.h"
#include "core/picture/resample.h"

namespace chladni::picture {

// Smallest value to 0, largest to 255. A map without contrast, or with values that are not finite, is all 0.
Matrix stretchedMap(const Matrix& map);

// Edges repeat their last value. The map is not empty.
Matrix enlargedMap(const Matrix& map, PictureSize size);

const std::array<Rgb, 256>& jetColours();

// Values 0..255 lose their fraction (no rounding) and take that entry of the table.
VideoFrame colouredMap(const Matrix& map, const std::array<Rgb, 256>& table);

struct Overlay {
  float heatWeight = 0.2F;
  float frameWeight = 0.6F;
};

// heatWeight * heat + frameWeight * frame, before rounding; [y, x, red green blue]. Both pictures have one size.
std::vector<float> blendedValues(const VideoFrame& heat, const VideoFrame& frame, Overlay overlay = {});
// The same rounded and clamped to 8 bits, with the time of the frame.
VideoFrame blended(const VideoFrame& heat, const VideoFrame& frame, Overlay overlay = {});

// All steps: the attention of one second over the frame, in the size of the frame. Fails with invalidArgument for an
// empty map or an impossible frame.
Result<VideoFrame> heatOverlay(const Matrix& map, const VideoFrame& frame, const std::array<Rgb, 256>& table,
                               Overlay overlay = {});

}  // namespace chladni::picture

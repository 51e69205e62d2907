// Training-time changes to pictures, each a pure function of explicit random draws, so that a run can be repeated and
// checked. u1, u2 are uniform in [0, 1). Any thread.
// The published CAV-MAE recipe changes pictures only by the choice of frame and by mix-up; crops and mirroring are ours.
#pragma once

#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/data/picture_spec.h"
#include "core/data/video_frame.h"

namespace chladni::picture {

struct SquareCrop {
  int x = 0;
  int y = 0;
  int side = 0;
};

// A square of the picture whose side is between `smallest` (0..1] and 1 times the short side: side by u1, place by u2, u3.
SquareCrop drawCrop(int width, int height, float smallest, float u1, float u2, float u3);

// Model input of that square instead of the middle one. Fails as pictureInput.
Result<std::vector<float>> croppedInput(const VideoFrame& frame, const SquareCrop& crop, const PictureSpec& spec);

// Left and right change places.
VideoFrame mirrored(const VideoFrame& frame);

// lambda first + (1 - lambda) second, of normalised model inputs of one size.
std::vector<float> mixPictures(std::span<const float> first, std::span<const float> second, float lambda);

}  // namespace chladni::picture

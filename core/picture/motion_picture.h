// motionPicture: one second of video as four planes [4, size, size]: the middle frame as PictureSpec says, and how much
// the picture changed from frame to frame around each point (mean of |difference| over colours and neighbouring frames,
// in the units of the first three, times kMotionGain). A single frame has no motion: zeros.
// Pure function; any thread. Fails with invalidArgument without frames, or as pictureInput does.
#pragma once

#include <span>
#include <vector>

#include "core/base/result.h"
#include "core/data/picture_spec.h"
#include "core/data/video_frame.h"

namespace chladni::picture {

inline constexpr int kMotionPlanes = 4;
inline constexpr float kMotionGain = 2.0F;

Result<std::vector<float>> motionPicture(std::span<const VideoFrame> frames, const PictureSpec& spec);

}  // namespace chladni::picture

#include "core/picture/motion_picture.h"

#include <cmath>

#include "core/picture/picture_input.h"

namespace chladni::picture {

Result<std::vector<float>> motionPicture(std::span<const VideoFrame> frames, const PictureSpec& spec) {
  if (frames.empty()) return fail(ErrorCode::invalidArgument, "a picture is needed, and there is none");
  const auto plane = static_cast<std::size_t>(spec.size) * static_cast<std::size_t>(spec.size);
  std::vector<float> planes(kMotionPlanes * plane), last;
  for (std::size_t n = 0; n < frames.size(); ++n) {
    auto now = pictureInput(frames[n], spec);
    if (!now) return fail(now.error());
    if (n == frames.size() / 2) std::copy(now->begin(), now->end(), planes.begin());
    if (!last.empty()) {
      const float share = kMotionGain / (3.0F * static_cast<float>(frames.size() - 1));
      for (std::size_t k = 0; k < 3 * plane; ++k) planes[3 * plane + k % plane] += share * std::abs((*now)[k] - last[k]);
    }
    last = std::move(*now);
  }
  return planes;
}

}  // namespace chladni::picture

#include "core/picture/picture_augment.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/picture/picture_input.h"
#include "core/picture/resample.h"

namespace chladni::picture {

SquareCrop drawCrop(int width, int height, float smallest, float u1, float u2, float u3) {
  CHLADNI_ASSERT(width > 0 && height > 0 && smallest > 0.0F && smallest <= 1.0F);
  const int shorter = std::min(width, height);
  const auto wanted = static_cast<float>(shorter) * (smallest + u1 * (1.0F - smallest));
  const int side = std::clamp(static_cast<int>(std::lround(wanted)), 1, shorter);
  const auto place = [side](int length, float u) {
    return std::min(length - side, static_cast<int>(u * static_cast<float>(length - side + 1)));
  };
  return {place(width, u2), place(height, u3), side};
}

Result<std::vector<float>> croppedInput(const VideoFrame& frame, const SquareCrop& crop, const PictureSpec& spec) {
  if (auto ok = checkedPicture(frame); !ok) return fail(ok.error());
  if (crop.side < 1 || crop.x < 0 || crop.y < 0 || crop.x + crop.side > frame.width ||
      crop.y + crop.side > frame.height)
    return fail(ErrorCode::invalidArgument, "the crop does not lie within the picture of " +
                                                std::to_string(frame.width) + " x " + std::to_string(frame.height) +
                                                ": draw it for this picture");
  return pictureInput(cropped(frame, crop.x, crop.y, {crop.side, crop.side}), spec);
}

VideoFrame mirrored(const VideoFrame& frame) {
  CHLADNI_ASSERT(checkedPicture(frame));
  VideoFrame result = frame;
  for (int y = 0; y < frame.height; ++y) {
    std::uint8_t* row = result.rgb.data() + static_cast<std::size_t>(y) * static_cast<std::size_t>(frame.width) * 3;
    for (int left = 0, right = frame.width - 1; left < right; ++left, --right)
      std::swap_ranges(row + left * 3, row + left * 3 + 3, row + right * 3);
  }
  return result;
}

std::vector<float> mixPictures(std::span<const float> first, std::span<const float> second, float lambda) {
  CHLADNI_ASSERT(first.size() == second.size());
  std::vector<float> mixed(first.size());
  for (std::size_t i = 0; i < mixed.size(); ++i) mixed[i] = lambda * first[i] + (1.0F - lambda) * second[i];
  return mixed;
}

}  // namespace chladni::picture

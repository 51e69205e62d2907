#include "core/picture/picture_input.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"
#include "core/picture/resample.h"

namespace chladni::picture {

namespace {

constexpr float kUnreadableValue = 0.01F;

// Where colour c (0 red, 1 green, 2 blue) stands among the planes of the input.
std::size_t planeOf(std::size_t colour, const PictureSpec& spec) {
  return spec.channelOrder == "bgr" ? 2 - colour : colour;
}

std::size_t pixelsOf(const PictureSpec& spec) {
  return static_cast<std::size_t>(spec.size) * static_cast<std::size_t>(spec.size);
}

Result<ResampleFilter> filterOf(const PictureSpec& spec) {
  if (spec.interpolation == "bicubic") return ResampleFilter::bicubic;
  if (spec.interpolation == "bilinear") return ResampleFilter::bilinear;
  return fail(ErrorCode::invalidArgument,
              "interpolation \"" + spec.interpolation + "\" is not known: use \"bicubic\" or \"bilinear\"");
}

}  // namespace

Result<VideoFrame> pictureSquare(const VideoFrame& frame, const PictureSpec& spec) {
  if (auto ok = checkedPicture(frame); !ok) return fail(ok.error());
  const auto filter = filterOf(spec);
  if (!filter) return fail(filter.error());
  if (spec.size < 1 || spec.size > kMaxSide)
    return fail(ErrorCode::invalidArgument,
                "a picture size of " + std::to_string(spec.size) + " is impossible: use 1 to " + std::to_string(kMaxSide));
  if (spec.fit == "stretch") return resized(frame, {spec.size, spec.size}, *filter);
  const PictureSize size = shortSideSize({frame.width, frame.height}, spec.size);
  if (size.width > kMaxSide || size.height > kMaxSide)
    return fail(ErrorCode::invalidArgument, "the picture of " + std::to_string(frame.width) + " x " +
                                                std::to_string(frame.height) +
                                                " is too narrow to be resized by its short side: cut it first");
  return centreSquare(resized(frame, size, *filter), spec.size);
}

std::vector<float> normalisedPicture(const VideoFrame& square, const PictureSpec& spec) {
  CHLADNI_ASSERT(square.width == spec.size && square.height == spec.size && checkedPicture(square));
  const std::size_t pixels = pixelsOf(spec);
  std::vector<float> input(3 * pixels);
  for (std::size_t colour = 0; colour < 3; ++colour) {
    float* plane = input.data() + planeOf(colour, spec) * pixels;
    for (std::size_t i = 0; i < pixels; ++i) {
      const float value = static_cast<float>(square.rgb[3 * i + colour]) * spec.scale;
      plane[i] = (value - spec.mean[colour]) / spec.deviation[colour];
    }
  }
  return input;
}

Result<std::vector<float>> pictureInput(const VideoFrame& frame, const PictureSpec& spec) {
  const auto square = pictureSquare(frame, spec);
  if (!square) return fail(square.error());
  return normalisedPicture(*square, spec);
}

VideoFrame pictureOfInput(const std::vector<float>& input, const PictureSpec& spec) {
  const std::size_t pixels = pixelsOf(spec);
  CHLADNI_ASSERT(input.size() == 3 * pixels);
  VideoFrame square;
  square.width = spec.size;
  square.height = spec.size;
  square.rgb.resize(3 * pixels);
  for (std::size_t colour = 0; colour < 3; ++colour) {
    const float* plane = input.data() + planeOf(colour, spec) * pixels;
    for (std::size_t i = 0; i < pixels; ++i) {
      const float value = (plane[i] * spec.deviation[colour] + spec.mean[colour]) / spec.scale;
      // NaN is black.
      square.rgb[3 * i + colour] =
          value > 0.0F ? static_cast<std::uint8_t>(std::lround(std::min(value, 255.0F))) : std::uint8_t{0};
    }
  }
  return square;
}

std::vector<float> unreadablePicture(const PictureSpec& spec) {
  return std::vector<float>(3 * pixelsOf(spec), kUnreadableValue);
}

}  // namespace chladni::picture

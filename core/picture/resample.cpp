#include "core/picture/resample.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/assert.h"

namespace chladni::picture {

namespace {

constexpr int kFractionBits = 22;  // 32 bits less 8 of the value and 2 for sums outside 0..255
constexpr int kChannels = 3;

double triangle(double x) { return std::max(0.0, 1.0 - std::abs(x)); }

// Keys' cubic with a = -0.5 (Catmull-Rom).
double cubic(double x) {
  constexpr double a = -0.5;
  x = std::abs(x);
  if (x < 1.0) return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
  if (x < 2.0) return (((x - 5.0) * x + 8.0) * x - 4.0) * a;
  return 0.0;
}

// The inputs first .. first + weights.size() that make one output.
struct Taps {
  int first = 0;
  std::vector<std::int32_t> weights;  // fixed point with kFractionBits
};

Taps tapsOf(int output, int inputs, double step, ResampleFilter filter) {
  const double stretch = std::max(step, 1.0);
  const double support = (filter == ResampleFilter::bicubic ? 2.0 : 1.0) * stretch;
  const double centre = (output + 0.5) * step;
  const int first = std::max(0, static_cast<int>(centre - support + 0.5));
  const int last = std::min(inputs, static_cast<int>(centre + support + 0.5));
  std::vector<double> weights;
  double sum = 0.0;
  for (int j = first; j < last; ++j) {
    // Pillow multiplies by the reciprocal; dividing would differ in the last bit.
    const double x = (j - centre + 0.5) * (1.0 / stretch);
    weights.push_back(filter == ResampleFilter::bicubic ? cubic(x) : triangle(x));
    sum += weights.back();
  }
  Taps taps{first, {}};
  for (const double weight : weights) {
    const double scaled = (sum != 0.0 ? weight / sum : weight) * (1 << kFractionBits);
    taps.weights.push_back(static_cast<std::int32_t>(scaled < 0.0 ? scaled - 0.5 : scaled + 0.5));
  }
  return taps;
}

std::vector<Taps> allTaps(int outputs, int inputs, ResampleFilter filter) {
  const double step = static_cast<double>(inputs) / outputs;
  std::vector<Taps> taps;
  for (int i = 0; i < outputs; ++i) taps.push_back(tapsOf(i, inputs, step, filter));
  return taps;
}

std::uint8_t rounded(std::int32_t sum) {
  return static_cast<std::uint8_t>(std::clamp(sum >> kFractionBits, 0, 255));
}

constexpr std::int32_t kHalf = 1 << (kFractionBits - 1);

VideoFrame blank(const VideoFrame& like, int width, int height) {
  VideoFrame frame;
  frame.width = width;
  frame.height = height;
  frame.time = like.time;
  frame.duration = like.duration;
  frame.keyFrame = like.keyFrame;
  frame.rgb.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * kChannels);
  return frame;
}

std::size_t rowBytes(const VideoFrame& frame) { return static_cast<std::size_t>(frame.width) * kChannels; }

VideoFrame resizedAcross(const VideoFrame& frame, int width, ResampleFilter filter) {
  const std::vector<Taps> taps = allTaps(width, frame.width, filter);
  VideoFrame result = blank(frame, width, frame.height);
  std::uint8_t* out = result.rgb.data();
  for (int y = 0; y < frame.height; ++y) {
    const std::uint8_t* row = frame.rgb.data() + static_cast<std::size_t>(y) * rowBytes(frame);
    for (const Taps& tap : taps) {
      const std::uint8_t* in = row + static_cast<std::ptrdiff_t>(tap.first) * kChannels;
      std::int32_t red = kHalf;
      std::int32_t green = kHalf;
      std::int32_t blue = kHalf;
      for (const std::int32_t weight : tap.weights) {
        red += weight * in[0];
        green += weight * in[1];
        blue += weight * in[2];
        in += kChannels;
      }
      *out++ = rounded(red);
      *out++ = rounded(green);
      *out++ = rounded(blue);
    }
  }
  return result;
}

VideoFrame resizedDown(const VideoFrame& frame, int height, ResampleFilter filter) {
  const std::vector<Taps> taps = allTaps(height, frame.height, filter);
  VideoFrame result = blank(frame, frame.width, height);
  const std::size_t bytes = rowBytes(frame);
  std::vector<std::int32_t> sums(bytes);
  std::uint8_t* out = result.rgb.data();
  for (const Taps& tap : taps) {
    std::fill(sums.begin(), sums.end(), kHalf);
    const std::uint8_t* row = frame.rgb.data() + static_cast<std::size_t>(tap.first) * bytes;
    for (const std::int32_t weight : tap.weights) {
      for (std::size_t i = 0; i < bytes; ++i) sums[i] += weight * row[i];
      row += bytes;
    }
    for (const std::int32_t sum : sums) *out++ = rounded(sum);
  }
  return result;
}

// round((length - side) / 2), halves to the even neighbour as Python rounds.
int centreOffset(int length, int side) {
  const int spare = length - side;
  const int half = spare / 2;
  return spare % 2 == 0 ? half : half + half % 2;
}

}  // namespace

Result<void> checkedPicture(const VideoFrame& frame) {
  const std::string size = std::to_string(frame.width) + " x " + std::to_string(frame.height);
  if (frame.width < 1 || frame.height < 1)
    return fail(ErrorCode::invalidArgument, "the picture is empty (" + size + "): give one of at least 1 x 1");
  if (frame.width > kMaxSide || frame.height > kMaxSide)
    return fail(ErrorCode::invalidArgument, "the picture is too large (" + size + "): no side may be longer than " +
                                                std::to_string(kMaxSide) + ", make it smaller first");
  const auto needed = static_cast<std::size_t>(frame.width) * static_cast<std::size_t>(frame.height) * kChannels;
  if (frame.rgb.size() != needed)
    return fail(ErrorCode::invalidArgument, "the picture of " + size + " holds " + std::to_string(frame.rgb.size()) +
                                                " bytes instead of " + std::to_string(needed) +
                                                ": three per pixel without padding are needed");
  return {};
}

PictureSize shortSideSize(PictureSize size, int side) {
  CHLADNI_ASSERT(size.width > 0 && size.height > 0 && side > 0);
  const auto longer = [side](std::int64_t length, std::int64_t shorter) {
    return static_cast<int>(side * length / shorter);
  };
  if (size.width <= size.height) return {side, longer(size.height, size.width)};
  return {longer(size.width, size.height), side};
}

VideoFrame resized(const VideoFrame& frame, PictureSize size, ResampleFilter filter) {
  CHLADNI_ASSERT(checkedPicture(frame) && size.width > 0 && size.height > 0);
  VideoFrame across = frame.width == size.width ? frame : resizedAcross(frame, size.width, filter);
  return frame.height == size.height ? across : resizedDown(across, size.height, filter);
}

VideoFrame cropped(const VideoFrame& frame, int x, int y, PictureSize size) {
  CHLADNI_ASSERT(x >= 0 && y >= 0 && size.width > 0 && size.height > 0);
  CHLADNI_ASSERT(x + size.width <= frame.width && y + size.height <= frame.height);
  VideoFrame result = blank(frame, size.width, size.height);
  for (int row = 0; row < size.height; ++row) {
    const auto from = frame.rgb.begin() + static_cast<std::ptrdiff_t>((y + row) * rowBytes(frame)) + x * kChannels;
    std::copy_n(from, rowBytes(result), result.rgb.begin() + static_cast<std::ptrdiff_t>(row * rowBytes(result)));
  }
  return result;
}

VideoFrame centreSquare(const VideoFrame& frame, int side) {
  return cropped(frame, centreOffset(frame.width, side), centreOffset(frame.height, side), {side, side});
}

}  // namespace chladni::picture

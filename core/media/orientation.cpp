#include "core/media/orientation.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace chladni::media {

Orientation orientationOf(const AVStream& stream) {
  Orientation orientation;
  const std::int32_t* m = displayMatrix(stream);
  if (!m) return orientation;
  // Shown x = m0 * x + m3 * y, shown y = m1 * x + m4 * y.
  const auto size = [](std::int32_t v) { return std::abs(static_cast<double>(v)); };
  orientation.transpose = size(m[1]) + size(m[3]) > size(m[0]) + size(m[4]);
  orientation.flipX = (orientation.transpose ? m[3] : m[0]) < 0;
  orientation.flipY = (orientation.transpose ? m[1] : m[4]) < 0;
  if (orientation.transpose)
    orientation.degrees = orientation.flipY ? 90 : -90;
  else if (orientation.flipX && orientation.flipY)
    orientation.degrees = 180;
  return orientation;
}

double pixelAspect(AVFormatContext* format, AVStream& stream) {
  const AVRational aspect = av_guess_sample_aspect_ratio(format, &stream, nullptr);
  if (aspect.num <= 0 || aspect.den <= 0) return 1.0;
  const double value = av_q2d(aspect);
  return value >= 0.125 && value <= 8.0 ? value : 1.0;
}

PictureSize displaySize(int storedWidth, int storedHeight, double aspect, bool transpose, int maxWidth, int maxHeight) {
  double width = std::max(1.0, std::round(storedWidth * aspect));
  double height = storedHeight;
  if (transpose) std::swap(width, height);
  double shrink = 1.0;
  if (maxWidth > 0) shrink = std::min(shrink, maxWidth / width);
  if (maxHeight > 0) shrink = std::min(shrink, maxHeight / height);
  return {std::max(1, static_cast<int>(std::lround(width * shrink))),
          std::max(1, static_cast<int>(std::lround(height * shrink)))};
}

std::vector<std::uint8_t> turned(const std::uint8_t* rgb, std::int64_t stride, int width, int height,
                                 const Orientation& orientation) {
  constexpr std::int64_t kBytes = 3;
  const int outWidth = orientation.transpose ? height : width;
  const int outHeight = orientation.transpose ? width : height;
  std::vector<std::uint8_t> out(static_cast<std::size_t>(kBytes) * static_cast<std::size_t>(outWidth) *
                                static_cast<std::size_t>(outHeight));
  // Steps through the stored picture for one step right and one step down in the shown one.
  std::int64_t right = orientation.transpose ? stride : kBytes;
  std::int64_t down = orientation.transpose ? kBytes : stride;
  const std::uint8_t* origin = rgb;
  if (orientation.flipX) {
    origin += right * (outWidth - 1);
    right = -right;
  }
  if (orientation.flipY) {
    origin += down * (outHeight - 1);
    down = -down;
  }
  std::uint8_t* to = out.data();
  for (int y = 0; y < outHeight; ++y) {
    const std::uint8_t* from = origin + down * y;
    if (right == kBytes) {
      std::memcpy(to, from, static_cast<std::size_t>(outWidth) * kBytes);
      to += outWidth * kBytes;
      continue;
    }
    for (int x = 0; x < outWidth; ++x, from += right, to += kBytes) std::memcpy(to, from, kBytes);
  }
  return out;
}

}  // namespace chladni::media

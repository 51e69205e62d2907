#include "core/picture/frame_choice.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"

namespace chladni::picture {

std::vector<std::int64_t> storedFrameIndices(double count, double rate, int frames, double seconds) {
  CHLADNI_ASSERT(frames > 0);
  const double usable = std::min(std::floor(count), std::floor(seconds * rate));
  std::vector<std::int64_t> indices;
  if (!(usable >= 1.0)) return indices;
  const auto used = static_cast<std::int64_t>(usable);
  for (int i = 0; i < frames; ++i) indices.push_back(i * used / frames);
  return indices;
}

int evaluationFrame(int frames) { return frames / 2; }

std::optional<int> availableFrame(const std::vector<bool>& exists, int wanted) {
  for (int index = std::min(wanted, static_cast<int>(exists.size()) - 1); index >= 0; --index)
    if (exists[static_cast<std::size_t>(index)]) return index;
  return std::nullopt;
}

std::vector<std::int64_t> segmentFrameIndices(std::int64_t count, int segments, int perSegment) {
  CHLADNI_ASSERT(segments > 0 && perSegment > 0);
  const std::int64_t step = std::max<std::int64_t>(count, 0) / segments;
  std::vector<std::int64_t> indices;
  for (std::int64_t segment = 0; segment < segments; ++segment)
    for (std::int64_t i = 0; i < perSegment; ++i) indices.push_back(segment * step + i * step / perSegment);
  return indices;
}

std::vector<double> frameTimes(const PictureSpec& spec, double clipSeconds) {
  std::vector<double> times;
  if (!(clipSeconds > 0.0)) return times;
  if (spec.framesPerSecond > 0.0) {
    const auto count = static_cast<std::int64_t>(std::ceil(clipSeconds * spec.framesPerSecond - 1e-9));
    for (std::int64_t i = 0; i < count; ++i) times.push_back(static_cast<double>(i) / spec.framesPerSecond);
  } else if (spec.framesPerClip <= 1) {
    times.push_back(clipSeconds / 2.0);
  } else {
    for (int i = 0; i < spec.framesPerClip; ++i) times.push_back(clipSeconds * i / spec.framesPerClip);
  }
  return times;
}

}  // namespace chladni::picture

// Which stretch of time the value of a window stands for when windows overlap. Pure; any thread.
#pragma once

#include <cstddef>
#include <vector>

#include "core/base/units.h"

namespace chladni {

// Around the centre of window `index`, halfway to its neighbours; the outermost reach to the ends of their windows.
// Stretches of neighbours touch. `windows` are in order of time.
inline TimeRange stretchOf(const std::vector<TimeRange>& windows, std::size_t index) {
  const auto between = [&](std::size_t left) {
    const TimeRange& a = windows[left];
    const TimeRange& b = windows[left + 1];
    return MediaTime::fromNanoseconds((a.start.nanoseconds() + a.end.nanoseconds() + b.start.nanoseconds() + b.end.nanoseconds()) / 4);
  };
  return {index == 0 ? windows.front().start : between(index - 1), index + 1 == windows.size() ? windows.back().end : between(index)};
}

}  // namespace chladni

// AudioBuffer: decoded sound held in memory, one contiguous block per channel, float in -1..1 (may overshoot).
// channels[c][n] is sample n of channel c, at startTime + n / rate. A plain value, owned by whoever holds it.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/units.h"

namespace chladni {

struct AudioBuffer {
  SampleRate rate;
  MediaTime startTime;
  std::vector<std::vector<float>> channels;

  [[nodiscard]] std::int64_t samples() const {
    return channels.empty() ? 0 : static_cast<std::int64_t>(channels.front().size());
  }
  [[nodiscard]] MediaTime duration() const { return rate.valid() ? rate.time(samples()) : MediaTime{}; }
};

}  // namespace chladni

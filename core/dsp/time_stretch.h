// TimeStretch: slower or faster without another pitch, for playing. Streaming: what is fed comes out later, in pieces of any
// length; finish() brings the rest, so that all that came out is what went in divided by the speed, to the sample, and starts
// where it started. Interleaved samples. One thread at a time; nothing fails but memory (std::bad_alloc).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/base/units.h"

namespace chladni::dsp {

class TimeStretch {
 public:
  static constexpr double kSlowest = 0.25;
  static constexpr double kFastest = 4.0;

  // The speed is clamped to kSlowest .. kFastest.
  TimeStretch(SampleRate rate, int channels, double speed);
  TimeStretch(TimeStretch&&) noexcept;
  ~TimeStretch();

  // Both append to `out`. After finish() only destruction is left.
  void feed(std::span<const float> samples, std::vector<float>& out);
  void finish(std::vector<float>& out);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace chladni::dsp

// RealFft: a real transform of one size and its inverse, on buffers of its own. Plans are chosen by rule, so that two runs
// agree bit for bit. One thread at a time; make one per thread. Sizes 2 .. FftPlan::kMaxSize; create() fails with
// outOfMemory.
#pragma once

#include <complex>
#include <cstdint>
#include <memory>
#include <span>

#include "core/base/result.h"

namespace chladni::dsp {

class RealFft {
 public:
  static Result<RealFft> create(std::int64_t size);
  RealFft(RealFft&&) noexcept;
  ~RealFft();

  [[nodiscard]] std::span<float> samples();                  // size
  [[nodiscard]] std::span<std::complex<float>> spectrum();   // size / 2 + 1
  void forward();   // samples to spectrum; keeps the samples
  void inverse();   // spectrum to samples, so that inverse(forward(x)) = x; spoils the spectrum

 private:
  struct State;
  explicit RealFft(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace chladni::dsp

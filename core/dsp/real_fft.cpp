#include "core/dsp/real_fft.h"

#include <fftw3.h>

#include "core/dsp/fftw_planner.h"

namespace chladni::dsp {

struct RealFft::State {
  explicit State(std::int64_t n) : size(n) {
    samples = fftwf_alloc_real(static_cast<std::size_t>(n));
    spectrum = fftwf_alloc_complex(static_cast<std::size_t>(n / 2 + 1));
    if (samples == nullptr || spectrum == nullptr) return;
    const std::lock_guard lock(fftwPlanner());
    there = fftwf_plan_dft_r2c_1d(static_cast<int>(n), samples, spectrum, FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
    back = fftwf_plan_dft_c2r_1d(static_cast<int>(n), spectrum, samples, FFTW_ESTIMATE);
  }
  ~State() {
    {
      const std::lock_guard lock(fftwPlanner());
      if (there != nullptr) fftwf_destroy_plan(there);
      if (back != nullptr) fftwf_destroy_plan(back);
    }
    fftwf_free(samples);
    fftwf_free(spectrum);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const std::int64_t size;
  float* samples = nullptr;
  fftwf_complex* spectrum = nullptr;
  fftwf_plan there = nullptr;
  fftwf_plan back = nullptr;
};

Result<RealFft> RealFft::create(std::int64_t size) {
  auto state = std::make_unique<State>(size);
  if (state->there == nullptr || state->back == nullptr)
    return fail(ErrorCode::outOfMemory, "no memory for an FFT of " + std::to_string(size) + " samples; close other files");
  return RealFft(std::move(state));
}

RealFft::RealFft(std::unique_ptr<State> state) : state_(std::move(state)) {}
RealFft::RealFft(RealFft&&) noexcept = default;
RealFft::~RealFft() = default;

std::span<float> RealFft::samples() { return {state_->samples, static_cast<std::size_t>(state_->size)}; }

std::span<std::complex<float>> RealFft::spectrum() {
  return {reinterpret_cast<std::complex<float>*>(state_->spectrum), static_cast<std::size_t>(state_->size / 2 + 1)};
}

void RealFft::forward() { fftwf_execute(state_->there); }

void RealFft::inverse() {
  fftwf_execute(state_->back);
  const float scale = 1.0F / static_cast<float>(state_->size);
  for (float& value : samples()) value *= scale;
}

}  // namespace chladni::dsp

#include "core/dsp/fft_plan.h"

#include <fftw3.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <new>
#include <numbers>

#include "core/base/assert.h"
#include "core/dsp/clones.h"
#include "core/dsp/fftw_planner.h"

namespace chladni::dsp {

namespace {

struct Planner {
  std::mutex mutex;
  std::map<std::int64_t, std::shared_ptr<const FftPlan>> plans;  // guarded by mutex
};

// Never destroyed: a worker may still finish a column while the program's statics go away.
Planner& planner() {
  static auto* const instance = new Planner;
  return *instance;
}

std::size_t inputFloats(std::int64_t size) { return static_cast<std::size_t>(size); }
// The spectrum itself and four parts of it laid out separately.
std::size_t spectrumFloats(std::int64_t size) { return static_cast<std::size_t>(6 * (size / 2 + 1)); }

fftwf_plan makePlan(std::int64_t size) {
  float* input = fftwf_alloc_real(inputFloats(size));
  float* output = fftwf_alloc_real(spectrumFloats(size));
  fftwf_plan plan = nullptr;
  if (input && output) {
    constexpr unsigned kFlags = FFTW_ESTIMATE | FFTW_PRESERVE_INPUT;
    const int n = static_cast<int>(size);
    auto* const spectrum = reinterpret_cast<fftwf_complex*>(output);
    plan = n % 2 == 0 ? fftwf_plan_dft_1d(n / 2, reinterpret_cast<fftwf_complex*>(input), spectrum, FFTW_FORWARD, kFlags)
                      : fftwf_plan_dft_r2c_1d(n, input, spectrum, kFlags);
  }
  fftwf_free(input);
  fftwf_free(output);
  return plan;
}

// z[k], k = 0 .. half, is the transform of x[0] + i x[1], x[2] + i x[3], ... with z[half] = z[0]. The transforms of the
// even and the odd samples are (z[k] + conj z[half - k]) / 2 and (z[k] - conj z[half - k]) / 2i; they join with the
// factor cos - i sin. Both halves carry the factor 2 here, hence the quarter at the end.
// The parts are laid out separately first, forwards and backwards, so that the joining loop vectorises.
CHLADNI_DSP_CLONES
void untangledPower(const float* __restrict z, const float* __restrict cosines, const float* __restrict sines,
                    std::int64_t half, float* __restrict parts, float* __restrict power) {
  const std::int64_t count = half + 1;
  float* __restrict re = parts;
  float* __restrict im = parts + count;
  float* __restrict mirroredRe = parts + 2 * count;
  float* __restrict mirroredIm = parts + 3 * count;
  for (std::int64_t k = 0; k < count; ++k) {
    re[k] = z[2 * k];
    im[k] = z[2 * k + 1];
  }
  for (std::int64_t k = 0; k < count; ++k) mirroredRe[k] = re[half - k];
  for (std::int64_t k = 0; k < count; ++k) mirroredIm[k] = im[half - k];
  for (std::int64_t k = 0; k < count; ++k) {
    const float oddRe = im[k] + mirroredIm[k];
    const float oddIm = mirroredRe[k] - re[k];
    const float sumRe = re[k] + mirroredRe[k] + (cosines[k] * oddRe + sines[k] * oddIm);
    const float sumIm = im[k] - mirroredIm[k] + (cosines[k] * oddIm - sines[k] * oddRe);
    power[k] = 0.25F * (sumRe * sumRe + sumIm * sumIm);
  }
}

CHLADNI_DSP_CLONES
void plainPower(const float* spectrum, std::int64_t bins, float* power) {
  for (std::int64_t k = 0; k < bins; ++k) {
    power[k] = spectrum[2 * k] * spectrum[2 * k] + spectrum[2 * k + 1] * spectrum[2 * k + 1];
  }
}

}  // namespace

std::mutex& fftwPlanner() { return planner().mutex; }

FftPlan::FftPlan(std::int64_t size) : size_(size) {
  if (!even()) return;
  for (std::int64_t k = 0; k < bins(); ++k) {
    const double angle = 2.0 * std::numbers::pi * static_cast<double>(k) / static_cast<double>(size);
    cosines_.push_back(static_cast<float>(std::cos(angle)));
    sines_.push_back(static_cast<float>(std::sin(angle)));
  }
}

std::shared_ptr<const FftPlan> FftPlan::forSize(std::int64_t size) {
  CHLADNI_ASSERT(size >= 2 && size <= kMaxSize);
  Planner& shared = planner();
  const std::lock_guard lock(shared.mutex);
  auto& slot = shared.plans[size];
  if (!slot) {
    std::shared_ptr<FftPlan> made(new FftPlan(size));
    made->plan_ = makePlan(size);
    if (!made->plan_) return nullptr;
    slot = std::move(made);
  }
  return slot;
}

FftPlan::~FftPlan() {
  if (plan_) fftwf_destroy_plan(static_cast<fftwf_plan>(plan_));
}

FftWorkspace::FftWorkspace(std::shared_ptr<const FftPlan> plan)
    : plan_(std::move(plan)),
      input_(fftwf_alloc_real(inputFloats(plan_->size()))),
      spectrum_(fftwf_alloc_real(spectrumFloats(plan_->size()))) {
  if (!input_ || !spectrum_) {
    fftwf_free(input_);
    fftwf_free(spectrum_);
    throw std::bad_alloc();
  }
  std::fill_n(input_, plan_->size(), 0.0F);
}

FftWorkspace::~FftWorkspace() {
  fftwf_free(input_);
  fftwf_free(spectrum_);
}

void FftWorkspace::power(float* out) {
  auto* const plan = static_cast<fftwf_plan>(plan_->plan_);
  auto* const complexSpectrum = reinterpret_cast<fftwf_complex*>(spectrum_);
  if (!plan_->even()) {
    fftwf_execute_dft_r2c(plan, input_, complexSpectrum);
    plainPower(spectrum_, plan_->bins(), out);
    return;
  }
  fftwf_execute_dft(plan, reinterpret_cast<fftwf_complex*>(input_), complexSpectrum);
  const std::int64_t half = plan_->size() / 2;
  spectrum_[2 * half] = spectrum_[0];
  spectrum_[2 * half + 1] = spectrum_[1];
  untangledPower(spectrum_, plan_->cosines_.data(), plan_->sines_.data(), half, spectrum_ + 2 * (half + 1), out);
}

}  // namespace chladni::dsp

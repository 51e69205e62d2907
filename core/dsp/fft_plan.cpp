#include "core/dsp/fft_plan.h"

#include <fftw3.h>

#include <algorithm>
#include <map>
#include <mutex>
#include <new>

#include "core/base/assert.h"

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

fftwf_plan makePlan(std::int64_t size, std::int64_t inputStride, std::int64_t outputStride) {
  const auto inputFloats = static_cast<std::size_t>(inputStride * FftPlan::kBatch);
  const auto outputFloats = static_cast<std::size_t>(outputStride * FftPlan::kBatch);
  float* input = fftwf_alloc_real(inputFloats);
  float* output = fftwf_alloc_real(outputFloats);
  fftwf_plan plan = nullptr;
  if (input && output) {
    const int n = static_cast<int>(size);
    plan = fftwf_plan_many_dft_r2c(1, &n, FftPlan::kBatch, input, nullptr, 1, static_cast<int>(inputStride),
                                   reinterpret_cast<fftwf_complex*>(output), nullptr, 1,
                                   static_cast<int>(outputStride / 2), FFTW_ESTIMATE | FFTW_PRESERVE_INPUT);
  }
  fftwf_free(input);
  fftwf_free(output);
  return plan;
}

}  // namespace

std::shared_ptr<const FftPlan> FftPlan::forSize(std::int64_t size) {
  CHLADNI_ASSERT(size >= 2 && size <= kMaxSize);
  Planner& shared = planner();
  const std::lock_guard lock(shared.mutex);
  auto& slot = shared.plans[size];
  if (!slot) {
    std::shared_ptr<FftPlan> made(new FftPlan(size, nullptr));
    made->plan_ = makePlan(size, made->inputStride(), made->outputStride());
    if (!made->plan_) return nullptr;
    slot = std::move(made);
  }
  return slot;
}

FftPlan::~FftPlan() {
  if (plan_) fftwf_destroy_plan(static_cast<fftwf_plan>(plan_));
}

FftWorkspace::FftWorkspace(const FftPlan& plan)
    : plan_(plan),
      input_(fftwf_alloc_real(static_cast<std::size_t>(plan.inputStride() * FftPlan::kBatch))),
      output_(fftwf_alloc_real(static_cast<std::size_t>(plan.outputStride() * FftPlan::kBatch))) {
  if (!input_ || !output_) {
    fftwf_free(input_);
    fftwf_free(output_);
    throw std::bad_alloc();
  }
  std::fill_n(input_, plan.inputStride() * FftPlan::kBatch, 0.0F);
}

FftWorkspace::~FftWorkspace() {
  fftwf_free(input_);
  fftwf_free(output_);
}

void FftWorkspace::execute() {
  fftwf_execute_dft_r2c(static_cast<fftwf_plan>(plan_.plan_), input_, reinterpret_cast<fftwf_complex*>(output_));
}

}  // namespace chladni::dsp

// FftPlan: the power spectrum of real rows of one size. Even sizes go through a complex transform of half the size and
// an untangling step of our own, which is two to three times faster than FFTW's real transform under the plans chosen
// by rule. Plans are chosen by rule, not by timing, so that two runs agree bit for bit, and made once per size under
// one mutex (FFTW's planner is not thread-safe). Executing takes no lock; each thread brings its own FftWorkspace.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

namespace chladni::dsp {

class FftPlan {
 public:
  static constexpr std::int64_t kMaxSize = std::int64_t{1} << 22;

  // Size 2 .. kMaxSize. Null when memory runs out.
  static std::shared_ptr<const FftPlan> forSize(std::int64_t size);
  ~FftPlan();
  FftPlan(const FftPlan&) = delete;
  FftPlan& operator=(const FftPlan&) = delete;

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] std::int64_t bins() const { return size_ / 2 + 1; }

 private:
  friend class FftWorkspace;
  explicit FftPlan(std::int64_t size);
  [[nodiscard]] bool even() const { return size_ % 2 == 0; }
  std::int64_t size_;
  void* plan_ = nullptr;
  std::vector<float> cosines_;  // of 2 pi k / size, k = 0 .. size / 2; even sizes only
  std::vector<float> sines_;
};

class FftWorkspace {
 public:
  explicit FftWorkspace(std::shared_ptr<const FftPlan> plan);  // input all zero
  ~FftWorkspace();
  FftWorkspace(const FftWorkspace&) = delete;
  FftWorkspace& operator=(const FftWorkspace&) = delete;

  [[nodiscard]] float* input() { return input_; }  // size() samples, kept by power()
  void power(float* out);                          // bins() squared magnitudes

 private:
  std::shared_ptr<const FftPlan> plan_;
  float* input_;
  float* spectrum_;  // re, im of bin 0, re, im of bin 1, ..., then room for power()
};

}  // namespace chladni::dsp

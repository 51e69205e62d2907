// FftPlan: real-to-complex FFTs of one size, kBatch rows at a time, always all of them, so that a row's result never
// depends on its neighbours or on how many there are. Plans are made once per size under one mutex (FFTW's planner is
// not thread-safe) and chosen by rule, not by timing, so that two runs agree bit for bit. Executing takes no lock; each
// thread brings its own FftWorkspace.
#pragma once

#include <cstdint>
#include <memory>

namespace chladni::dsp {

class FftPlan {
 public:
  static constexpr int kBatch = 16;
  static constexpr std::int64_t kMaxSize = std::int64_t{1} << 22;

  // Size 2 .. kMaxSize. Null when memory runs out.
  static std::shared_ptr<const FftPlan> forSize(std::int64_t size);
  ~FftPlan();
  FftPlan(const FftPlan&) = delete;
  FftPlan& operator=(const FftPlan&) = delete;

  [[nodiscard]] std::int64_t size() const { return size_; }
  [[nodiscard]] std::int64_t bins() const { return size_ / 2 + 1; }
  [[nodiscard]] std::int64_t inputStride() const { return (size_ + 15) / 16 * 16; }           // floats
  [[nodiscard]] std::int64_t outputStride() const { return (2 * bins() + 15) / 16 * 16; }     // floats

 private:
  friend class FftWorkspace;
  FftPlan(std::int64_t size, void* plan) : size_(size), plan_(plan) {}
  std::int64_t size_;
  void* plan_;
};

class FftWorkspace {
 public:
  explicit FftWorkspace(const FftPlan& plan);  // input all zero
  ~FftWorkspace();
  FftWorkspace(const FftWorkspace&) = delete;
  FftWorkspace& operator=(const FftWorkspace&) = delete;

  [[nodiscard]] float* input(int row) { return input_ + row * plan_.inputStride(); }
  // re, im of bin 0, re, im of bin 1, ...
  [[nodiscard]] const float* output(int row) const { return output_ + row * plan_.outputStride(); }
  void execute();  // all rows; the input is kept

 private:
  const FftPlan& plan_;
  float* input_;
  float* output_;
};

}  // namespace chladni::dsp

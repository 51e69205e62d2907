// Everything in which LibTorch 1.13 and 2.x differ for us and a version must be asked for, in one place. Torch zone.
// AutocastGuard: mixed precision for the forward pass of one thread, restored on every way out.
// inferenceGuard: at::NoGradGuard; InferenceMode proper would mark the weights of a shared, trainable net for good.
#pragma once

#include <ATen/autocast_mode.h>
#include <torch/types.h>
#include <torch/version.h>

namespace chladni::nn {

#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
#define CHLADNI_TORCH_NEW_AUTOCAST 1
#else
#define CHLADNI_TORCH_NEW_AUTOCAST 0
#endif

inline bool autocastEnabled(at::DeviceType device) {
#if CHLADNI_TORCH_NEW_AUTOCAST
  return at::autocast::is_autocast_enabled(device);
#else
  return device == at::kCUDA ? at::autocast::is_enabled() : at::autocast::is_cpu_enabled();
#endif
}

inline void setAutocast(at::DeviceType device, bool enabled, at::ScalarType type) {
#if CHLADNI_TORCH_NEW_AUTOCAST
  at::autocast::set_autocast_dtype(device, type);
  at::autocast::set_autocast_enabled(device, enabled);
#else
  if (device == at::kCUDA) {
    at::autocast::set_autocast_gpu_dtype(type);
    at::autocast::set_enabled(enabled);
  } else {
    at::autocast::set_autocast_cpu_dtype(type);
    at::autocast::set_cpu_enabled(enabled);
  }
#endif
}

class AutocastGuard {
 public:
  AutocastGuard(at::DeviceType device, bool enabled, at::ScalarType type = at::kBFloat16)
      : device_(device), before_(autocastEnabled(device)) {
    setAutocast(device_, enabled, type);
    at::autocast::increment_nesting();
  }
  ~AutocastGuard() {
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
    setAutocast(device_, before_, at::kBFloat16);
  }
  AutocastGuard(const AutocastGuard&) = delete;
  AutocastGuard& operator=(const AutocastGuard&) = delete;

 private:
  at::DeviceType device_;
  bool before_;
};

}  // namespace chladni::nn

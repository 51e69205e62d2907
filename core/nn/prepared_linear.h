// PreparedLinear: a Linear whose weights were put, once, into the form that its device multiplies fastest. Immutable;
// any thread may call. fp32 on the CPU goes to oneDNN, which beats the OpenBLAS behind at::linear by two to four times;
// bf16 and CUDA go through at::linear. Throws c10::Error. No gradients.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/nn/device.h"

namespace chladni::nn {

class Linear;

class PreparedLinear {
 public:
  PreparedLinear(const Linear& linear, const Runtime& runtime);
  PreparedLinear(const at::Tensor& weight, const at::Tensor& bias, const Runtime& runtime);  // [out, in], [out]
  // x [row, in] of the runtime's type; [row, out] of that type.
  [[nodiscard]] at::Tensor forward(const at::Tensor& x) const;

 private:
  at::Tensor weight_, bias_;
  bool oneDnn_ = false;
};

}  // namespace chladni::nn

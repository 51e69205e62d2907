// x W^T + b with gradients, by the fastest products of the device. fp32 on the CPU goes through oneDNN, forward and
// backward: two to three times the speed of the OpenBLAS behind at::linear. Small products, bf16 (also under autocast),
// double and CUDA go through at::linear, which is fastest there. Any thread. Throws c10::Error.
#pragma once

#include <ATen/core/Tensor.h>

namespace chladni::nn {

// x [..., in], weight [out, in], bias [out].
at::Tensor linearProduct(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias);

}  // namespace chladni::nn

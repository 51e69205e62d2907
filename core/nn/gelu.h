// Exact GELU, x Phi(x) with the error function, safe to differentiate: LibTorch 1.13 with oneDNN returns uninitialised
// numbers from its backward when the incoming gradient is not contiguous, so the gradient is made contiguous first.
#pragma once

#include <ATen/core/Tensor.h>

namespace chladni::nn {

at::Tensor exactGelu(const at::Tensor& x);

}  // namespace chladni::nn

#include "core/nn/gelu.h"

#include <ATen/ops/gelu.h>
#include <ATen/core/grad_mode.h>

namespace chladni::nn {

at::Tensor exactGelu(const at::Tensor& x) {
  const at::Tensor input = x.contiguous();
  at::Tensor y = at::gelu(input);
  if (!at::GradMode::is_enabled() || !y.requires_grad()) return y;
  // The hook of a tensor sees its gradient before the function that made the tensor does.
  y.register_hook([](const at::Tensor& gradient) { return gradient.contiguous(); });
  return y;
}

}  // namespace chladni::nn

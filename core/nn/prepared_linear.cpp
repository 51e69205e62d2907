#include "core/nn/prepared_linear.h"

#include <torch/types.h>

#include "core/nn/blocks.h"
#include "core/nn/one_dnn.h"

namespace chladni::nn {

PreparedLinear::PreparedLinear(const Linear& linear, const Runtime& runtime)
    : PreparedLinear(linear.weight, linear.bias, runtime) {}

PreparedLinear::PreparedLinear(const at::Tensor& weight, const at::Tensor& bias, const Runtime& runtime)
    : oneDnn_(runtime.device.is_cpu() && runtime.type == at::kFloat && oneDnnUsable()) {
  at::NoGradGuard guard;
  const auto prepare = [&](const at::Tensor& parameter) {
    return parameter.detach().to(runtime.device, runtime.type, /*non_blocking=*/false, /*copy=*/true);
  };
  weight_ = prepare(weight);
  bias_ = prepare(bias);
  if (oneDnn_) {
    weight_ = weight_.to_mkldnn();
    bias_ = bias_.to_mkldnn();
  }
}

at::Tensor PreparedLinear::forward(const at::Tensor& x) const {
  if (oneDnn_) return at::mkldnn_linear(x.contiguous().to_mkldnn(), weight_, bias_).to_dense();
  return at::linear(x, weight_, bias_);
}

}  // namespace chladni::nn

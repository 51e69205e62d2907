#include "core/nn/linear_product.h"

#include <torch/types.h>

#include "core/nn/one_dnn.h"
#include "core/nn/torch_compat.h"

namespace chladni::nn {
namespace {

// Below this many multiplications the way into oneDNN's memory and back costs more than it saves.
constexpr std::int64_t kLeastWork = std::int64_t{1} << 22;

bool suitsOneDnn(const at::Tensor& x, const at::Tensor& weight) {
  return x.is_cpu() && x.scalar_type() == at::kFloat && weight.scalar_type() == at::kFloat && x.numel() * weight.size(0) >= kLeastWork &&
         oneDnnUsable() && !autocastEnabled(at::kCPU);
}

}  // namespace

at::Tensor linearProduct(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias) {
  if (!suitsOneDnn(x, weight)) return at::linear(x, weight, bias);
  auto sizes = x.sizes().vec();
  sizes.back() = weight.size(0);
  return at::mkldnn_linear(x.reshape({-1, x.size(-1)}).to_mkldnn(), weight, bias).to_dense().view(sizes);
}

}  // namespace chladni::nn

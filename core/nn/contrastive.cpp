#include "core/nn/contrastive.h"

#include <torch/types.h>

namespace chladni::nn {
namespace {

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12); }

ContrastiveResult alongRows(const at::Tensor& similarity) {
  const auto own = at::arange(similarity.size(0), similarity.options().dtype(at::kLong));
  const auto best = similarity.detach().argmax(1);
  return {-at::log_softmax(similarity, 1).diagonal().mean(), best.eq(own).to(at::kFloat).mean()};
}

}  // namespace

ContrastiveResult contrastive(const at::Tensor& a, const at::Tensor& b, ContrastiveReading reading, double temperature) {
  const auto similarity = at::matmul(unit(a), unit(b).t()) / temperature;  // [a, b]
  if (reading == ContrastiveReading::rows) return alongRows(similarity);
  const auto columns = alongRows(similarity.t());
  if (reading == ContrastiveReading::columns) return columns;
  const auto rows = alongRows(similarity);
  return {(columns.loss + rows.loss) / 2.0, (columns.accuracy + rows.accuracy) / 2.0};
}

}  // namespace chladni::nn

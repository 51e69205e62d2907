#include "core/nn/mae_losses.h"

#include <torch/types.h>

namespace chladni::nn {
namespace {

// Every column's right row is the one of its own index.
Contrast overRows(const at::Tensor& similarity) {
  const auto right = torch::arange(similarity.size(0), similarity.options().dtype(at::kLong));
  const auto loss = -at::log_softmax(similarity, 0).diagonal().mean();
  return {loss, similarity.argmax(0).eq(right).to(at::kFloat).mean()};
}

}  // namespace

PatchLoss hiddenPatchLoss(const at::Tensor& target, const at::Tensor& predicted, const at::Tensor& hidden) {
  const auto perPatch = (predicted - target).square().mean(-1);
  return {perPatch, (perPatch * hidden).sum() / hidden.sum().clamp_min(1.0)};
}

Contrast contrastOf(const at::Tensor& a, const at::Tensor& b, ContrastOver over, double temperature) {
  const auto similarity = at::matmul(unitRows(a), unitRows(b).transpose(0, 1)) / temperature;
  if (over == ContrastOver::first) return overRows(similarity);
  const auto second = overRows(similarity.transpose(0, 1));
  if (over == ContrastOver::second) return second;
  const auto first = overRows(similarity);
  return {(first.loss + second.loss) / 2.0, (first.accuracy + second.accuracy) / 2.0};
}

at::Tensor unitRows(const at::Tensor& rows) { return rows / rows.norm(2, {-1}, /*keepdim=*/true).clamp_min(1e-12); }

}  // namespace chladni::nn

#include "core/nn/contrastive.h"

#include <torch/autograd.h>
#include <torch/types.h>

#include "core/nn/process_group.h"

namespace chladni::nn {
namespace {

at::Tensor unit(const at::Tensor& x) { return x / x.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12); }

ContrastiveResult alongRows(const at::Tensor& similarity) {
  const auto own = at::arange(similarity.size(0), similarity.options().dtype(at::kLong));
  const auto best = similarity.detach().argmax(1);
  return {-at::log_softmax(similarity, 1).diagonal().mean(), best.eq(own).to(at::kFloat).mean()};
}

ContrastiveResult ofBatch(const at::Tensor& a, const at::Tensor& b, ContrastiveReading reading, double temperature) {
  const auto similarity = at::matmul(unit(a), unit(b).t()) / temperature;  // [a, b]
  if (reading == ContrastiveReading::rows) return alongRows(similarity);
  const auto columns = alongRows(similarity.t());
  if (reading == ContrastiveReading::columns) return columns;
  const auto rows = alongRows(similarity);
  return {(columns.loss + rows.loss) / 2.0, (columns.accuracy + rows.accuracy) / 2.0};
}

// Every process computes the whole loss and its slope at all representations, and passes on the slope at its own: nothing
// is exchanged on the way back. The value is the loss's, the gradient that of a linear function with the same slope.
ContrastiveResult ofProcesses(ProcessGroup& group, const at::Tensor& a, const at::Tensor& b, ContrastiveReading reading, double temperature) {
  const auto parts = group.gatherRows(at::cat({a.detach(), b.detach()}, 1).to(at::kFloat).contiguous());
  std::int64_t first = 0;
  for (std::int64_t n = 0; n < group.rank(); ++n) first += parts[static_cast<std::size_t>(n)].size(0);
  const auto all = at::cat(parts);  // [row, a and b]
  const bool learning = at::GradMode::is_enabled() && (a.requires_grad() || b.requires_grad());
  auto left = all.narrow(1, 0, a.size(1)).clone(), right = all.narrow(1, a.size(1), b.size(1)).clone();
  if (learning) left.requires_grad_(), right.requires_grad_();
  auto whole = ofBatch(left, right, reading, temperature);
  if (!learning) return whole;
  const auto slopes = torch::autograd::grad({whole.loss}, {left, right});
  const double share = static_cast<double>(all.size(0)) / static_cast<double>(a.size(0));
  const auto own = (a * slopes[0].narrow(0, first, a.size(0))).sum() + (b * slopes[1].narrow(0, first, b.size(0))).sum();
  return {whole.loss.detach() + share * (own - own.detach()), whole.accuracy};
}

}  // namespace

ContrastiveResult contrastive(const at::Tensor& a, const at::Tensor& b, ContrastiveReading reading, double temperature) {
  auto* group = currentGroup();
  return group != nullptr ? ofProcesses(*group, a, b, reading, temperature) : ofBatch(a, b, reading, temperature);
}

void contrastiveWithout(std::int64_t width) {
  if (auto* group = currentGroup()) group->gatherRows(at::zeros({0, 2 * width}));
}

}  // namespace chladni::nn

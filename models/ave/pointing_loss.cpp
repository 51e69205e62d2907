#include "models/ave/pointing_loss.h"

#include <algorithm>
#include <limits>

#include <torch/types.h>

namespace chladni::models::ave {
namespace {

// Centres of so many regions along one side.
at::Tensor centres(std::int64_t count, const at::TensorOptions& options) {
  return (at::arange(count, options) + 0.5) / static_cast<double>(count);
}

}  // namespace

at::Tensor regionsOfSource(const at::Tensor& places, std::int64_t rows, std::int64_t columns) {
  const auto x = places.select(-1, 0).view({-1, 1, 1}), y = places.select(-1, 1).view({-1, 1, 1}), radius = places.select(-1, 2).view({-1, 1, 1});
  const auto across = centres(columns, places.options()).view({1, 1, columns}) - x;
  const auto down = centres(rows, places.options()).view({1, rows, 1}) - y;
  const auto reach = radius + 0.5 / static_cast<double>(std::min(rows, columns));
  return (at::hypot(across, down).le(reach).logical_and(radius.ge(0.0))).flatten(1);
}

at::Tensor pointingLoss(const at::Tensor& attentionLogits, const at::Tensor& hits) {
  const auto placed = hits.any(-1).nonzero().squeeze(-1);
  if (placed.numel() == 0) return attentionLogits.sum() * 0.0;
  const auto shares = at::log_softmax(attentionLogits.index_select(0, placed), -1);
  const auto onSource = shares.masked_fill(hits.index_select(0, placed).logical_not(), -std::numeric_limits<double>::infinity());
  return -at::logsumexp(onSource, -1).mean();
}

}  // namespace chladni::models::ave

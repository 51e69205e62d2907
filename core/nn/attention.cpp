#include "core/nn/attention.h"

#include <cmath>

#include <torch/types.h>

#include "core/nn/headwise_attention.h"
#include "core/nn/tiled_attention.h"

namespace chladni::nn {
namespace {

struct Parts {
  at::Tensor query, key, value;  // [batch, head, token, width / heads]
  double scale = 1.0;
};

Parts splitFused(const at::Tensor& qkv, std::int64_t heads) {
  const auto size = qkv.size(2) / 3 / heads;
  const auto parts = qkv.reshape({qkv.size(0), qkv.size(1), 3, heads, size}).permute({2, 0, 3, 1, 4});
  return {parts[0], parts[1], parts[2], 1.0 / std::sqrt(static_cast<double>(size))};
}

at::Tensor softmaxRows(const at::Tensor& query, const at::Tensor& key, double scale) {
  return at::softmax(at::matmul(query.to(at::kFloat) * scale, key.to(at::kFloat).transpose(-2, -1)), -1);
}

}  // namespace

at::Tensor fusedAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t queries) {
  if (suitsTiled(qkv, heads)) return tiledAttention(qkv, heads, queries);
  if (suitsHeadwise(qkv)) return headwiseAttention(qkv, heads, queries);
  auto parts = splitFused(qkv, heads);
  if (queries > 0) parts.query = parts.query.narrow(2, 0, queries);
  const auto weights = at::softmax(at::matmul(parts.query * parts.scale, parts.key.transpose(-2, -1)), -1);
  return at::matmul(weights, parts.value).transpose(1, 2).flatten(2);
}

void showAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t layer, const Tap& tap) {
  at::NoGradGuard guard;
  auto parts = splitFused(qkv.detach(), heads);
  if (!tap.queries.empty())
    parts.query = parts.query.index_select(2, torch::tensor(tap.queries, torch::kLong).to(qkv.device()));
  if (!tap.meanOfHeads) {
    tap.attention(layer, softmaxRows(parts.query, parts.key, parts.scale));
    return;
  }
  at::Tensor sum;
  for (std::int64_t head = 0; head < heads; ++head) {
    const auto rows = softmaxRows(parts.query.narrow(1, head, 1), parts.key.narrow(1, head, 1), parts.scale);
    sum = sum.defined() ? sum.add_(rows) : rows;
  }
  tap.attention(layer, sum.div_(static_cast<double>(heads)));
}

}  // namespace chladni::nn

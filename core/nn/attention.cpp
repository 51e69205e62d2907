#include "core/nn/attention.h"

#include <cmath>

#include <torch/types.h>

namespace chladni::nn {
namespace {

// The rows a tap asks for, in fp32; computed apart so that nothing of size token x token is made for it.
void showAttention(const at::Tensor& query, const at::Tensor& key, double scale, std::int64_t layer, const Tap& tap) {
  at::NoGradGuard guard;
  at::Tensor rows = query;
  if (!tap.queries.empty())
    rows = query.index_select(2, torch::tensor(tap.queries, torch::kLong).to(query.device()));
  const auto scores = at::matmul(rows.to(at::kFloat) * scale, key.to(at::kFloat).transpose(-2, -1));
  tap.attention(layer, at::softmax(scores, -1));  // [batch, head, query, key]
}

}  // namespace

at::Tensor fusedAttention(const at::Tensor& qkv, std::int64_t heads, std::int64_t layer, const Tap* tap) {
  const auto batch = qkv.size(0);
  const auto tokens = qkv.size(1);
  const auto width = qkv.size(2) / 3;
  const auto parts = qkv.reshape({batch, tokens, 3, heads, width / heads}).permute({2, 0, 3, 1, 4});
  const auto query = parts[0];  // [batch, head, token, width / heads]
  const auto key = parts[1];
  const auto value = parts[2];
  const double scale = 1.0 / std::sqrt(static_cast<double>(width / heads));
  if (tap != nullptr && tap->wantsAttention(layer)) showAttention(query, key, scale, layer, *tap);
  const auto weights = at::softmax(at::matmul(query * scale, key.transpose(-2, -1)), -1);
  return at::matmul(weights, value).transpose(1, 2).reshape({batch, tokens, width});
}

}  // namespace chladni::nn

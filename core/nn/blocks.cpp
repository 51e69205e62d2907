#include "core/nn/blocks.h"

#include <string>

#include <torch/types.h>

#include "core/nn/attention.h"
#include "core/nn/gelu.h"
#include "core/nn/initialise.h"
#include "core/nn/linear_product.h"
#include "core/nn/recompute.h"

namespace chladni::nn {

Linear::Linear(std::int64_t in, std::int64_t out)
    : weight(register_parameter("weight", torch::empty({out, in}))),
      bias(register_parameter("bias", torch::empty({out}))) {
  libraryDefault(weight, bias, in);
}

at::Tensor Linear::forward(const at::Tensor& x) const { return linearProduct(x, weight, bias); }

LayerNorm::LayerNorm(std::int64_t width, double epsilon)
    : weight(register_parameter("weight", torch::ones({width}))),
      bias(register_parameter("bias", torch::zeros({width}))),
      epsilon_(epsilon) {}

at::Tensor LayerNorm::forward(const at::Tensor& x) const {
  return at::layer_norm(x, weight.sizes(), weight, bias, epsilon_);
}

PatchKernel::PatchKernel(std::int64_t channels, std::int64_t width, std::int64_t patch)
    : weight(register_parameter("weight", torch::empty({width, channels, patch, patch}))),
      bias(register_parameter("bias", torch::empty({width}))) {
  libraryDefault(weight, bias, channels * patch * patch);
}

PatchEmbed::PatchEmbed(std::int64_t channels, std::int64_t width, std::int64_t patch, std::int64_t rowStride,
                       std::int64_t columnStride)
    : proj(register_module("proj", std::make_shared<PatchKernel>(channels, width, patch))),
      rowStride_(rowStride),
      columnStride_(columnStride) {}

at::Tensor PatchEmbed::forward(const at::Tensor& picture) const {
  const auto grid = at::conv2d(picture, proj->weight, proj->bias, {rowStride_, columnStride_});
  return grid.flatten(2).transpose(1, 2);  // [batch, patch, width]
}

Attention::Attention(std::int64_t width, std::int64_t heads)
    : qkv(register_module("qkv", std::make_shared<Linear>(width, 3 * width))),
      proj(register_module("proj", std::make_shared<Linear>(width, width))),
      heads_(heads) {}

at::Tensor Attention::forward(const at::Tensor& x, std::int64_t layer, const Tap* tap) const {
  const auto fused = qkv->forward(x);
  if (tap != nullptr && tap->wantsAttention(layer)) showAttention(fused, heads_, layer, *tap);
  return proj->forward(fusedAttention(fused, heads_));
}

Mlp::Mlp(std::int64_t width, std::int64_t hidden)
    : fc1(register_module("fc1", std::make_shared<Linear>(width, hidden))),
      fc2(register_module("fc2", std::make_shared<Linear>(hidden, width))) {}

at::Tensor Mlp::forward(const at::Tensor& x) const { return fc2->forward(exactGelu(fc1->forward(x))); }

namespace {

// What a branch is multiplied with: 0 for the clips that leave it out. Undefined: nothing is left out.
at::Tensor branchScale(const at::Tensor& x, double probability) {
  if (probability <= 0.0) return {};
  const double keep = 1.0 - probability;
  return torch::rand({x.size(0), 1, 1}, x.options().requires_grad(false)).lt(keep).to(x.scalar_type()) / keep;
}

at::Tensor scaled(const at::Tensor& branch, const at::Tensor& scale) { return scale.defined() ? branch * scale.to(branch.scalar_type()) : branch; }

}  // namespace

Block::Block(const BlockShape& shape)
    : norm1(register_module("norm1", std::make_shared<LayerNorm>(shape.width, shape.epsilon))),
      attn(register_module("attn", std::make_shared<Attention>(shape.width, shape.heads))),
      norm2(register_module("norm2", std::make_shared<LayerNorm>(shape.width, shape.epsilon))),
      mlp(register_module("mlp", std::make_shared<Mlp>(shape.width, shape.hidden))),
      shape_(shape) {}

at::Tensor Block::forward(const at::Tensor& x, std::int64_t layer, const Tap* tap, double dropPath) const {
  const auto first = branchScale(x, dropPath), second = branchScale(x, dropPath);
  const auto y = throughBlock(x, [this, layer, tap, first, second](const at::Tensor& in) {
    const auto attended = in + scaled(attn->forward(norm1->forward(in), layer, tap), first);
    return attended + scaled(mlp->forward(norm2->forward(attended)), second);
  });
  if (tap != nullptr) tap->show("block", layer, y);
  return y;
}

BlockStack::BlockStack(std::int64_t depth, const BlockShape& shape) {
  for (std::int64_t i = 0; i < depth; ++i)
    blocks_.push_back(register_module(std::to_string(i), std::make_shared<Block>(shape)));
}

}  // namespace chladni::nn

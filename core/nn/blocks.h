// The parts of a vision transformer, trainable. Registered names equal the published checkpoint keys
// ("attn.qkv.weight"), hence snake_case members. Activations are [batch, token, width] unless said otherwise.
// Modules keep no run state: what a caller wants to see inside is handed in as a Tap, so a loaded net can be shared.
// Not thread-safe while parameters are being changed; forward() of fixed parameters may run on any thread.
// Foreign failures are c10::Error, translated at the family's entry points.
// Source: Dosovitskiy et al. 2021, as the AST reference builds it (pre-norm, fused qkv with bias, exact GELU).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/nn/tap.h"

#include <torch/nn/module.h>

namespace chladni::nn {

// y = x W^T + b, weight [out, in].
class Linear : public torch::nn::Module {
 public:
  Linear(std::int64_t in, std::int64_t out);
  at::Tensor forward(const at::Tensor& x) const;
  at::Tensor weight, bias;
};

// Normalisation over the last dimension with the biased variance.
class LayerNorm : public torch::nn::Module {
 public:
  LayerNorm(std::int64_t width, double epsilon);
  at::Tensor forward(const at::Tensor& x) const;
  [[nodiscard]] double epsilon() const { return epsilon_; }
  at::Tensor weight, bias;

 private:
  double epsilon_;
};

// The weights of a convolution, weight [out, in, height, width].
class PatchKernel : public torch::nn::Module {
 public:
  PatchKernel(std::int64_t channels, std::int64_t width, std::int64_t patch);
  at::Tensor weight, bias;
};

// Picture [batch, channel, row, column] to patch vectors, row by row: index = row * columns + column.
class PatchEmbed : public torch::nn::Module {
 public:
  PatchEmbed(std::int64_t channels, std::int64_t width, std::int64_t patch, std::int64_t rowStride,
             std::int64_t columnStride);
  at::Tensor forward(const at::Tensor& picture) const;
  [[nodiscard]] std::int64_t rowStride() const { return rowStride_; }
  [[nodiscard]] std::int64_t columnStride() const { return columnStride_; }
  std::shared_ptr<PatchKernel> proj;

 private:
  std::int64_t rowStride_, columnStride_;
};

class Attention : public torch::nn::Module {
 public:
  Attention(std::int64_t width, std::int64_t heads);
  at::Tensor forward(const at::Tensor& x, std::int64_t layer = 0, const Tap* tap = nullptr) const;
  [[nodiscard]] std::int64_t heads() const { return heads_; }
  std::shared_ptr<Linear> qkv, proj;

 private:
  std::int64_t heads_;
};

class Mlp : public torch::nn::Module {
 public:
  Mlp(std::int64_t width, std::int64_t hidden);
  at::Tensor forward(const at::Tensor& x) const;
  std::shared_ptr<Linear> fc1, fc2;
};

struct BlockShape {
  std::int64_t width = 0;
  std::int64_t heads = 0;
  std::int64_t hidden = 0;  // of the MLP
  double epsilon = 1e-6;
};

class Block : public torch::nn::Module {
 public:
  explicit Block(const BlockShape& shape);
  // dropPath: probability of leaving out each of the two branches, per clip (stochastic depth; 0 when not training).
  at::Tensor forward(const at::Tensor& x, std::int64_t layer = 0, const Tap* tap = nullptr, double dropPath = 0.0) const;
  [[nodiscard]] const BlockShape& shape() const { return shape_; }
  std::shared_ptr<LayerNorm> norm1;
  std::shared_ptr<Attention> attn;
  std::shared_ptr<LayerNorm> norm2;
  std::shared_ptr<Mlp> mlp;

 private:
  BlockShape shape_;
};

// Numbered blocks: "0", "1", ...
class BlockStack : public torch::nn::Module {
 public:
  BlockStack(std::int64_t depth, const BlockShape& shape);
  [[nodiscard]] std::int64_t depth() const { return static_cast<std::int64_t>(blocks_.size()); }
  [[nodiscard]] const std::shared_ptr<Block>& at(std::int64_t layer) const {
    return blocks_[static_cast<std::size_t>(layer)];
  }

 private:
  std::vector<std::shared_ptr<Block>> blocks_;
};

}  // namespace chladni::nn

// Transformer blocks with three pairs of norms around one attention and one MLP: the same block serves the tokens of two
// modalities together (plain norms), of the first alone ("a") and of the second alone ("v"). Names, threads and failures
// as in blocks.h. Source: Gong et al., "Contrastive Audio-Visual Masked Autoencoder", 2023.
#pragma once

#include <memory>
#include <vector>

#include "core/nn/blocks.h"

namespace chladni::nn {

enum class Norms { plain, a, v };

class ModalBlock : public Block {
 public:
  explicit ModalBlock(const BlockShape& shape);
  at::Tensor forward(const at::Tensor& x, Norms norms, std::int64_t layer = 0, const Tap* tap = nullptr) const;
  [[nodiscard]] const LayerNorm& first(Norms norms) const;   // before the attention
  [[nodiscard]] const LayerNorm& second(Norms norms) const;  // before the MLP
  std::shared_ptr<LayerNorm> norm1_a, norm1_v, norm2_a, norm2_v;
};

class ModalStack : public torch::nn::Module {
 public:
  ModalStack(std::int64_t depth, const BlockShape& shape);
  [[nodiscard]] std::int64_t depth() const { return static_cast<std::int64_t>(blocks_.size()); }
  [[nodiscard]] const std::shared_ptr<ModalBlock>& at(std::int64_t layer) const {
    return blocks_[static_cast<std::size_t>(layer)];
  }
  // Every block, each fed by the one before.
  at::Tensor forward(at::Tensor x, Norms norms = Norms::plain, const Tap* tap = nullptr) const;

 private:
  std::vector<std::shared_ptr<ModalBlock>> blocks_;
};

}  // namespace chladni::nn

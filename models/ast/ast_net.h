// AstNet: the trainable Audio Spectrogram Transformer. Input [batch, frames, bins], time first, normalised by the front
// end; output logits [batch, class]. Parameter names equal the published checkpoints without "module."
// (v.blocks.0.attn.qkv.weight, mlp_head.1.bias). The two unused ImageNet heads are no part of it.
// Use: AstNet net(config); net.initialise(AstStart::truncatedNormal); net.to(device); auto logits = net.forward(x, options);
// Keeps no run state; one thread trains, any number may run forward() on fixed parameters. Throws c10::Error.
#pragma once

#include <memory>

#include "core/nn/blocks.h"
#include "models/ast/ast_config.h"
#include "models/ast/conv_stem.h"

namespace chladni::models::ast {

enum class AstStart {
  truncatedNormal,  // the reference without pre-training: deviation 0.02; patch kernel and head as the library makes them
  xavier            // the thesis's "no init-weight"; tokens and positions normal with deviation 0.02
};

struct AstForward {
  const nn::Tap* tap = nullptr;
  double dropPath = 0.0;  // highest rate, reached linearly in the last block; 0 in every published configuration
};

// What lies under "v.": the backbone.
class AstBackbone : public torch::nn::Module {
 public:
  AstBackbone(const AstConfig& config, std::int64_t blockCount);
  at::Tensor cls_token, dist_token, pos_embed;  // dist_token is undefined without a distillation token
  std::shared_ptr<nn::PatchEmbed> patch_embed;
  std::shared_ptr<ConvStem> stem;  // null without stemChannels
  std::shared_ptr<nn::BlockStack> blocks;
  std::shared_ptr<nn::LayerNorm> norm;
};

// What lies under "mlp_head.": parts "0" (norm, when there is one) and "1".
class AstHead : public torch::nn::Module {
 public:
  explicit AstHead(const AstConfig& config);
  at::Tensor forward(const at::Tensor& pooled) const;
  at::Tensor normed(const at::Tensor& pooled) const;  // what `linear` is given
  std::shared_ptr<nn::LayerNorm> norm;
  std::shared_ptr<nn::Linear> linear;
};

class AstNet : public torch::nn::Module {
 public:
  enum class Blocks { all, none };  // none: only what surrounds the blocks, for inference engines that hold their own
  explicit AstNet(const AstConfig& config, Blocks blocks = Blocks::all);  // precondition: check(config)

  at::Tensor forward(const at::Tensor& spectrogram, const AstForward& options = {}) const;  // [batch, class]
  // Mean of the leading tokens after the final norm, [batch, width].
  at::Tensor pooled(const at::Tensor& spectrogram, const AstForward& options = {}) const;
  // Patches, leading tokens in front, positions added: what the first block sees, [batch, token, width].
  at::Tensor embed(const at::Tensor& spectrogram, const nn::Tap* tap = nullptr) const;

  void initialise(AstStart start);
  [[nodiscard]] const AstConfig& config() const { return config_; }

  std::shared_ptr<AstBackbone> v;
  std::shared_ptr<AstHead> mlp_head;

 private:
  AstConfig config_;
};

}  // namespace chladni::models::ast

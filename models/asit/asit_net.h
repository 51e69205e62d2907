// AsitNet: backbone and heads of an ASiT, trainable; student and teacher are two of these. Input [batch, frames, bins],
// time first, normalised by the front end. Parameter names equal the published checkpoints without wrappers
// (backbone.blocks.0.attn.qkv.weight, head_cls.cls_layer.weight_g, head_recons.convTrans.weight). A head whose sizes are
// 0 is a null pointer. The gains of the weight-normalised layers (weight_g) take no part in training.
// Keeps no run state; any number of threads may run forward passes on fixed parameters. Throws c10::Error.
// Source: as asit_config.h. `head`, the fine-tuned classifier on the class token, is named as timm names it: the authors
// published no fine-tuning code.
#pragma once

#include <memory>
#include <vector>

#include "core/nn/blocks.h"
#include "models/asit/asit_config.h"

namespace chladni::models::asit {

class AsitBackbone : public torch::nn::Module {
 public:
  AsitBackbone(const AsitConfig& config, std::int64_t blockCount);
  // Patches, class token in front, positions added: what the first block sees, [batch, token, width].
  at::Tensor embed(const at::Tensor& spectrogram) const;
  // Tokens after the final norm. dropPath: highest rate of stochastic depth, reached linearly in the last block.
  at::Tensor forward(const at::Tensor& spectrogram, double dropPath = 0.0, const nn::Tap* tap = nullptr) const;
  at::Tensor cls_token, pos_embed;
  std::shared_ptr<nn::PatchEmbed> patch_embed;
  std::shared_ptr<nn::BlockStack> blocks;
  std::shared_ptr<nn::LayerNorm> norm;
};

// Three linear layers with GELU between them, "0", "2", "4"; and after the last when asked for.
class HeadTrunk : public torch::nn::Module {
 public:
  HeadTrunk(std::int64_t in, std::int64_t hidden, std::int64_t out, bool lastGelu);
  at::Tensor forward(const at::Tensor& x) const;
  [[nodiscard]] bool lastGelu() const { return lastGelu_; }
  std::vector<std::shared_ptr<nn::Linear>> layers;

 private:
  bool lastGelu_;
};

// Linear without bias whose rows are weight_v brought to the lengths weight_g.
class WeightNormLinear : public torch::nn::Module {
 public:
  WeightNormLinear(std::int64_t in, std::int64_t out);
  at::Tensor forward(const at::Tensor& x) const;
  at::Tensor weight_g, weight_v;  // [out, 1], [out, in]
};

// One trunk for class and data tokens, one layer of outputs for each.
struct Projections {
  at::Tensor classToken;  // [batch, class outputs]
  at::Tensor dataTokens;  // [batch * patches, data outputs]
};

class ProjectionHead : public torch::nn::Module {
 public:
  ProjectionHead(std::int64_t width, const ProjectionSizes& sizes);
  Projections forward(const at::Tensor& tokens) const;
  std::shared_ptr<HeadTrunk> mlp;
  std::shared_ptr<WeightNormLinear> cls_layer, data_layer;
};

// The weights of a transposed convolution to one channel: weight [in, 1, patch, patch], bias [1].
class PaintKernel : public torch::nn::Module {
 public:
  PaintKernel(std::int64_t in, std::int64_t patch);
  at::Tensor weight, bias;
};

// Data tokens back to pixels: the trunk, then a transposed convolution whose kernel equals its stride.
class ReconstructionHead : public torch::nn::Module {
 public:
  ReconstructionHead(const AsitConfig& config);
  at::Tensor forward(const at::Tensor& tokens) const;  // [batch, frames, bins]
  // What the trunk made of the data tokens, [batch, patches, bottleneck], to pixels.
  at::Tensor paint(const at::Tensor& bottleneck) const;
  std::shared_ptr<HeadTrunk> mlp;
  std::shared_ptr<PaintKernel> convTrans;

 private:
  std::int64_t columns_, rows_;
};

class AsitNet : public torch::nn::Module {
 public:
  enum class Blocks { all, none };  // none: only what surrounds the blocks, for inference engines that hold their own
  explicit AsitNet(const AsitConfig& config, Blocks blocks = Blocks::all);  // precondition: check(config)

  // Truncated normals of deviation 0.02 for matrices, tokens and positions; gains 1.
  void initialise();
  [[nodiscard]] const AsitConfig& config() const { return config_; }

  std::shared_ptr<AsitBackbone> backbone;
  std::shared_ptr<ProjectionHead> head_cls;
  std::shared_ptr<ReconstructionHead> head_recons;
  std::shared_ptr<nn::Linear> head;

 private:
  AsitConfig config_;
};

}  // namespace chladni::models::asit

#include "models/ast/ast_net.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/initialise.h"

namespace chladni::models::ast {

AstBackbone::AstBackbone(const AstConfig& config, std::int64_t blockCount)
    : cls_token(register_parameter("cls_token", torch::zeros({1, 1, config.width}))),
      pos_embed(register_parameter("pos_embed", torch::zeros({1, config.tokens(), config.width}))),
      patch_embed(register_module("patch_embed",
                                  std::make_shared<nn::PatchEmbed>(1, config.width, config.patch, config.strideFrequency,
                                                                   config.strideTime))),
      blocks(register_module(
          "blocks", std::make_shared<nn::BlockStack>(
                        blockCount, nn::BlockShape{config.width, config.heads, config.hidden(), config.backboneEpsilon}))),
      norm(register_module("norm", std::make_shared<nn::LayerNorm>(config.width, config.backboneEpsilon))) {
  if (config.stemChannels > 0) stem = register_module("stem", std::make_shared<ConvStem>(config));
  if (config.distillationToken) dist_token = register_parameter("dist_token", torch::zeros({1, 1, config.width}));
}

AstHead::AstHead(const AstConfig& config) {
  if (config.head == Head::normLinear)
    norm = register_module("0", std::make_shared<nn::LayerNorm>(config.width, config.headEpsilon));
  linear = register_module("1", std::make_shared<nn::Linear>(config.width, config.classes));
}

at::Tensor AstHead::normed(const at::Tensor& pooled) const { return norm ? norm->forward(pooled) : pooled; }

at::Tensor AstHead::forward(const at::Tensor& pooled) const { return linear->forward(normed(pooled)); }

AstNet::AstNet(const AstConfig& config, Blocks blocks)
    : v(register_module("v", std::make_shared<AstBackbone>(config, blocks == Blocks::all ? config.depth : 0))),
      mlp_head(register_module("mlp_head", std::make_shared<AstHead>(config))),
      config_(config) {
  CHLADNI_ASSERT(check(config));
}

at::Tensor AstNet::embed(const at::Tensor& spectrogram, const nn::Tap* tap) const {
  const auto batch = spectrogram.size(0);
  // Frequency becomes height: [batch, 1, bins, frames].
  const auto picture = spectrogram.unsqueeze(1).transpose(2, 3);
  auto patches = v->patch_embed->forward(picture);
  if (v->stem) patches = patches + v->stem->forward(picture);
  if (tap != nullptr) tap->show("patch", 0, patches);
  std::vector<at::Tensor> tokens{v->cls_token.expand({batch, -1, -1}).to(patches.scalar_type())};
  if (v->dist_token.defined()) tokens.push_back(v->dist_token.expand({batch, -1, -1}).to(patches.scalar_type()));
  tokens.push_back(patches);
  return torch::cat(tokens, 1) + v->pos_embed;
}

at::Tensor AstNet::pooled(const at::Tensor& spectrogram, const AstForward& options) const {
  auto tokens = embed(spectrogram, options.tap);
  const auto depth = config_.depth;
  for (std::int64_t layer = 0; layer < depth; ++layer) {
    const double rate = depth > 1 ? options.dropPath * static_cast<double>(layer) / static_cast<double>(depth - 1) : 0.0;
    tokens = v->blocks->at(layer)->forward(tokens, layer, options.tap, rate);
  }
  tokens = v->norm->forward(tokens);
  if (options.tap != nullptr) options.tap->show("norm", 0, tokens);
  return tokens.narrow(1, 0, config_.leadingTokens()).mean(1);
}

at::Tensor AstNet::forward(const at::Tensor& spectrogram, const AstForward& options) const {
  const auto summary = pooled(spectrogram, options);
  if (options.tap != nullptr) options.tap->show("pooled", 0, summary);
  return mlp_head->forward(summary);
}

void AstNet::initialise(AstStart start) {
  nn::truncatedNormal(v->cls_token);
  if (v->dist_token.defined()) nn::truncatedNormal(v->dist_token);
  nn::truncatedNormal(v->pos_embed);
  if (v->stem) v->stem->initialise();
  if (start == AstStart::xavier) {
    nn::initialiseXavier(*this);
    return;
  }
  nn::initialiseTruncatedNormal(*v);
}

}  // namespace chladni::models::ast

#include "models/asit/asit_net.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/gelu.h"
#include "core/nn/initialise.h"

namespace chladni::models::asit {

AsitBackbone::AsitBackbone(const AsitConfig& config, std::int64_t blockCount)
    : cls_token(register_parameter("cls_token", torch::zeros({1, 1, config.width}))),
      pos_embed(register_parameter("pos_embed", torch::zeros({1, config.tokens(), config.width}))),
      patch_embed(register_module("patch_embed", std::make_shared<nn::PatchEmbed>(1, config.width, config.patch,
                                                                                  config.patch, config.patch))),
      blocks(register_module("blocks",
                             std::make_shared<nn::BlockStack>(blockCount, nn::BlockShape{config.width, config.heads,
                                                                                         config.hidden(), config.epsilon}))),
      norm(register_module("norm", std::make_shared<nn::LayerNorm>(config.width, config.epsilon))) {}

at::Tensor AsitBackbone::embed(const at::Tensor& spectrogram) const {
  const auto patches = patch_embed->forward(spectrogram.unsqueeze(1));  // time is height: [batch, 1, frames, bins]
  const auto first = cls_token.expand({spectrogram.size(0), -1, -1}).to(patches.scalar_type());
  return torch::cat({first, patches}, 1) + pos_embed;
}

at::Tensor AsitBackbone::forward(const at::Tensor& spectrogram, double dropPath, const nn::Tap* tap) const {
  auto tokens = embed(spectrogram);
  const auto depth = blocks->depth();
  for (std::int64_t layer = 0; layer < depth; ++layer) {
    const double rate = depth > 1 ? dropPath * static_cast<double>(layer) / static_cast<double>(depth - 1) : 0.0;
    tokens = blocks->at(layer)->forward(tokens, layer, tap, rate);
  }
  return norm->forward(tokens);
}

HeadTrunk::HeadTrunk(std::int64_t in, std::int64_t hidden, std::int64_t out, bool lastGelu) : lastGelu_(lastGelu) {
  const std::int64_t sizes[] = {in, hidden, hidden, out};
  for (int i = 0; i < 3; ++i)
    layers.push_back(register_module(std::to_string(2 * i), std::make_shared<nn::Linear>(sizes[i], sizes[i + 1])));
}

at::Tensor HeadTrunk::forward(const at::Tensor& x) const {
  const auto y = layers[2]->forward(nn::exactGelu(layers[1]->forward(nn::exactGelu(layers[0]->forward(x)))));
  return lastGelu_ ? nn::exactGelu(y) : y;
}

WeightNormLinear::WeightNormLinear(std::int64_t in, std::int64_t out)
    : weight_g(register_parameter("weight_g", torch::ones({out, 1}), /*requires_grad=*/false)),
      weight_v(register_parameter("weight_v", torch::empty({out, in}))) {
  nn::truncatedNormal(weight_v);
}

at::Tensor WeightNormLinear::forward(const at::Tensor& x) const {
  const auto rows = weight_v * (weight_g / weight_v.norm(2, {1}, /*keepdim=*/true));
  return at::linear(x, rows);
}

ProjectionHead::ProjectionHead(std::int64_t width, const ProjectionSizes& sizes)
    : mlp(register_module("mlp", std::make_shared<HeadTrunk>(width, sizes.hidden, sizes.bottleneck, false))),
      cls_layer(register_module("cls_layer", std::make_shared<WeightNormLinear>(sizes.bottleneck, sizes.classOutputs))),
      data_layer(register_module("data_layer", std::make_shared<WeightNormLinear>(sizes.bottleneck, sizes.dataOutputs))) {}

Projections ProjectionHead::forward(const at::Tensor& tokens) const {
  const auto trunk = mlp->forward(tokens);
  const auto directions = trunk / trunk.norm(2, {-1}, /*keepdim=*/true).clamp_min(1e-12);
  return {cls_layer->forward(directions.select(1, 0)),
          data_layer->forward(directions.narrow(1, 1, directions.size(1) - 1).reshape({-1, directions.size(2)}))};
}

PaintKernel::PaintKernel(std::int64_t in, std::int64_t patch)
    : weight(register_parameter("weight", torch::empty({in, 1, patch, patch}))),
      bias(register_parameter("bias", torch::empty({1}))) {
  // The library's default counts the kernel's second dimension, here one channel, as its inputs.
  nn::libraryDefault(weight, bias, patch * patch);
}

ReconstructionHead::ReconstructionHead(const AsitConfig& config)
    : mlp(register_module("mlp", std::make_shared<HeadTrunk>(config.width, config.reconstruction.hidden,
                                                             config.reconstruction.bottleneck,
                                                             config.reconstruction.lastGelu))),
      convTrans(register_module("convTrans",
                                std::make_shared<PaintKernel>(config.reconstruction.bottleneck, config.patch))),
      columns_(config.columns()),
      rows_(config.rows()) {}

at::Tensor ReconstructionHead::forward(const at::Tensor& tokens) const {
  return paint(mlp->forward(tokens.narrow(1, 1, tokens.size(1) - 1)));
}

at::Tensor ReconstructionHead::paint(const at::Tensor& bottleneck) const {
  const auto patch = convTrans->weight.size(2);
  const auto picture = bottleneck.transpose(1, 2).reshape({bottleneck.size(0), -1, columns_, rows_});
  return at::conv_transpose2d(picture, convTrans->weight, convTrans->bias, {patch, patch}).squeeze(1);
}

AsitNet::AsitNet(const AsitConfig& config, Blocks blocks)
    : backbone(register_module("backbone", std::make_shared<AsitBackbone>(config, blocks == Blocks::all ? config.depth : 0))),
      config_(config) {
  CHLADNI_ASSERT(check(config));
  if (config.projection.hidden > 0)
    head_cls = register_module("head_cls", std::make_shared<ProjectionHead>(config.width, config.projection));
  if (config.reconstruction.hidden > 0) head_recons = register_module("head_recons", std::make_shared<ReconstructionHead>(config));
  if (config.classes > 0) head = register_module("head", std::make_shared<nn::Linear>(config.width, config.classes));
}

void AsitNet::initialise() {
  nn::initialiseTruncatedNormal(*this);
  nn::truncatedNormal(backbone->cls_token);
  nn::truncatedNormal(backbone->pos_embed);
  for (const auto& layer : {head_cls ? head_cls->cls_layer : nullptr, head_cls ? head_cls->data_layer : nullptr}) {
    if (!layer) continue;
    at::NoGradGuard guard;
    nn::truncatedNormal(layer->weight_v);
    layer->weight_g.fill_(1.0);
  }
}

}  // namespace chladni::models::asit

#include "models/cavmae/cavmae_net.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/initialise.h"
#include "core/nn/patches.h"

namespace chladni::models::cavmae {
namespace {

constexpr double kVectorDeviation = 0.02;
constexpr std::int64_t kColours = 3;

}  // namespace

CavmaeHead::CavmaeHead(std::int64_t width, std::int64_t classes, double epsilon)
    : norm_(register_module("0", std::make_shared<nn::LayerNorm>(width, epsilon))),
      linear_(register_module("1", std::make_shared<nn::Linear>(width, classes))) {}

at::Tensor CavmaeHead::forward(const at::Tensor& pooled) const { return linear_->forward(norm_->forward(pooled)); }

CavmaeNet::CavmaeNet(const CavmaeConfig& config, Blocks blocks) : config_(config) {
  CHLADNI_ASSERT(check(config));
  const auto depth = [&](std::int64_t wanted) { return blocks == Blocks::all ? wanted : 0; };
  modality_a = addVector("modality_a", config.width);
  pos_embed_a = addPositions("pos_embed_a", config.soundRows(), config.soundColumns(), config.width);
  patch_embed_a = register_module(
      "patch_embed_a", std::make_shared<nn::PatchEmbed>(1, config.width, config.patch, config.patch, config.patch));
  blocks_a = addBlocks("blocks_a", depth(config.audioDepth), config.width, config.heads);
  blocks_u = addBlocks("blocks_u", depth(config.unifiedDepth), config.width, config.heads);
  norm_a = addNorm("norm_a", config.width);
  norm = addNorm("norm", config.width);
  if (config.picture) addPicture(blocks);
  if (config.task == Task::pretrain) addDecoder(blocks);
  else
    mlp_head = register_module("mlp_head", std::make_shared<CavmaeHead>(config.width, config.classes, config.normEpsilon));
}

void CavmaeNet::addPicture(Blocks blocks) {
  const auto& c = config_;
  modality_v = addVector("modality_v", c.width);
  pos_embed_v = addPositions("pos_embed_v", c.pictureRows(), c.pictureRows(), c.width);
  patch_embed_v =
      register_module("patch_embed_v", std::make_shared<nn::PatchEmbed>(kColours, c.width, c.patch, c.patch, c.patch));
  blocks_v = addBlocks("blocks_v", blocks == Blocks::all ? c.imageDepth : 0, c.width, c.heads);
  norm_v = addNorm("norm_v", c.width);
}

void CavmaeNet::addDecoder(Blocks blocks) {
  const auto& c = config_;
  mask_token = addVector("mask_token", c.decoderWidth);
  decoder_modality_a = addVector("decoder_modality_a", c.decoderWidth);
  decoder_modality_v = addVector("decoder_modality_v", c.decoderWidth);
  decoder_pos_embed_a = addPositions("decoder_pos_embed_a", c.soundRows(), c.soundColumns(), c.decoderWidth);
  decoder_pos_embed_v = addPositions("decoder_pos_embed_v", c.pictureRows(), c.pictureRows(), c.decoderWidth);
  decoder_embed = register_module("decoder_embed", std::make_shared<nn::Linear>(c.width, c.decoderWidth));
  decoder_blocks = addBlocks("decoder_blocks", blocks == Blocks::all ? c.decoderDepth : 0, c.decoderWidth, c.decoderHeads);
  decoder_norm = addNorm("decoder_norm", c.decoderWidth);
  const auto pixels = c.patch * c.patch;
  decoder_pred_a = register_module("decoder_pred_a", std::make_shared<nn::Linear>(c.decoderWidth, pixels));
  decoder_pred_v = register_module("decoder_pred_v", std::make_shared<nn::Linear>(c.decoderWidth, pixels * kColours));
}

at::Tensor CavmaeNet::addVector(const char* name, std::int64_t width) {
  return register_parameter(name, torch::zeros({1, 1, width}));
}

at::Tensor CavmaeNet::addPositions(const char* name, std::int64_t rows, std::int64_t columns, std::int64_t width) {
  const auto table = config_.positions == Positions::sincos1d ? nn::sinCosIndexPositions(width, rows * columns)
                                                              : nn::sinCosPositions(width, rows, columns);
  return register_parameter(name, table, /*requires_grad=*/config_.positions == Positions::sincosTrained);
}

std::shared_ptr<nn::ModalStack> CavmaeNet::addBlocks(const char* name, std::int64_t depth, std::int64_t width,
                                                     std::int64_t heads) {
  nn::BlockShape shape{width, heads, config_.hidden(width), config_.normEpsilon};
  return register_module(name, std::make_shared<nn::ModalStack>(depth, shape));
}

std::shared_ptr<nn::LayerNorm> CavmaeNet::addNorm(const char* name, std::int64_t width) {
  return register_module(name, std::make_shared<nn::LayerNorm>(width, config_.normEpsilon));
}

const nn::ModalStack& CavmaeNet::stack(Stack which) const {
  const auto& found = which == Stack::sound     ? blocks_a
                      : which == Stack::picture ? blocks_v
                      : which == Stack::unified ? blocks_u
                                                : decoder_blocks;
  TORCH_CHECK(found, "this model lacks the part that was asked for");
  return *found;
}

const nn::LayerNorm& CavmaeNet::finalNorm(nn::Norms norms) const {
  return norms == nn::Norms::plain ? *norm : norms == nn::Norms::a ? *norm_a : *norm_v;
}

at::Tensor CavmaeNet::embed(Branch branch, const at::Tensor& input) const {
  // Frequency becomes height: [batch, 1, bands, frames].
  if (branch == Branch::sound)
    return patch_embed_a->forward(input.unsqueeze(1).transpose(2, 3)) + pos_embed_a + modality_a;
  TORCH_CHECK(patch_embed_v, "this model sees no pictures");
  return patch_embed_v->forward(input) + pos_embed_v + modality_v;
}

void CavmaeNet::initialise() {
  nn::initialiseXavier(*this);
  at::NoGradGuard guard;
  for (auto vector : {modality_a, modality_v, mask_token, decoder_modality_a, decoder_modality_v})
    if (vector.defined()) vector.normal_(0.0, kVectorDeviation);
}

at::Tensor NetStacks::run(const StackRun& run, const at::Tensor& tokens) const {
  const auto& blocks = net_->stack(run.stack);
  const auto* tap = tapFor_ ? tapFor_(run.stack, run.norms) : nullptr;
  auto stream = tokens;
  for (std::int64_t layer = run.lastOnly ? blocks.depth() - 1 : 0; layer < blocks.depth(); ++layer)
    stream = blocks.at(layer)->forward(stream, run.norms, layer, tap);
  return stream;
}

}  // namespace chladni::models::cavmae

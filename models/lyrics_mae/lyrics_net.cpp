#include "models/lyrics_mae/lyrics_net.h"

#include <torch/types.h>

#include "core/base/assert.h"
#include "core/nn/initialise.h"
#include "core/nn/patches.h"

namespace chladni::models::lyrics_mae {

namespace {

constexpr double kBertEpsilon = 1e-12;

at::Tensor vectorFor(std::int64_t width) { return torch::zeros({1, 1, width}); }

}  // namespace

WordTable::WordTable(std::int64_t entries, std::int64_t width)
    : weight(register_parameter("weight", torch::zeros({entries, width}))) {}

at::Tensor WordTable::forward(const at::Tensor& ids) const { return at::embedding(weight, ids); }

LyricsHead::LyricsHead(std::int64_t width, std::int64_t classes, double epsilon)
    : norm(register_module("0", std::make_shared<nn::LayerNorm>(width, epsilon))),
      linear(register_module("1", std::make_shared<nn::Linear>(width, classes))) {}

at::Tensor LyricsHead::forward(const at::Tensor& pooled) const { return linear->forward(norm->forward(pooled)); }

LyricsNet::LyricsNet(const LyricsConfig& config, Blocks blocks) : config_(config) {
  CHLADNI_ASSERT(check(config));
  const auto width = config.width;
  const bool all = blocks == Blocks::all;
  const nn::BlockShape shape{width, config.heads, config.hidden(width), config.epsilon};
  auto textShape = shape;
  if (config.textLayout == TextLayout::bert) textShape.epsilon = kBertEpsilon;
  const auto stack = [&](const char* name, std::int64_t depth, const nn::BlockShape& of) {
    return register_module(name, std::make_shared<nn::ModalStack>(all ? depth : 0, of));
  };
  const auto normed = [&](const char* name, double epsilon) {
    return register_module(name, std::make_shared<nn::LayerNorm>(width, epsilon));
  };
  modality_a = register_parameter("modality_a", vectorFor(width));
  modality_t = register_parameter("modality_t", vectorFor(width));
  pos_embed_a = register_parameter("pos_embed_a", nn::sinCosPositions(width, config.rows(), config.columns()), false);
  pos_embed_t = register_parameter("pos_embed_t", nn::sinCosPositions(width, config.textRows(), config.textColumns()), false);
  patch_embed_a = register_module("patch_embed_a", std::make_shared<nn::PatchKernel>(1, width, config.patch));
  word_embed = register_module("word_embed", std::make_shared<WordTable>(config.vocabularySize, width));
  if (config.textLayout == TextLayout::bert) norm_embed_t = normed("norm_embed_t", kBertEpsilon);
  blocks_a = stack("blocks_a", config.audioDepth, shape);
  blocks_t = stack("blocks_t", config.textDepth, textShape);
  blocks_u = stack("blocks_u", config.jointDepth, shape);
  norm_a = normed("norm_a", config.epsilon);
  norm_t = normed("norm_t", config.epsilon);
  norm = normed("norm", config.epsilon);
  if (config.decoder) addDecoder(all);
  if (config.classes > 0)
    mlp_head = register_module("mlp_head", std::make_shared<LyricsHead>(width, config.classes, config.epsilon));
}

void LyricsNet::addDecoder(bool blocks) {
  const auto width = config_.decoderWidth;
  mask_token = register_parameter("mask_token", vectorFor(width));
  decoder_modality_a = register_parameter("decoder_modality_a", vectorFor(width));
  decoder_modality_t = register_parameter("decoder_modality_t", vectorFor(width));
  decoder_pos_embed_a =
      register_parameter("decoder_pos_embed_a", nn::sinCosPositions(width, config_.rows(), config_.columns()), false);
  decoder_pos_embed_t =
      register_parameter("decoder_pos_embed_t", nn::sinCosPositions(width, config_.textRows(), config_.textColumns()), false);
  decoder_embed = register_module("decoder_embed", std::make_shared<nn::Linear>(config_.width, width));
  const nn::BlockShape shape{width, config_.decoderHeads, config_.hidden(width), config_.epsilon};
  decoder_blocks =
      register_module("decoder_blocks", std::make_shared<nn::ModalStack>(blocks ? config_.decoderDepth : 0, shape));
  decoder_norm = register_module("decoder_norm", std::make_shared<nn::LayerNorm>(width, config_.epsilon));
  decoder_pred_a =
      register_module("decoder_pred_a", std::make_shared<nn::Linear>(width, config_.patch * config_.patch));
  decoder_pred_t = register_module("decoder_pred_t", std::make_shared<nn::Linear>(width, config_.vocabularySize));
}

at::Tensor LyricsNet::soundTargets(const at::Tensor& sound) const {
  // Frequency becomes height: [batch, 1, bins, frames].
  return nn::patchify(sound.unsqueeze(1).transpose(2, 3), config_.patch);
}

at::Tensor LyricsNet::embedSound(const at::Tensor& sound) const {
  // A convolution whose patches do not overlap is a product with the table of patches.
  const auto patches = at::linear(soundTargets(sound), patch_embed_a->weight.flatten(1), patch_embed_a->bias);
  return patches + pos_embed_a + modality_a;
}

at::Tensor LyricsNet::embedText(const at::Tensor& ids) const {
  const auto tokens = word_embed->forward(ids) + pos_embed_t + modality_t;
  return norm_embed_t ? norm_embed_t->forward(tokens) : tokens;
}

at::Tensor LyricsNet::soundBranch(at::Tensor tokens) const { return blocks_a->forward(std::move(tokens)); }

at::Tensor LyricsNet::textBranch(at::Tensor tokens) const {
  if (config_.textLayout == TextLayout::preNorm) return blocks_t->forward(std::move(tokens));
  for (std::int64_t layer = 0; layer < blocks_t->depth(); ++layer) {
    const auto& block = *blocks_t->at(layer);
    tokens = block.norm1->forward(tokens + block.attn->forward(tokens));
    tokens = block.norm2->forward(tokens + block.mlp->forward(tokens));
  }
  return tokens;
}

LyricsEncoding LyricsNet::encode(const at::Tensor& sound, const at::Tensor& ids, const at::Tensor& soundNoise,
                                 const at::Tensor& textNoise, double maskRatio) const {
  LyricsEncoding out;
  out.soundMask = nn::maskByNoise(soundNoise, maskRatio);
  out.textMask = nn::maskByNoise(textNoise, maskRatio);
  const auto a = soundBranch(nn::keepTokens(embedSound(sound), out.soundMask));
  const auto t = textBranch(nn::keepTokens(embedText(ids), out.textMask));
  out.joint = norm->forward(blocks_u->forward(at::cat({a, t}, 1), nn::Norms::plain));
  out.sound = norm_a->forward(blocks_u->forward(a, nn::Norms::a));
  out.text = norm_t->forward(blocks_u->forward(t, nn::Norms::v));
  return out;
}

at::Tensor LyricsNet::decoderInput(const LyricsEncoding& encoding) const {
  const auto tokens = decoder_embed->forward(encoding.joint);
  const auto keptSound = encoding.soundMask.kept;
  const auto sound = nn::restoreTokens(tokens.narrow(1, 0, keptSound), mask_token, encoding.soundMask);
  const auto text = nn::restoreTokens(tokens.narrow(1, keptSound, encoding.textMask.kept), mask_token, encoding.textMask);
  return at::cat({sound + decoder_pos_embed_a + decoder_modality_a, text + decoder_pos_embed_t + decoder_modality_t}, 1);
}

LyricsPrediction LyricsNet::decode(const LyricsEncoding& encoding) const {
  const auto tokens = decoder_norm->forward(decoder_blocks->forward(decoderInput(encoding)));
  return {decoder_pred_a->forward(tokens.narrow(1, 0, config_.patches())),
          decoder_pred_t->forward(tokens.narrow(1, config_.patches(), config_.tokens))};
}

LyricsLosses LyricsNet::losses(const at::Tensor& sound, const at::Tensor& ids, const LyricsEncoding& encoding,
                               const LyricsPrediction& prediction, std::int64_t padId) const {
  auto targets = soundTargets(sound);
  if (config_.objective.standardisedTargets) targets = nn::standardised(targets);
  const auto perPatch = nn::patchError(prediction.sound, targets);
  LyricsLosses out;
  out.soundMean = nn::maskedMean(perPatch, encoding.soundMask.mask);
  out.soundFrobenius = soundFrobenius(perPatch, encoding.soundMask.mask, targets.size(2));

  out.text = textLoss(prediction.text, ids, encoding.textMask.mask, config_.objective.ignorePadding ? padId : -1);

  const auto a = encoding.sound.mean(1);
  const auto t = encoding.text.mean(1);
  out.rows = nn::contrastive(a, t, nn::ContrastiveReading::rows, config_.objective.temperature);
  out.columns = nn::contrastive(a, t, nn::ContrastiveReading::columns, config_.objective.temperature);
  return out;
}

at::Tensor LyricsNet::logits(const at::Tensor& sound, const at::Tensor& ids) const {
  CHLADNI_ASSERT(sound.defined() || ids.defined());
  at::Tensor tokens;
  if (!ids.defined()) {
    tokens = norm_a->forward(blocks_u->forward(soundBranch(embedSound(sound)), nn::Norms::a));
  } else if (!sound.defined()) {
    tokens = norm_t->forward(blocks_u->forward(textBranch(embedText(ids)), nn::Norms::v));
  } else {
    const auto both = at::cat({soundBranch(embedSound(sound)), textBranch(embedText(ids))}, 1);
    tokens = norm->forward(blocks_u->forward(both, nn::Norms::plain));
  }
  return mlp_head->forward(tokens.mean(1));
}

void LyricsNet::initialise() {
  at::NoGradGuard guard;
  nn::initialiseXavier(*this);
  for (auto& vector : {modality_a, modality_t, mask_token, decoder_modality_a, decoder_modality_t})
    if (vector.defined()) vector.normal_(0.0, 0.02);
  word_embed->weight.normal_(0.0, 0.02);
}

std::int64_t LyricsNet::learned() const {
  std::int64_t count = 0;
  for (const auto& parameter : parameters())
    if (parameter.requires_grad()) count += parameter.numel();
  return count;
}

at::Tensor soundFrobenius(const at::Tensor& perPatch, const at::Tensor& mask, std::int64_t values) {
  return (perPatch * mask).sum() * (static_cast<double>(values) / static_cast<double>(perPatch.size(0)));
}

at::Tensor textLoss(const at::Tensor& logits, const at::Tensor& ids, const at::Tensor& mask, std::int64_t ignoreId) {
  const auto logProbability = at::log_softmax(logits, -1).gather(2, ids.unsqueeze(-1)).squeeze(-1);
  const auto counted = ignoreId < 0 ? mask : mask * ids.ne(ignoreId).to(mask.scalar_type());
  return ((-logProbability * counted).sum(1) / counted.sum(1).clamp_min(1.0)).mean();
}

at::Tensor total(const LyricsLosses& losses, const LyricsObjective& objective) {
  const auto& sound = objective.audioLoss == AudioLoss::mean ? losses.soundMean : losses.soundFrobenius;
  const auto& pairs = objective.direction == ContrastiveDirection::rows ? losses.rows : losses.columns;
  return objective.contrastiveWeight * pairs.loss +
         objective.reconstructionWeight * (sound + objective.textWeight * losses.text);
}

at::Tensor multiLabelLoss(const at::Tensor& logits, const at::Tensor& targets, ClassLoss reading) {
  const auto mean = at::binary_cross_entropy_with_logits(logits, targets);
  return reading == ClassLoss::mean ? mean : mean * static_cast<double>(logits.size(1));
}

}  // namespace chladni::models::lyrics_mae

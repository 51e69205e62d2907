#include "models/lyrics_mae/lyrics_inference.h"

#include <torch/types.h>

namespace chladni::models::lyrics_mae {
namespace {

bool isBlock(const std::string& name) {
  for (const char* prefix : {"blocks_a.", "blocks_t.", "blocks_u.", "decoder_blocks."})
    if (name.starts_with(prefix)) return true;
  return false;
}

// Everything but the blocks, which the engines hold in their own form.
std::shared_ptr<LyricsNet> surroundings(const LyricsNet& net, const nn::Runtime& runtime) {
  at::NoGradGuard guard;
  auto copy = std::make_shared<LyricsNet>(net.config(), LyricsNet::Blocks::none);
  auto target = copy->named_parameters();
  for (const auto& item : net.named_parameters())
    if (!isBlock(item.key())) target[item.key()].copy_(item.value());
  copy->to(runtime.device);
  return copy;
}

nn::NormPlace textPlace(const LyricsConfig& config) {
  return config.textLayout == TextLayout::bert ? nn::NormPlace::after : nn::NormPlace::before;
}

at::Tensor onCpu(const at::Tensor& tensor) { return tensor.defined() ? tensor.to(at::kCPU, at::kFloat) : tensor; }

}  // namespace

LyricsInference::LyricsInference(const LyricsNet& net, const nn::Runtime& runtime)
    : runtime_(runtime),
      net_(surroundings(net, runtime)),
      sound_(*net.blocks_a, nn::Norms::plain, runtime),
      text_(*net.blocks_t, nn::Norms::plain, runtime, textPlace(net.config())),
      joint_(*net.blocks_u, nn::Norms::plain, runtime),
      jointSound_(joint_.withNorms(*net.blocks_u, nn::Norms::a)),
      jointText_(joint_.withNorms(*net.blocks_u, nn::Norms::v)) {
  if (!net.config().decoder) return;
  decoder_.emplace(*net.decoder_blocks, nn::Norms::plain, runtime);
  wordHead_.emplace(*net.decoder_pred_t, runtime);
}

std::optional<at::Tensor> LyricsInference::alone(const at::Tensor& sound, const at::Tensor& ids,
                                                 const std::stop_token& stop) const {
  const nn::EngineRun run{nullptr, stop, -1, 0};
  const bool hears = sound.defined();
  auto tokens = hears ? sound_.run(net_->embedSound(sound.to(runtime_.device)), run)
                      : text_.run(net_->embedText(ids.to(runtime_.device)), run);
  if (tokens) tokens = (hears ? jointSound_ : jointText_).run(*tokens, run);
  if (!tokens) return std::nullopt;
  return (hears ? net_->norm_a : net_->norm_t)->forward(*tokens);
}

std::optional<at::Tensor> LyricsInference::together(const at::Tensor& sound, const at::Tensor& ids,
                                                    const std::stop_token& stop) const {
  const nn::EngineRun run{nullptr, stop, -1, 0};
  const auto a = sound_.run(net_->embedSound(sound.to(runtime_.device)), run);
  if (!a) return std::nullopt;
  const auto t = text_.run(net_->embedText(ids.to(runtime_.device)), run);
  if (!t) return std::nullopt;
  const auto both = joint_.run(at::cat({*a, *t}, 1), run);
  if (!both) return std::nullopt;
  return net_->norm->forward(*both);
}

std::optional<at::Tensor> LyricsInference::logits(const at::Tensor& sound, const at::Tensor& ids, std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  const bool both = sound.defined() && ids.defined();
  const auto tokens = both ? together(sound, ids, stop) : alone(sound, ids, stop);
  if (!tokens) return std::nullopt;
  return onCpu(net_->mlp_head->forward(tokens->mean(1)));
}

std::optional<at::Tensor> LyricsInference::embedding(const at::Tensor& sound, const at::Tensor& ids,
                                                     std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  const auto tokens = alone(sound, ids, stop);
  if (!tokens) return std::nullopt;
  const auto pooled = tokens->mean(1);
  return onCpu(pooled / pooled.norm(2, -1, /*keepdim=*/true).clamp_min(1e-12));
}

std::optional<LyricsEncoding> LyricsInference::encode(const at::Tensor& sound, const at::Tensor& ids,
                                                      const nn::TokenMask& soundMask, const nn::TokenMask& textMask,
                                                      const std::stop_token& stop) const {
  const nn::EngineRun run{nullptr, stop, -1, 0};
  LyricsEncoding encoding;
  encoding.soundMask = soundMask;
  encoding.textMask = textMask;
  const auto a = sound_.run(nn::keepTokens(net_->embedSound(sound), soundMask), run);
  if (!a) return std::nullopt;
  auto joint = *a;
  if (textMask.kept > 0) {
    const auto t = text_.run(nn::keepTokens(net_->embedText(ids), textMask), run);
    const auto alone = t ? jointText_.run(*t, run) : std::nullopt;
    if (!alone) return std::nullopt;
    encoding.text = net_->norm_t->forward(*alone);
    joint = at::cat({joint, *t}, 1);
  }
  const auto both = joint_.run(joint, run);
  const auto alone = jointSound_.run(*a, run);
  if (!both || !alone) return std::nullopt;
  encoding.joint = net_->norm->forward(*both);
  encoding.sound = net_->norm_a->forward(*alone);
  return encoding;
}

std::optional<Painted> LyricsInference::paint(const at::Tensor& sound, const at::Tensor& ids,
                                              const nn::TokenMask& soundMask, const nn::TokenMask& textMask,
                                              std::stop_token stop) const {
  at::NoGradGuard guard;
  nn::takeThreads();
  const auto words = ids.defined() ? ids.to(runtime_.device) : at::Tensor{};
  const auto encoding = encode(sound.to(runtime_.device), words, soundMask.to(runtime_.device),
                               textMask.to(runtime_.device), stop);
  if (!encoding) return std::nullopt;
  const auto decoded = decoder_->run(net_->decoderInput(*encoding), {nullptr, stop, -1, 0});
  if (!decoded) return std::nullopt;
  const auto& config = net_->config();
  const auto tokens = net_->decoder_norm->forward(*decoded);
  const auto text = tokens.narrow(1, config.patches(), config.tokens).to(runtime_.type).flatten(0, 1);
  Painted painted;
  painted.prediction.sound = onCpu(net_->decoder_pred_a->forward(tokens.narrow(1, 0, config.patches())));
  painted.prediction.text = onCpu(wordHead_->forward(text)).view({sound.size(0), config.tokens, config.vocabularySize});
  painted.encoding = {onCpu(encoding->joint), onCpu(encoding->sound), onCpu(encoding->text), soundMask, textMask};
  return painted;
}

}  // namespace chladni::models::lyrics_mae

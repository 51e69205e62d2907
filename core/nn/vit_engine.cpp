#include "core/nn/vit_engine.h"

#include <torch/types.h>

#include "core/nn/attention.h"

namespace chladni::nn {

VitEngine::VitEngine(const BlockStack& blocks, const Runtime& runtime) : runtime_(runtime) {
  for (std::int64_t layer = 0; layer < blocks.depth(); ++layer) {
    const auto& block = *blocks.at(layer);
    blocks_.push_back({prepare(*block.norm1, runtime), prepare(*block.norm2, runtime),
                       PreparedLinear(*block.attn->qkv, runtime), PreparedLinear(*block.attn->proj, runtime),
                       PreparedLinear(*block.mlp->fc1, runtime), PreparedLinear(*block.mlp->fc2, runtime),
                       block.attn->heads()});
  }
}

VitEngine::PreparedNorm VitEngine::prepare(const LayerNorm& norm, const Runtime& runtime) {
  const auto copy = [&](const at::Tensor& parameter) {
    return parameter.detach().to(runtime.device, at::kFloat, /*non_blocking=*/false, /*copy=*/true);
  };
  return {copy(norm.weight), copy(norm.bias), norm.epsilon()};
}

at::Tensor VitEngine::normalised(const PreparedNorm& norm, const at::Tensor& tokens) const {
  return at::layer_norm(tokens, norm.weight.sizes(), norm.weight, norm.bias, norm.epsilon).to(runtime_.type).flatten(0, 1);
}

at::Tensor VitEngine::block(std::int64_t layer, at::Tensor tokens, const Tap* tap, std::int64_t keep) const {
  const auto& block = blocks_[static_cast<std::size_t>(layer)];
  const auto batch = tokens.size(0);
  const auto width = tokens.size(2);
  const auto fused = block.qkv.forward(normalised(block.norm1, tokens)).view({batch, tokens.size(1), 3 * width});
  if (tap != nullptr && tap->wantsAttention(layer)) showAttention(fused, block.heads, layer, *tap);
  const auto mixed = fusedAttention(fused, block.heads, keep);
  if (keep > 0) tokens = tokens.narrow(1, 0, keep);
  tokens = tokens + block.proj.forward(mixed.flatten(0, 1)).view(tokens.sizes());
  const auto hidden = block.fc1.forward(normalised(block.norm2, tokens));
  return tokens.add_(block.fc2.forward(at::gelu(hidden)).view(tokens.sizes()));
}

std::optional<at::Tensor> VitEngine::run(at::Tensor tokens, const EngineRun& run) const {
  at::NoGradGuard guard;
  const auto count = run.layers < 0 ? depth() : std::min(run.layers, depth());
  for (std::int64_t layer = 0; layer < count; ++layer) {
    if (run.stop.stop_requested()) return std::nullopt;
    tokens = block(layer, tokens, run.tap, layer + 1 == count ? run.keepTokens : 0);
    if (run.tap != nullptr) run.tap->show("block", layer, tokens);
  }
  return tokens;
}

}  // namespace chladni::nn

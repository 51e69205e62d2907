#include "core/nn/vit_engine.h"

#include <algorithm>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/nn/attention.h"
#include "core/nn/cpu_kernels.h"
#include "core/nn/tiled_attention.h"

namespace chladni::nn {
namespace {

// fusedAttention by the kernel, one head of one clip after the other on every core.
at::Tensor attendByKernel(const at::Tensor& fused, std::int64_t heads, std::int64_t queries) {
  const auto qkv = fused.to(at::kFloat).contiguous();
  const auto tokens = qkv.size(1);
  const auto width = qkv.size(2) / 3;
  const auto rows = queries > 0 ? queries : tokens;
  auto out = torch::empty({qkv.size(0), rows, width}, fused.options());
  const bool half = fused.scalar_type() == at::kBFloat16;
  at::parallel_for(0, qkv.size(0) * heads, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t i = first; i < last; ++i) {
      const auto clip = i / heads;
      kernels::AttentionJob job;
      job.qkv = qkv.data_ptr<float>() + clip * tokens * 3 * width;
      if (half)
        job.half = reinterpret_cast<std::uint16_t*>(out.data_ptr<at::BFloat16>()) + clip * rows * width;
      else
        job.out = out.data_ptr<float>() + clip * rows * width;
      job.tokens = tokens;
      job.heads = heads;
      job.size = width / heads;
      job.queries = rows;
      kernels::attendHead(job, i % heads);
    }
  });
  return out;
}

}  // namespace

VitEngine::VitEngine(const BlockStack& blocks, const Runtime& runtime) : runtime_(runtime) {
  for (std::int64_t layer = 0; layer < blocks.depth(); ++layer) {
    const auto& block = *blocks.at(layer);
    blocks_.push_back(prepare(block, *block.norm1, *block.norm2, runtime));
  }
}

VitEngine::VitEngine(const ModalStack& blocks, Norms norms, const Runtime& runtime, NormPlace place)
    : runtime_(runtime), place_(place) {
  for (std::int64_t layer = 0; layer < blocks.depth(); ++layer) {
    const auto& block = *blocks.at(layer);
    blocks_.push_back(prepare(block, block.first(norms), block.second(norms), runtime));
  }
}

VitEngine VitEngine::withNorms(const ModalStack& blocks, Norms norms) const {
  VitEngine other = *this;
  for (std::int64_t layer = 0; layer < depth(); ++layer) {
    auto& block = other.blocks_[static_cast<std::size_t>(layer)];
    block.norm1 = prepare(blocks.at(layer)->first(norms), runtime_);
    block.norm2 = prepare(blocks.at(layer)->second(norms), runtime_);
  }
  return other;
}

VitEngine::PreparedBlock VitEngine::prepare(const Block& block, const LayerNorm& norm1, const LayerNorm& norm2,
                                            const Runtime& runtime) {
  return {prepare(norm1, runtime),
          prepare(norm2, runtime),
          PreparedLinear(*block.attn->qkv, runtime),
          PreparedLinear(*block.attn->proj, runtime),
          PreparedLinear(*block.mlp->fc1, runtime),
          PreparedLinear(*block.mlp->fc2, runtime),
          block.attn->heads()};
}

VitEngine::PreparedNorm VitEngine::prepare(const LayerNorm& norm, const Runtime& runtime) {
  const auto copy = [&](const at::Tensor& parameter) {
    return parameter.detach().to(runtime.device, at::kFloat, /*non_blocking=*/false, /*copy=*/true);
  };
  return {copy(norm.weight), copy(norm.bias), norm.epsilon()};
}

at::Tensor VitEngine::normalised(const PreparedNorm& norm, const at::Tensor& tokens) {
  return at::layer_norm(tokens, norm.weight.sizes(), norm.weight, norm.bias, norm.epsilon);
}

at::Tensor VitEngine::rows(const at::Tensor& tokens) const { return tokens.to(runtime_.type).flatten(0, 1); }

at::Tensor VitEngine::block(std::int64_t layer, at::Tensor tokens, const Tap* tap, std::int64_t keep, at::Tensor* fusedOut) const {
  const auto& block = blocks_[static_cast<std::size_t>(layer)];
  const bool before = place_ == NormPlace::before;
  const auto batch = tokens.size(0);
  const auto width = tokens.size(2);
  const auto attended = rows(before ? normalised(block.norm1, tokens) : tokens);
  const auto fused = block.qkv.forward(attended).view({batch, tokens.size(1), 3 * width});
  if (fusedOut != nullptr) *fusedOut = fused;
  if (tap != nullptr && tap->wantsAttention(layer)) showAttention(fused, block.heads, layer, *tap);
  const bool kernel = fused.is_cpu() && !suitsTiled(fused, block.heads) && kernels::canAttend(width / block.heads);
  const auto mixed = kernel ? attendByKernel(fused, block.heads, keep) : fusedAttention(fused, block.heads, keep);
  if (keep > 0) tokens = tokens.narrow(1, 0, keep);
  tokens = tokens + block.proj.forward(mixed.flatten(0, 1)).view(tokens.sizes());
  if (!before) tokens = normalised(block.norm1, tokens);
  const auto hidden = block.fc1.forward(rows(before ? normalised(block.norm2, tokens) : tokens));
  tokens.add_(block.fc2.forward(at::gelu(hidden)).view(tokens.sizes()));
  return before ? tokens : normalised(block.norm2, tokens);
}

std::shared_ptr<const BlockRecord> VitEngine::recorded(const at::Tensor& tokens, const EngineRun& run) const {
  auto record = std::make_shared<BlockRecord>();
  record->tokens = tokens;
  record->keepTokens = run.keepTokens;
  record->fused.resize(blocks_.size());
  auto stream = tokens;
  for (std::int64_t layer = 0; layer < depth(); ++layer) {
    if (run.stop.stop_requested()) return nullptr;
    stream = block(layer, stream, nullptr, layer + 1 == depth() ? run.keepTokens : 0, &record->fused[static_cast<std::size_t>(layer)]);
  }
  record->result = stream;
  return record;
}

std::optional<at::Tensor> VitEngine::remembered(const at::Tensor& tokens, const EngineRun& run) const {
  auto record = run.memory->find(tokens, run.keepTokens);
  if (!record) {
    record = recorded(tokens, run);
    if (!record) return std::nullopt;
    run.memory->keep(record);
  }
  for (std::int64_t layer = 0; run.tap != nullptr && layer < depth(); ++layer) {
    const auto i = static_cast<std::size_t>(layer);
    if (run.tap->wantsAttention(layer)) showAttention(record->fused[i], blocks_[i].heads, layer, *run.tap);
  }
  return record->result;
}

std::optional<at::Tensor> VitEngine::run(at::Tensor tokens, const EngineRun& run) const {
  at::NoGradGuard guard;
  if (run.memory != nullptr) return remembered(tokens, run);
  const auto count = run.layers < 0 ? depth() : std::min(run.layers, depth());
  for (std::int64_t layer = run.first; layer < count; ++layer) {
    if (run.stop.stop_requested()) return std::nullopt;
    tokens = block(layer, tokens, run.tap, layer + 1 == count ? run.keepTokens : 0);
    if (run.tap != nullptr) run.tap->show("block", layer, tokens);
  }
  return tokens;
}

}  // namespace chladni::nn

#include "core/nn/vit_engine.h"

#include <algorithm>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/nn/attention.h"
#include "core/nn/cpu_kernels.h"

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
  for (std::int64_t layer = 0; layer < blocks.depth(); ++layer) blocks_.push_back(prepare(*blocks.at(layer), runtime));
}

VitEngine::PreparedBlock VitEngine::prepare(const Block& block, const Runtime& runtime) {
  PreparedBlock prepared{{},
                         {},
                         PreparedLinear(*block.attn->qkv, runtime),
                         PreparedLinear(*block.attn->proj, runtime),
                         PreparedLinear(*block.mlp->fc1, runtime),
                         PreparedLinear(*block.mlp->fc2, runtime),
                         block.attn->heads()};
  const std::size_t pairs = block.shape().normPairs ? prepared.before.size() : 1;
  for (std::size_t i = 0; i < pairs; ++i) {
    prepared.before[i] = prepare(block.before(static_cast<NormPair>(i)), runtime);
    prepared.between[i] = prepare(block.between(static_cast<NormPair>(i)), runtime);
  }
  return prepared;
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

at::Tensor VitEngine::block(std::int64_t layer, at::Tensor tokens, const EngineRun& run, std::int64_t keep) const {
  const auto& block = blocks_[static_cast<std::size_t>(layer)];
  const auto norms = static_cast<std::size_t>(run.norms);
  const auto* tap = run.tap;
  const auto batch = tokens.size(0);
  const auto width = tokens.size(2);
  const auto fused = block.qkv.forward(normalised(block.before[norms], tokens)).view({batch, tokens.size(1), 3 * width});
  if (tap != nullptr && tap->wantsAttention(layer)) showAttention(fused, block.heads, layer, *tap);
  const bool kernel = tokens.device().is_cpu() && kernels::canAttend(width / block.heads);
  const auto mixed = kernel ? attendByKernel(fused, block.heads, keep) : fusedAttention(fused, block.heads, keep);
  if (keep > 0) tokens = tokens.narrow(1, 0, keep);
  tokens = tokens + block.proj.forward(mixed.flatten(0, 1)).view(tokens.sizes());
  const auto hidden = block.fc1.forward(normalised(block.between[norms], tokens));
  return tokens.add_(block.fc2.forward(at::gelu(hidden)).view(tokens.sizes()));
}

std::optional<at::Tensor> VitEngine::run(at::Tensor tokens, const EngineRun& run) const {
  at::NoGradGuard guard;
  const auto count = run.layers < 0 ? depth() : std::min(run.layers, depth());
  for (std::int64_t layer = run.first; layer < count; ++layer) {
    if (run.stop.stop_requested()) return std::nullopt;
    tokens = block(layer, tokens, run, layer + 1 == count ? run.keepTokens : 0);
    if (run.tap != nullptr) run.tap->show("block", layer, tokens);
  }
  return tokens;
}

}  // namespace chladni::nn

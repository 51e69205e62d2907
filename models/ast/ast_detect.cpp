#include "models/ast/ast_detect.h"

#include <algorithm>
#include <string>

namespace chladni::models::ast {
namespace {

Result<at::Tensor> need(const nn::NamedTensors& tensors, const std::string& name, std::int64_t dimensions) {
  const auto found = tensors.find(name);
  if (found == tensors.end())
    return fail(ErrorCode::incompatibleModel, "no tensor '" + name + "': these are not the weights of an AST");
  if (found->second.dim() != dimensions || found->second.numel() == 0)
    return fail(ErrorCode::incompatibleModel,
                "tensor '" + name + "' has the impossible shape " + nn::shapeText(found->second));
  return found->second;
}

std::int64_t countBlocks(const nn::NamedTensors& tensors) {
  std::int64_t depth = 0;
  while (tensors.contains("v.blocks." + std::to_string(depth) + ".norm1.weight")) ++depth;
  return depth;
}

bool fits(const AstConfig& config, std::int64_t patches) {
  return config.bins >= config.patch && config.frames >= config.patch && config.rows() * config.columns() == patches;
}

std::vector<std::int64_t> strideCandidates(const std::optional<std::int64_t>& hint, std::int64_t patch) {
  if (hint) return {*hint};
  std::vector<std::int64_t> strides{10, 16, 12, 14};  // published
  for (std::int64_t stride = patch; stride >= 1; --stride)
    if (std::find(strides.begin(), strides.end(), stride) == strides.end()) strides.push_back(stride);
  return strides;
}

// Equal strides first, as every published file has them.
bool solveGrid(AstConfig& config, std::int64_t patches, const DetectHints& hints) {
  const auto lengths = hints.frames ? std::vector<std::int64_t>{*hints.frames}
                                    : std::vector<std::int64_t>{1024, 512, 128, 256, 96, 64, 998, 100, 2048, 3072};
  const auto rowStrides = strideCandidates(hints.strideFrequency, config.patch);
  const auto columnStrides = strideCandidates(hints.strideTime, config.patch);
  for (const bool equal : {true, false})
    for (const auto frames : lengths)
      for (const auto rowStride : rowStrides)
        for (const auto columnStride : columnStrides) {
          if (rowStride < 1 || columnStride < 1 || (equal && rowStride != columnStride)) continue;
          config.frames = frames;
          config.strideFrequency = rowStride;
          config.strideTime = columnStride;
          if (fits(config, patches)) return true;
        }
  return false;
}

}  // namespace

Result<AstConfig> detectConfig(const nn::NamedTensors& canonical, bool huggingFace, const DetectHints& hints) {
  AstConfig config;
  auto positions = need(canonical, "v.pos_embed", 3);
  if (!positions) return fail(std::move(positions).error());
  auto kernel = need(canonical, "v.patch_embed.proj.weight", 4);
  if (!kernel) return fail(std::move(kernel).error());
  auto hidden = need(canonical, "v.blocks.0.mlp.fc1.weight", 2);
  if (!hidden) return fail(std::move(hidden).error());
  auto head = need(canonical, "mlp_head.1.weight", 2);
  if (!head) return fail(std::move(head).error());

  config.width = positions->size(2);
  config.depth = countBlocks(canonical);
  config.patch = kernel->size(3);
  config.mlpRatio = static_cast<double>(hidden->size(0)) / static_cast<double>(config.width);
  config.classes = head->size(0);
  config.head = canonical.contains("mlp_head.0.weight") ? Head::normLinear : Head::linear;
  config.distillationToken = canonical.contains("v.dist_token");
  config.backboneEpsilon = huggingFace ? 1e-12 : 1e-6;
  config.headEpsilon = huggingFace ? 1e-12 : 1e-5;
  config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
  config.bins = hints.bins;
  const auto patches = positions->size(1) - config.leadingTokens();
  if (!solveGrid(config, patches, hints))
    return fail(ErrorCode::incompatibleModel, "no input length and stride give the " + std::to_string(patches) +
                                                  " patch positions of 'v.pos_embed'; name them in the file's metadata");
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::ast

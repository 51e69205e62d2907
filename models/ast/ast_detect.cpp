#include "models/ast/ast_detect.h"

#include <algorithm>
#include <string>

#include "core/nn/published_weights.h"

namespace chladni::models::ast {
namespace {

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
  nn::ShapeReader shapes(canonical, "these are not the weights of an AST");
  const auto positions = shapes.size("v.pos_embed", 3, 1);
  config.width = shapes.size("v.pos_embed", 3, 2);
  config.patch = shapes.size("v.patch_embed.proj.weight", 4, 3);
  const auto hidden = shapes.size("v.blocks.0.mlp.fc1.weight", 2, 0);
  config.classes = shapes.size("mlp_head.1.weight", 2, 0);
  if (shapes.failure()) return fail(*shapes.failure());
  config.depth = nn::countBlocks(canonical, "v.blocks");
  config.mlpRatio = static_cast<double>(hidden) / static_cast<double>(config.width);
  config.head = canonical.contains("mlp_head.0.weight") ? Head::normLinear : Head::linear;
  config.distillationToken = canonical.contains("v.dist_token");
  config.backboneEpsilon = huggingFace ? 1e-12 : 1e-6;
  config.headEpsilon = huggingFace ? 1e-12 : 1e-5;
  if (const auto stem = canonical.find("v.stem.down0.weight"); stem != canonical.end() && stem->second.dim() == 4)
    config.stemChannels = stem->second.size(0);
  config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
  config.bins = hints.bins;
  const auto patches = positions - config.leadingTokens();
  if (!solveGrid(config, patches, hints))
    return fail(ErrorCode::incompatibleModel, "no input length and stride give the " + std::to_string(patches) +
                                                  " patch positions of 'v.pos_embed'; name them in the file's metadata");
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::ast

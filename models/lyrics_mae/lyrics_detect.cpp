#include "models/lyrics_mae/lyrics_detect.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace chladni::models::lyrics_mae {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

// CAV-MAE's names of the second modality, outside the blocks, and of its patch embedding.
constexpr std::array<Pair, 8> kRenamed{{{"modality_v", "modality_t"},
                                        {"pos_embed_v", "pos_embed_t"},
                                        {"blocks_v.", "blocks_t."},
                                        {"norm_v.", "norm_t."},
                                        {"decoder_modality_v", "decoder_modality_t"},
                                        {"decoder_pos_embed_v", "decoder_pos_embed_t"},
                                        {"decoder_pred_v.", "decoder_pred_t."},
                                        {"patch_embed_a.proj.", "patch_embed_a."}}};

std::string canonicalName(std::string_view published) {
  auto name = nn::withoutWrappers(published);
  for (const auto& [from, to] : kRenamed)
    if (name.starts_with(from)) return std::string(to) + name.substr(from.size());
  return name;
}

}  // namespace

Result<nn::CanonicalWeights> canonicalise(const nn::NamedTensors& published) {
  return nn::renamedWeights(published, [](const std::string& name) { return canonicalName(name); });
}

Result<LyricsConfig> detectConfig(const nn::NamedTensors& canonical, const DetectHints& hints) {
  nn::ShapeReader shapes(canonical, "these are not the weights of an audio + lyrics model");
  LyricsConfig config;
  config.width = shapes.size("word_embed.weight", 2, 1);
  config.vocabularySize = shapes.size("word_embed.weight", 2, 0);
  config.patch = shapes.size("patch_embed_a.weight", 4, 3);
  config.tokens = shapes.size("pos_embed_t", 3, 1);
  const auto patches = shapes.size("pos_embed_a", 3, 1);
  const auto hidden = shapes.size("blocks_a.0.mlp.fc1.weight", 2, 0);
  config.decoder = canonical.contains("decoder_embed.weight");
  if (config.decoder) config.decoderWidth = shapes.size("decoder_embed.weight", 2, 0);
  config.classes = canonical.contains("mlp_head.1.weight") ? shapes.size("mlp_head.1.weight", 2, 0) : 0;
  if (shapes.failure()) return fail(*shapes.failure());

  config.audioDepth = nn::countBlocks(canonical, "blocks_a");
  config.textDepth = nn::countBlocks(canonical, "blocks_t");
  config.jointDepth = nn::countBlocks(canonical, "blocks_u");
  if (config.decoder) config.decoderDepth = nn::countBlocks(canonical, "decoder_blocks");
  config.mlpRatio = static_cast<double>(hidden) / static_cast<double>(config.width);
  config.textLayout = canonical.contains("norm_embed_t.weight") ? TextLayout::bert : TextLayout::preNorm;
  config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
  config.decoderHeads = hints.decoderHeads.value_or(std::max<std::int64_t>(1, config.decoderWidth / 32));
  config.bins = hints.bins;
  if (config.bins < config.patch || patches % (config.bins / config.patch) != 0)
    return fail(ErrorCode::incompatibleModel, "the " + std::to_string(patches) + " positions of 'pos_embed_a' do not fill rows of " +
                                                  std::to_string(config.bins) + " mel bins; give the right number of bins");
  config.frames = patches / (config.bins / config.patch) * config.patch;
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::lyrics_mae

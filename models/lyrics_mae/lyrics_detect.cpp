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
  auto name = withoutWrappers(published);
  for (const auto& [from, to] : kRenamed)
    if (name.starts_with(from)) return std::string(to) + name.substr(from.size());
  return name;
}

// Reads shapes, keeping the first failure.
class Shapes {
 public:
  explicit Shapes(const nn::NamedTensors& tensors) : tensors_(tensors) {}
  std::int64_t size(const std::string& name, std::int64_t dimensions, std::int64_t axis) {
    if (failure_) return 0;
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
      failure_ = fail(ErrorCode::incompatibleModel,
                      "no tensor '" + name + "': these are not the weights of an audio + lyrics model").error;
      return 0;
    }
    if (found->second.dim() != dimensions || found->second.numel() == 0) {
      failure_ = fail(ErrorCode::incompatibleModel,
                      "tensor '" + name + "' has the impossible shape " + nn::shapeText(found->second)).error;
      return 0;
    }
    return found->second.size(axis);
  }
  [[nodiscard]] const std::optional<Error>& failure() const { return failure_; }

 private:
  const nn::NamedTensors& tensors_;
  std::optional<Error> failure_;
};

std::int64_t countBlocks(const nn::NamedTensors& tensors, const std::string& stack) {
  std::int64_t depth = 0;
  while (tensors.contains(stack + "." + std::to_string(depth) + ".norm1.weight")) ++depth;
  return depth;
}

}  // namespace

std::string withoutWrappers(std::string_view name) {
  for (const std::string_view wrapper : {"state_dict.", "model.", "module."})
    if (name.starts_with(wrapper)) name.remove_prefix(wrapper.size());
  return std::string(name);
}

Result<CanonicalWeights> canonicalise(const nn::NamedTensors& published) {
  CanonicalWeights out;
  for (const auto& [original, tensor] : published) {
    const auto name = canonicalName(original);
    if (!out.tensors.emplace(name, tensor).second)
      return fail(ErrorCode::incompatibleModel, "two tensors of the file both mean '" + name + "'");
    if (name != original) out.lines.push_back("renamed '" + original + "' to '" + name + "'");
  }
  return out;
}

Result<LyricsConfig> detectConfig(const nn::NamedTensors& canonical, const DetectHints& hints) {
  Shapes shapes(canonical);
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

  config.audioDepth = countBlocks(canonical, "blocks_a");
  config.textDepth = countBlocks(canonical, "blocks_t");
  config.jointDepth = countBlocks(canonical, "blocks_u");
  if (config.decoder) config.decoderDepth = countBlocks(canonical, "decoder_blocks");
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

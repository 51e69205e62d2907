#include "models/cavmae/cavmae_detect.h"

#include <algorithm>
#include <cmath>

namespace chladni::models::cavmae {
namespace {

// Reads shapes, keeping the first failure.
class Shapes {
 public:
  explicit Shapes(const nn::NamedTensors& tensors) : tensors_(tensors) {}

  std::int64_t size(const std::string& name, std::int64_t dimensions, std::int64_t axis) {
    if (failure_) return 1;
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) {
      failure_ = fail(ErrorCode::incompatibleModel, "no tensor '" + name + "': these are not the weights of a CAV-MAE").error;
      return 1;
    }
    if (found->second.dim() != dimensions || found->second.numel() == 0) {
      failure_ = fail(ErrorCode::incompatibleModel,
                      "tensor '" + name + "' has the impossible shape " + nn::shapeText(found->second)).error;
      return 1;
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

Unexpected doesNotFit(const char* table, std::int64_t positions, const std::string& grid) {
  return fail(ErrorCode::incompatibleModel, "the " + std::to_string(positions) + " positions of '" + table + "' do not fill " + grid);
}

Result<void> settleGrids(CavmaeConfig& config, std::int64_t soundPositions, std::int64_t picturePositions) {
  const auto rows = config.melBands / std::max<std::int64_t>(config.patch, 1);
  if (rows < 1 || soundPositions % rows != 0)
    return doesNotFit("pos_embed_a", soundPositions,
                      "rows of " + std::to_string(config.melBands) + " mel bands; say how many with the setting mel_bands");
  config.frames = soundPositions / rows * config.patch;
  if (!config.picture) return {};
  const auto side = std::llround(std::sqrt(static_cast<double>(picturePositions)));
  if (side * side != picturePositions) return doesNotFit("pos_embed_v", picturePositions, "a square");
  config.imageSize = side * config.patch;
  return {};
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
    const auto name = withoutWrappers(original);
    if (!out.tensors.emplace(name, tensor).second)
      return fail(ErrorCode::incompatibleModel, "two tensors of the file both mean '" + name + "'");
    if (name != original) out.lines.push_back("renamed '" + original + "' to '" + name + "'");
  }
  return out;
}

Result<CavmaeConfig> detectConfig(const nn::NamedTensors& canonical, const DetectHints& hints) {
  Shapes shapes(canonical);
  CavmaeConfig config;
  config.task = canonical.contains("mlp_head.1.weight") ? Task::classify : Task::pretrain;
  config.picture = canonical.contains("pos_embed_v");
  config.trainedOn = config.picture ? TrainedOn::both : TrainedOn::sound;
  config.width = shapes.size("patch_embed_a.proj.weight", 4, 0);
  config.patch = shapes.size("patch_embed_a.proj.weight", 4, 3);
  config.melBands = hints.melBands;
  const auto soundPositions = shapes.size("pos_embed_a", 3, 1);
  const auto picturePositions = config.picture ? shapes.size("pos_embed_v", 3, 1) : 0;
  const auto hidden = shapes.size("blocks_u.0.mlp.fc1.weight", 2, 0);
  if (config.task == Task::classify) {
    config.classes = shapes.size("mlp_head.1.weight", 2, 0);
    config.positions = Positions::sincosTrained;
  } else {
    config.decoderWidth = shapes.size("decoder_embed.weight", 2, 0);
  }
  if (shapes.failure()) return fail(*shapes.failure());

  config.audioDepth = countBlocks(canonical, "blocks_a");
  config.imageDepth = config.picture ? countBlocks(canonical, "blocks_v") : 0;
  config.unifiedDepth = countBlocks(canonical, "blocks_u");
  config.decoderDepth = countBlocks(canonical, "decoder_blocks");
  config.mlpRatio = static_cast<double>(hidden) / static_cast<double>(config.width);
  config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
  config.decoderHeads = hints.decoderHeads.value_or(std::max<std::int64_t>(1, config.decoderWidth / 32));
  if (auto settled = settleGrids(config, soundPositions, picturePositions); !settled) return fail(std::move(settled).error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::cavmae

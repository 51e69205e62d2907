#include "models/cavmae/cavmae_detect.h"

#include <algorithm>
#include <cmath>

namespace chladni::models::cavmae {
namespace {

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

Result<nn::CanonicalWeights> canonicalise(const nn::NamedTensors& published) {
  return nn::renamedWeights(published, [](const std::string& name) { return nn::withoutWrappers(name); });
}

Result<CavmaeConfig> detectConfig(const nn::NamedTensors& canonical, const DetectHints& hints) {
  nn::ShapeReader shapes(canonical, "these are not the weights of a CAV-MAE");
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

  config.audioDepth = nn::countBlocks(canonical, "blocks_a");
  config.imageDepth = config.picture ? nn::countBlocks(canonical, "blocks_v") : 0;
  config.unifiedDepth = nn::countBlocks(canonical, "blocks_u");
  config.decoderDepth = nn::countBlocks(canonical, "decoder_blocks");
  config.mlpRatio = static_cast<double>(hidden) / static_cast<double>(config.width);
  config.heads = hints.heads.value_or(std::max<std::int64_t>(1, config.width / 64));
  config.decoderHeads = hints.decoderHeads.value_or(std::max<std::int64_t>(1, config.decoderWidth / 32));
  if (auto settled = settleGrids(config, soundPositions, picturePositions); !settled) return fail(std::move(settled).error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::cavmae

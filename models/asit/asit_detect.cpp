#include "models/asit/asit_detect.h"

#include <algorithm>
#include <charconv>

#include "core/nn/published_weights.h"

namespace chladni::models::asit {
namespace {

void readHeads(const nn::NamedTensors& canonical, nn::ShapeReader& shapes, AsitConfig& config) {
  if (canonical.contains("head_cls.mlp.0.weight"))
    config.projection = {shapes.size("head_cls.mlp.0.weight", 2, 0), shapes.size("head_cls.mlp.4.weight", 2, 0),
                         shapes.size("head_cls.cls_layer.weight_v", 2, 0), shapes.size("head_cls.data_layer.weight_v", 2, 0)};
  if (canonical.contains("head_recons.mlp.0.weight")) {
    config.reconstruction = {shapes.size("head_recons.mlp.0.weight", 2, 0), shapes.size("head_recons.mlp.4.weight", 2, 0), true};
    config.reconstruction.lastGelu = config.reconstruction.bottleneck != 256;
  }
  if (canonical.contains("head.weight")) config.classes = shapes.size("head.weight", 2, 0);
}

Result<void> readLastGelu(const Settings& settings, AsitConfig& config) {
  const auto found = settings.find("last_gelu");
  if (found == settings.end()) return {};
  if (found->second != "true" && found->second != "false")
    return fail(ErrorCode::invalidArgument, "setting last_gelu is neither true nor false");
  config.reconstruction.lastGelu = found->second == "true";
  return {};
}

}  // namespace

Result<std::int64_t> wholeSetting(const Settings& settings, const std::string& name, std::int64_t fallback) {
  const auto found = settings.find(name);
  if (found == settings.end()) return fallback;
  std::int64_t value = 0;
  const auto& text = found->second;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value < 1)
    return fail(ErrorCode::invalidArgument, "setting " + name + " is '" + text + "', expected a whole number above 0");
  return value;
}

Result<AsitConfig> detectConfig(const nn::NamedTensors& canonical, const Settings& settings) {
  nn::ShapeReader shapes(canonical, "these are not the weights of an ASiT");
  AsitConfig config;
  config.width = shapes.size("backbone.pos_embed", 3, 2);
  const auto patches = shapes.size("backbone.pos_embed", 3, 1) - 1;
  config.patch = shapes.size("backbone.patch_embed.proj.weight", 4, 2);
  config.mlpRatio = static_cast<double>(shapes.size("backbone.blocks.0.mlp.fc1.weight", 2, 0)) / static_cast<double>(config.width);
  config.depth = nn::countBlocks(canonical, "backbone.blocks");
  readHeads(canonical, shapes, config);
  if (shapes.failure()) return fail(*shapes.failure());

  const auto heads = wholeSetting(settings, "heads", std::max<std::int64_t>(1, config.width / 64));
  if (!heads) return fail(heads.error());
  const auto bins = wholeSetting(settings, "bins", config.bins);
  if (!bins) return fail(bins.error());
  if (auto read = readLastGelu(settings, config); !read) return fail(std::move(read).error());
  config.heads = *heads;
  config.bins = *bins;
  if (config.rows() < 1 || patches < 1 || patches % config.rows() != 0)
    return fail(ErrorCode::incompatibleModel, "the " + std::to_string(patches) + " patch positions of 'backbone.pos_embed' are no whole number of columns of " +
                                                  std::to_string(config.rows()) + "; say how many mel bands there are with the setting bins");
  config.frames = patches / config.rows() * config.patch;
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace chladni::models::asit

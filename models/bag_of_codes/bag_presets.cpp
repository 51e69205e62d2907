#include "models/bag_of_codes/bag_presets.h"

#include <utility>

namespace chladni::models::bag {
namespace {

BagPreset best() {
  BagPreset preset;
  preset.about = "256 centres, head of 512, codes of a tenth, 35 % of the counts left out; "
                 "reported mAP on FSD50K 0.38 per second, 0.44 per clip";
  return preset;
}

BagPreset unmasked() {
  BagPreset preset;
  preset.codeMasking = 0.0;
  preset.about = "the same without code masking; reported mAP 0.35 per second";
  return preset;
}

BagPreset withHead(std::int64_t units, double dropout, std::string about) {
  BagPreset preset = unmasked();
  preset.config.headHidden = units;
  preset.headDropout = dropout;
  preset.about = std::move(about);
  return preset;
}

BagPreset shortCodes() {
  BagPreset preset = unmasked();
  preset.config.codeDivisor = 20;
  preset.about = "codes of a twentieth (4, 40, 48, 4 values); reported as worse than a tenth throughout";
  return preset;
}

BagPreset withClusters(std::int64_t clusters) {
  BagPreset preset = unmasked();
  preset.config.clusters = clusters;
  preset.about = "codebooks of " + std::to_string(clusters) + " centres, no code masking";
  return preset;
}

std::vector<std::pair<std::string, BagPreset>> all() {
  return {{"bag-of-codes", best()},
          {"bag-of-codes-unmasked", unmasked()},
          {"bag-of-codes-small-head", withHead(256, 0.1, "head of 256 with dropout 0.1, no code masking")},
          {"bag-of-codes-large-head", withHead(4096, 0.4, "head of 4096, no code masking")},
          {"bag-of-codes-short-codes", shortCodes()},
          {"bag-of-codes-d16", withClusters(16)},
          {"bag-of-codes-d64", withClusters(64)},
          {"bag-of-codes-d1024", withClusters(1024)}};
}

}  // namespace

std::optional<BagPreset> bagPreset(std::string_view name) {
  for (auto& [known, preset] : all())
    if (known == name) return preset;
  return std::nullopt;
}

std::vector<std::string> bagPresetNames() {
  std::vector<std::string> names;
  for (const auto& preset : all()) names.push_back(preset.first);
  return names;
}

const std::vector<double>& studiedMaskings() {
  static const std::vector<double> maskings{0.10, 0.20, 0.25, 0.30, 0.35, 0.40, 0.50};
  return maskings;
}

}  // namespace chladni::models::bag

#include "models/bag_of_codes/bag_config.h"

#include <cmath>

namespace chladni::models::bag {
namespace {

Unexpected badField(const std::string& field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + field + "' " + why + "; correct model.json or import the weights again");
}

// The sizes that model.json states; those of the front end and the classes are stated elsewhere.
struct Field {
  const char* key;
  std::int64_t BagConfig::*member;
};
constexpr Field kFields[] = {{"patch_bins", &BagConfig::patchBins},     {"patch_frames", &BagConfig::patchFrames},
                             {"hidden", &BagConfig::hidden},            {"code_divisor", &BagConfig::codeDivisor},
                             {"clusters", &BagConfig::clusters},        {"head_hidden", &BagConfig::headHidden}};

}  // namespace

const char* nameOf(PatchKind kind) {
  switch (kind) {
    case PatchKind::whole: return "whole";
    case PatchKind::spectralEnvelope: return "env";
    case PatchKind::bandEnvelope: return "fenv";
    case PatchKind::patch: return "pat";
  }
  return "";
}

PatchShape BagConfig::shape(PatchKind kind) const {
  switch (kind) {
    case PatchKind::whole: return {patchBins, patchFrames, 1, 1};
    case PatchKind::spectralEnvelope: return {bins, patchFrames, 1, frames / patchFrames};
    case PatchKind::bandEnvelope: return {patchBins, frames, bins / patchBins, 1};
    case PatchKind::patch: return {patchBins, patchFrames, bins / patchBins, frames / patchFrames};
  }
  return {};
}

std::int64_t BagConfig::patches() const {
  std::int64_t sum = 0;
  for (const auto kind : kPatchKinds) sum += shape(kind).count();
  return sum;
}

PatchGrid BagConfig::grid(PatchKind kind, double columnSeconds) const {
  const auto cut = shape(kind);
  PatchGrid grid;
  grid.rows = static_cast<int>(cut.gridRows);
  grid.columns = static_cast<int>(cut.gridColumns);
  grid.patchBins = grid.strideBins = static_cast<int>(cut.rows);
  grid.patchColumns = grid.strideColumns = static_cast<int>(cut.columns);
  const bool shrunk = kind == PatchKind::whole;
  grid.columnSeconds = shrunk ? columnSeconds * static_cast<double>(frames) / static_cast<double>(patchFrames) : columnSeconds;
  return grid;
}

Result<void> check(const BagConfig& config) {
  struct Range {
    const char* field;
    std::int64_t value, high;
  };
  const Range ranges[] = {{"bins", config.bins, 4096},         {"frames", config.frames, 1 << 16},
                          {"patch_bins", config.patchBins, config.bins}, {"patch_frames", config.patchFrames, config.frames},
                          {"hidden", config.hidden, 65536},    {"code_divisor", config.codeDivisor, 1 << 20},
                          {"clusters", config.clusters, 65536}, {"head_hidden", config.headHidden, 65536},
                          {"classes", config.classes, 1 << 20}};
  for (const auto& range : ranges)
    if (range.value < 1 || range.value > range.high)
      return badField(range.field, "is " + std::to_string(range.value) + ", expected 1 to " + std::to_string(range.high));
  if (config.bins % config.patchBins != 0)
    return badField("patch_bins", "does not divide the " + std::to_string(config.bins) + " bins of the front end");
  if (config.frames % config.patchFrames != 0)
    return badField("patch_frames", "does not divide the " + std::to_string(config.frames) + " frames of the front end");
  for (const auto kind : kPatchKinds) {
    const auto values = config.shape(kind).values();
    if (values > (1 << 20)) return badField("patch_bins", "makes patches of more than a million values");
    if (values % config.codeDivisor != 0 || values < config.codeDivisor)
      return badField("code_divisor", "does not divide the " + std::to_string(values) + " values of a patch of kind '" +
                                          nameOf(kind) + "'");
  }
  if (!(std::isfinite(config.bicubic) && config.bicubic <= 0.0 && config.bicubic >= -1.0))
    return badField("bicubic", "is not between -1 and 0");
  return {};
}

Result<BagConfig> configFromSpec(const inference::ModelSpec& spec) {
  BagConfig config;
  config.bins = spec.frontend.melBins;
  config.frames = spec.frontend.targetFrames;
  config.classes = static_cast<std::int64_t>(spec.classes.size());
  for (const auto& [key, member] : kFields) {
    const auto number = spec.number(key);
    if (!spec.architecture.contains(key)) return badField(key, "is missing");
    if (!number || !std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
      return badField(key, "is not a whole number");
    config.*member = static_cast<std::int64_t>(*number);
  }
  if (spec.architecture.contains("bicubic")) {
    const auto number = spec.number("bicubic");
    if (!number) return badField("bicubic", "is not a number");
    config.bicubic = *number;
  }
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const BagConfig& config) {
  std::map<std::string, inference::Attribute> architecture;
  for (const auto& [key, member] : kFields) architecture[key] = static_cast<double>(config.*member);
  architecture["bicubic"] = config.bicubic;
  return architecture;
}

}  // namespace chladni::models::bag

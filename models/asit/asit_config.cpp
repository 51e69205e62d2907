#include "models/asit/asit_config.h"

#include <cmath>
#include <string_view>
#include <vector>

namespace chladni::models::asit {
namespace {

Unexpected badField(std::string_view field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + std::string(field) + "' " + why + "; correct model.json or import the weights again");
}

struct SizeField {
  const char* key;
  std::int64_t AsitConfig::*own = nullptr;
  std::int64_t ProjectionSizes::*projection = nullptr;
  std::int64_t ReconstructionSizes::*reconstruction = nullptr;
  std::int64_t low = 0, high = 0;
  bool required = false;

  template <class Config>
  auto& of(Config& config) const {
    if (own) return config.*own;
    if (projection) return config.projection.*projection;
    return config.reconstruction.*reconstruction;
  }
};

SizeField ownSize(const char* key, std::int64_t AsitConfig::*field, std::int64_t low, std::int64_t high, bool required) {
  return {key, field, nullptr, nullptr, low, high, required};
}
SizeField projectionSize(const char* key, std::int64_t ProjectionSizes::*field, std::int64_t low) {
  return {key, nullptr, field, nullptr, low, 1 << 17, false};
}
SizeField reconstructionSize(const char* key, std::int64_t ReconstructionSizes::*field, std::int64_t low) {
  return {key, nullptr, nullptr, field, low, 1 << 16, false};
}

const std::vector<SizeField>& sizeFields() {
  static const std::vector<SizeField> fields{
      ownSize("depth", &AsitConfig::depth, 1, 256, true),
      ownSize("width", &AsitConfig::width, 1, 16384, true),
      ownSize("heads", &AsitConfig::heads, 1, 256, true),
      ownSize("patch", &AsitConfig::patch, 1, 256, false),
      ownSize("bins", &AsitConfig::bins, 1, 4096, false),
      ownSize("frames", &AsitConfig::frames, 1, 1 << 17, false),
      ownSize("classes", &AsitConfig::classes, 0, 1 << 20, false),
      projectionSize("projection_hidden", &ProjectionSizes::hidden, 0),
      projectionSize("projection_bottleneck", &ProjectionSizes::bottleneck, 1),
      projectionSize("projection_class_outputs", &ProjectionSizes::classOutputs, 1),
      projectionSize("projection_data_outputs", &ProjectionSizes::dataOutputs, 1),
      reconstructionSize("reconstruction_hidden", &ReconstructionSizes::hidden, 0),
      reconstructionSize("reconstruction_bottleneck", &ReconstructionSizes::bottleneck, 1)};
  return fields;
}

Result<void> readSize(const inference::ModelSpec& spec, const SizeField& field, AsitConfig& config) {
  if (!spec.architecture.contains(field.key)) {
    if (field.required) return badField(field.key, "is missing");
    return {};
  }
  const auto number = spec.number(field.key);
  if (!number || !std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
    return badField(field.key, "is not a whole number");
  field.of(config) = static_cast<std::int64_t>(*number);
  return {};
}

Result<void> readReal(const inference::ModelSpec& spec, const char* key, double& value) {
  if (!spec.architecture.contains(key)) return {};
  const auto number = spec.number(key);
  if (!number || !std::isfinite(*number)) return badField(key, "is not a number");
  value = *number;
  return {};
}

Result<void> agree(const char* field, std::int64_t value, std::int64_t other, const std::string& who) {
  if (value == other) return {};
  return badField(field, "is " + std::to_string(value) + " but " + who + " " + std::to_string(other));
}

}  // namespace

PatchGrid AsitConfig::grid(double columnSeconds) const {
  PatchGrid grid;
  grid.rows = static_cast<int>(rows());
  grid.columns = static_cast<int>(columns());
  grid.leadingTokens = 1;
  grid.patchColumns = grid.patchBins = grid.strideColumns = grid.strideBins = static_cast<int>(patch);
  grid.columnSeconds = columnSeconds;
  return grid;
}

Result<void> check(const AsitConfig& config) {
  for (const auto& field : sizeFields()) {
    const auto value = field.of(config);
    if (value < field.low || value > field.high)
      return badField(field.key, "is " + std::to_string(value) + ", expected " + std::to_string(field.low) + " to " +
                                     std::to_string(field.high));
  }
  if (config.width % config.heads != 0)
    return badField("heads", "is " + std::to_string(config.heads) + ", which does not divide width " + std::to_string(config.width));
  for (const auto& [field, side] : {std::pair{"bins", config.bins}, {"frames", config.frames}})
    if (side < config.patch || side % config.patch != 0)
      return badField(field, "is " + std::to_string(side) + ", not a multiple of the patch, " + std::to_string(config.patch));
  const double hidden = static_cast<double>(config.width) * config.mlpRatio;
  if (!std::isfinite(hidden) || hidden < 1.0 || hidden > 65536.0 || hidden != std::floor(hidden))
    return badField("mlp_ratio", "times width is not a whole number of 1 to 65536");
  if (config.tokens() > (1 << 16)) return badField("frames", "gives more than 65536 tokens");
  if (!(config.epsilon > 0.0 && config.epsilon < 1.0)) return badField("epsilon", "is not between 0 and 1");
  return {};
}

Result<AsitConfig> configFromSpec(const inference::ModelSpec& spec) {
  AsitConfig config;
  config.bins = spec.frontend.melBins;
  config.frames = spec.frontend.targetFrames;
  config.classes = static_cast<std::int64_t>(spec.classes.size());
  for (const auto& field : sizeFields())
    if (auto read = readSize(spec, field, config); !read) return fail(std::move(read).error());
  if (auto read = readReal(spec, "mlp_ratio", config.mlpRatio); !read) return fail(std::move(read).error());
  if (auto read = readReal(spec, "epsilon", config.epsilon); !read) return fail(std::move(read).error());
  if (spec.architecture.contains("reconstruction_last_gelu")) {
    const auto flag = spec.flag("reconstruction_last_gelu");
    if (!flag) return badField("reconstruction_last_gelu", "is neither true nor false");
    config.reconstruction.lastGelu = *flag;
  }
  if (auto same = agree("bins", config.bins, spec.frontend.melBins, "the front end makes"); !same)
    return fail(std::move(same).error());
  if (auto same = agree("frames", config.frames, spec.frontend.targetFrames, "the front end makes"); !same)
    return fail(std::move(same).error());
  if (auto same = agree("classes", config.classes, static_cast<std::int64_t>(spec.classes.size()), "the class names are");
      !same)
    return fail(std::move(same).error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const AsitConfig& config) {
  std::map<std::string, inference::Attribute> architecture{
      {"mlp_ratio", config.mlpRatio},
      {"epsilon", config.epsilon},
      {"reconstruction_last_gelu", config.reconstruction.lastGelu}};
  for (const auto& field : sizeFields()) architecture[field.key] = static_cast<double>(field.of(config));
  return architecture;
}

}  // namespace chladni::models::asit

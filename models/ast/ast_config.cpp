#include "models/ast/ast_config.h"

#include <cmath>
#include <string_view>

namespace chladni::models::ast {
namespace {

Unexpected badField(std::string_view field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + std::string(field) + "' " + why + "; correct model.json or import the weights again");
}

Result<void> checkRange(std::string_view field, std::int64_t value, std::int64_t low, std::int64_t high) {
  if (value >= low && value <= high) return {};
  return badField(field, "is " + std::to_string(value) + ", expected " + std::to_string(low) + " to " + std::to_string(high));
}

Result<void> checkEpsilon(std::string_view field, double value) {
  if (std::isfinite(value) && value > 0.0 && value < 1.0) return {};
  return badField(field, "is not between 0 and 1");
}

// Whole numbers are stored as JSON numbers; anything else is refused.
Result<void> readWhole(const inference::ModelSpec& spec, const char* key, std::int64_t& value, bool required) {
  if (!spec.architecture.contains(key)) {
    if (required) return badField(key, "is missing");
    return {};
  }
  const auto number = spec.number(key);
  if (!number || !std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
    return badField(key, "is not a whole number");
  value = static_cast<std::int64_t>(*number);
  return {};
}

Result<void> readReal(const inference::ModelSpec& spec, const char* key, double& value) {
  if (!spec.architecture.contains(key)) return {};
  const auto number = spec.number(key);
  if (!number || !std::isfinite(*number)) return badField(key, "is not a number");
  value = *number;
  return {};
}

Result<void> readSizes(const inference::ModelSpec& spec, AstConfig& config) {
  struct Field {
    const char* key;
    std::int64_t* value;
    bool required;
  };
  const Field fields[] = {{"depth", &config.depth, true},
                          {"width", &config.width, true},
                          {"heads", &config.heads, true},
                          {"patch", &config.patch, false},
                          {"stride_frequency", &config.strideFrequency, true},
                          {"stride_time", &config.strideTime, true},
                          {"bins", &config.bins, false},
                          {"frames", &config.frames, false},
                          {"classes", &config.classes, false},
                          {"stem_channels", &config.stemChannels, false}};
  for (const auto& field : fields)
    if (auto read = readWhole(spec, field.key, *field.value, field.required); !read) return read;
  return {};
}

Result<void> readOptions(const inference::ModelSpec& spec, AstConfig& config) {
  if (auto read = readReal(spec, "mlp_ratio", config.mlpRatio); !read) return read;
  if (auto read = readReal(spec, "backbone_epsilon", config.backboneEpsilon); !read) return read;
  if (auto read = readReal(spec, "head_epsilon", config.headEpsilon); !read) return read;
  if (spec.architecture.contains("distillation_token")) {
    const auto flag = spec.flag("distillation_token");
    if (!flag) return badField("distillation_token", "is neither true nor false");
    config.distillationToken = *flag;
  }
  if (spec.architecture.contains("head")) {
    const auto text = spec.text("head");
    if (text == "norm-linear") config.head = Head::normLinear;
    else if (text == "linear") config.head = Head::linear;
    else return badField("head", "is neither \"norm-linear\" nor \"linear\"");
  }
  return {};
}

// Its steps halve the input until a patch is one place.
Result<void> checkStem(const AstConfig& config) {
  if (config.stemChannels == 0) return {};
  if (config.stemChannels * config.patch > 1 << 14) return badField("stem_channels", "times patch is more than 16384");
  const bool power = config.patch >= 4 && (config.patch & (config.patch - 1)) == 0;
  if (power && config.strideFrequency == config.patch && config.strideTime == config.patch) return {};
  return badField("stem_channels", "needs patches of 4, 8, 16, … that touch without overlap");
}

}  // namespace

PatchGrid AstConfig::grid(double columnSeconds) const {
  PatchGrid grid;
  grid.rows = static_cast<int>(rows());
  grid.columns = static_cast<int>(columns());
  grid.leadingTokens = static_cast<int>(leadingTokens());
  grid.patchColumns = grid.patchBins = static_cast<int>(patch);
  grid.strideColumns = static_cast<int>(strideTime);
  grid.strideBins = static_cast<int>(strideFrequency);
  grid.columnSeconds = columnSeconds;
  return grid;
}

std::int64_t AstConfig::parameters() const {
  const auto block = 4 * width + 3 * width * width + 3 * width + width * width + width + 2 * width * hidden() + hidden() + width;
  const auto headNorm = head == Head::normLinear ? 2 * width : 0;
  return depth * block + (leadingTokens() + tokens()) * width + width * (patch * patch + 1) + stemParameters() + 2 * width + headNorm +
         classes * (width + 1);
}

std::int64_t AstConfig::stemParameters() const {
  if (stemChannels == 0) return 0;
  std::int64_t sum = 0, in = 1, out = stemChannels;
  for (std::int64_t side = 2; side < patch; side *= 2, in = out, out *= 2)
    sum += out * (9 * in + 2) + (in > 1 ? out * (9 * out + 2) : 0);
  return sum + width * (4 * in + 1);
}

Result<void> check(const AstConfig& config) {
  struct Range {
    const char* field;
    std::int64_t value, low, high;
  };
  const Range ranges[] = {{"depth", config.depth, 1, 256},
                          {"width", config.width, 1, 16384},
                          {"heads", config.heads, 1, 256},
                          {"patch", config.patch, 1, 256},
                          {"stride_frequency", config.strideFrequency, 1, 256},
                          {"stride_time", config.strideTime, 1, 256},
                          {"bins", config.bins, config.patch, 4096},
                          {"frames", config.frames, config.patch, 1 << 17},
                          {"classes", config.classes, 1, 1 << 20},
                          {"stem_channels", config.stemChannels, 0, 512}};
  for (const auto& range : ranges)
    if (auto checked = checkRange(range.field, range.value, range.low, range.high); !checked) return checked;
  if (config.width % config.heads != 0)
    return badField("heads", "is " + std::to_string(config.heads) + ", which does not divide width " + std::to_string(config.width));
  const double hidden = static_cast<double>(config.width) * config.mlpRatio;
  if (!std::isfinite(hidden) || hidden < 1.0 || hidden > 65536.0 || hidden != std::floor(hidden))
    return badField("mlp_ratio", "times width is not a whole number of 1 to 65536");
  if (auto checked = checkStem(config); !checked) return checked;
  if (config.tokens() > (1 << 16)) return badField("stride_time", "gives more than 65536 tokens");
  if (auto checked = checkEpsilon("backbone_epsilon", config.backboneEpsilon); !checked) return checked;
  return checkEpsilon("head_epsilon", config.headEpsilon);
}

Result<AstConfig> configFromSpec(const inference::ModelSpec& spec) {
  AstConfig config;
  config.bins = spec.frontend.melBins;
  config.frames = spec.frontend.targetFrames;
  config.classes = static_cast<std::int64_t>(spec.classes.size());
  if (auto read = readSizes(spec, config); !read) return fail(std::move(read).error());
  if (auto read = readOptions(spec, config); !read) return fail(std::move(read).error());
  if (config.bins != spec.frontend.melBins)
    return badField("bins", "is " + std::to_string(config.bins) + " but the front end makes " + std::to_string(spec.frontend.melBins));
  if (config.frames != spec.frontend.targetFrames)
    return badField("frames", "is " + std::to_string(config.frames) + " but the front end makes " +
                                  std::to_string(spec.frontend.targetFrames));
  if (config.classes != static_cast<std::int64_t>(spec.classes.size()))
    return badField("classes", "is " + std::to_string(config.classes) + " but " + std::to_string(spec.classes.size()) +
                                   " class names are listed");
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const AstConfig& config) {
  const auto whole = [](std::int64_t value) { return inference::Attribute{static_cast<double>(value)}; };
  std::map<std::string, inference::Attribute> keys{
          {"depth", whole(config.depth)},
          {"width", whole(config.width)},
          {"heads", whole(config.heads)},
          {"mlp_ratio", config.mlpRatio},
          {"patch", whole(config.patch)},
          {"stride_frequency", whole(config.strideFrequency)},
          {"stride_time", whole(config.strideTime)},
          {"bins", whole(config.bins)},
          {"frames", whole(config.frames)},
          {"distillation_token", config.distillationToken},
          {"backbone_epsilon", config.backboneEpsilon},
          {"head_epsilon", config.headEpsilon},
          {"classes", whole(config.classes)},
          {"head", std::string(config.head == Head::normLinear ? "norm-linear" : "linear")}};
  if (config.stemChannels > 0) keys["stem_channels"] = whole(config.stemChannels);
  return keys;
}

}  // namespace chladni::models::ast

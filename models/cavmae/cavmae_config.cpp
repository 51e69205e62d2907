#include "models/cavmae/cavmae_config.h"

#include <array>
#include <cmath>
#include <utility>

namespace chladni::models::cavmae {
namespace {

Unexpected badField(std::string_view field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + std::string(field) + "' " + why + "; correct model.json or import the weights again");
}

template <class Value>
using Choices = std::vector<std::pair<Value, std::string_view>>;

const Choices<Positions>& positionNames() {
  static const Choices<Positions> names{{Positions::sincosFixed, "sincos_fixed"},
                                        {Positions::sincosTrained, "sincos_trained"},
                                        {Positions::sincos1d, "sincos_1d"}};
  return names;
}
const Choices<SingleModality>& readingNames() {
  static const Choices<SingleModality> names{{SingleModality::lastBlockOnly, "last_block_only"},
                                             {SingleModality::chained, "chained"}};
  return names;
}
const Choices<TrainedOn>& trainedOnNames() {
  static const Choices<TrainedOn> names{{TrainedOn::both, "both"}, {TrainedOn::sound, "sound"}, {TrainedOn::picture, "picture"}};
  return names;
}

// One table of fields serves reading, writing and checking.
struct WholeField {
  const char* key;
  std::int64_t CavmaeConfig::*value;
  std::int64_t low, high;
  bool required;
};
constexpr std::array<WholeField, 13> kWholeFields{{{"audio_depth", &CavmaeConfig::audioDepth, 0, 256, true},
                                                   {"image_depth", &CavmaeConfig::imageDepth, 0, 256, true},
                                                   {"unified_depth", &CavmaeConfig::unifiedDepth, 1, 256, true},
                                                   {"decoder_depth", &CavmaeConfig::decoderDepth, 0, 256, false},
                                                   {"width", &CavmaeConfig::width, 4, 16384, true},
                                                   {"heads", &CavmaeConfig::heads, 1, 256, true},
                                                   {"decoder_width", &CavmaeConfig::decoderWidth, 4, 16384, false},
                                                   {"decoder_heads", &CavmaeConfig::decoderHeads, 1, 256, false},
                                                   {"patch", &CavmaeConfig::patch, 1, 256, false},
                                                   {"mel_bands", &CavmaeConfig::melBands, 1, 4096, false},
                                                   {"frames", &CavmaeConfig::frames, 1, 1 << 17, false},
                                                   {"image_size", &CavmaeConfig::imageSize, 1, 4096, false},
                                                   {"classes", &CavmaeConfig::classes, 0, 1 << 20, false}}};
struct RealField {
  const char* key;
  double CavmaeConfig::*value;
};
constexpr std::array<RealField, 4> kRealFields{{{"mlp_ratio", &CavmaeConfig::mlpRatio},
                                                {"norm_epsilon", &CavmaeConfig::normEpsilon},
                                                {"contrastive_weight", &CavmaeConfig::contrastiveWeight},
                                                {"reconstruction_weight", &CavmaeConfig::reconstructionWeight}}};
struct FlagField {
  const char* key;
  bool CavmaeConfig::*value;
};
constexpr std::array<FlagField, 3> kFlagFields{{{"pixel_norm", &CavmaeConfig::pixelNorm},
                                                {"contrast_both_ways", &CavmaeConfig::contrastBothWays},
                                                {"picture", &CavmaeConfig::picture}}};

// Whole numbers are stored as JSON numbers; anything else is refused.
Result<void> readWhole(const inference::ModelSpec& spec, const WholeField& field, CavmaeConfig& config) {
  if (!spec.architecture.contains(field.key)) {
    if (field.required) return badField(field.key, "is missing");
    return {};
  }
  const auto number = spec.number(field.key);
  if (!number || !std::isfinite(*number) || *number != std::floor(*number) || std::abs(*number) > 1e9)
    return badField(field.key, "is not a whole number");
  config.*field.value = static_cast<std::int64_t>(*number);
  return {};
}

Result<void> readNumbers(const inference::ModelSpec& spec, CavmaeConfig& config) {
  for (const auto& field : kWholeFields)
    if (auto read = readWhole(spec, field, config); !read) return read;
  for (const auto& field : kRealFields) {
    if (!spec.architecture.contains(field.key)) continue;
    const auto number = spec.number(field.key);
    if (!number || !std::isfinite(*number)) return badField(field.key, "is not a number");
    config.*field.value = *number;
  }
  for (const auto& field : kFlagFields) {
    if (!spec.architecture.contains(field.key)) continue;
    const auto flag = spec.flag(field.key);
    if (!flag) return badField(field.key, "is neither true nor false");
    config.*field.value = *flag;
  }
  return {};
}

template <class Value>
Result<void> readChoice(const inference::ModelSpec& spec, const char* key, const Choices<Value>& choices, Value& value) {
  if (!spec.architecture.contains(key)) return {};
  const auto text = spec.text(key);
  std::string known;
  for (const auto& [choice, name] : choices) {
    if (text == std::string(name)) {
      value = choice;
      return {};
    }
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  return badField(key, "is none of " + known);
}

template <class Value>
std::string nameOf(const Choices<Value>& choices, Value value) {
  for (const auto& [choice, name] : choices)
    if (choice == value) return std::string(name);
  return {};
}

Result<void> checkDivides(const char* field, std::int64_t value, const char* ofField, std::int64_t whole) {
  if (whole % value == 0) return {};
  return badField(field, "is " + std::to_string(value) + ", which does not divide " + ofField + " " + std::to_string(whole));
}

Result<void> checkReal(const char* field, double value, double low, double high) {
  if (std::isfinite(value) && value >= low && value <= high) return {};
  return badField(field, "is out of range");
}

Result<void> checkHidden(const CavmaeConfig& config, std::int64_t width) {
  const double hidden = static_cast<double>(width) * config.mlpRatio;
  if (std::isfinite(hidden) && hidden >= 1.0 && hidden <= 65536.0 && hidden == std::floor(hidden)) return {};
  return badField("mlp_ratio", "times a width is not a whole number of 1 to 65536");
}

Result<void> checkDecoder(const CavmaeConfig& config) {
  if (config.task != Task::pretrain) return {};
  if (config.decoderWidth % 4 != 0) return badField("decoder_width", "is not divisible by 4");
  if (auto checked = checkDivides("decoder_heads", config.decoderHeads, "decoder_width", config.decoderWidth); !checked)
    return checked;
  if (!config.picture) return badField("picture", "is false, but pretraining needs sound and pictures");
  return checkHidden(config, config.decoderWidth);
}

Result<void> checkTask(const CavmaeConfig& config) {
  if (config.task == Task::classify && config.classes < 1) return badField("classes", "is 0; a classifier needs class names");
  if (!config.picture && config.trainedOn != TrainedOn::sound)
    return badField("trained_on", "must be \"sound\" for a model without parameters for pictures");
  return {};
}

Unexpected disagrees(const char* field, std::int64_t value, std::int64_t made) {
  return badField(field, "is " + std::to_string(value) + " but the front end makes " + std::to_string(made));
}

Result<void> checkFrontend(const inference::ModelSpec& spec, const CavmaeConfig& config) {
  const auto& frontend = spec.frontend;
  if (!frontend.sound) return badField("mel_bands", "is set but the front end has no sound");
  if (config.picture && !frontend.picture) return badField("picture", "is true but the front end has no picture");
  if (config.melBands != frontend.melBins) return disagrees("mel_bands", config.melBands, frontend.melBins);
  if (config.frames != frontend.targetFrames) return disagrees("frames", config.frames, frontend.targetFrames);
  if (config.picture && config.imageSize != frontend.picture->size)
    return disagrees("image_size", config.imageSize, frontend.picture->size);
  if (config.classes != static_cast<std::int64_t>(spec.classes.size()))
    return badField("classes", "is " + std::to_string(config.classes) + " but " + std::to_string(spec.classes.size()) +
                                   " class names are listed");
  return {};
}

}  // namespace

PatchGrid CavmaeConfig::soundGrid(double columnSeconds) const {
  PatchGrid grid;
  grid.rows = static_cast<int>(soundRows());
  grid.columns = static_cast<int>(soundColumns());
  grid.patchColumns = grid.patchBins = grid.strideColumns = grid.strideBins = static_cast<int>(patch);
  grid.columnSeconds = columnSeconds;
  return grid;
}

PatchGrid CavmaeConfig::pictureGrid() const {
  if (!picture) return {};
  PatchGrid grid;
  grid.rows = grid.columns = static_cast<int>(pictureRows());
  grid.patchColumns = grid.patchBins = grid.strideColumns = grid.strideBins = static_cast<int>(patch);
  grid.columnSeconds = 0.0;
  return grid;
}

Result<void> check(const CavmaeConfig& config) {
  for (const auto& field : kWholeFields) {
    const auto value = config.*field.value;
    if (value < field.low || value > field.high)
      return badField(field.key, "is " + std::to_string(value) + ", expected " + std::to_string(field.low) + " to " +
                                     std::to_string(field.high));
  }
  if (config.width % 4 != 0) return badField("width", "is not divisible by 4, as the positions need");
  if (auto checked = checkDivides("heads", config.heads, "width", config.width); !checked) return checked;
  if (auto checked = checkDivides("patch", config.patch, "mel_bands", config.melBands); !checked) return checked;
  if (auto checked = checkDivides("patch", config.patch, "frames", config.frames); !checked) return checked;
  if (auto checked = checkDivides("patch", config.patch, "image_size", config.imageSize); !checked) return checked;
  if (config.soundPatches() + config.picturePatches() > (1 << 16)) return badField("patch", "gives more than 65536 patches");
  if (auto checked = checkHidden(config, config.width); !checked) return checked;
  if (auto checked = checkReal("norm_epsilon", config.normEpsilon, 1e-20, 0.999); !checked) return checked;
  if (auto checked = checkReal("contrastive_weight", config.contrastiveWeight, 0.0, 1e6); !checked) return checked;
  if (auto checked = checkReal("reconstruction_weight", config.reconstructionWeight, 0.0, 1e6); !checked) return checked;
  if (auto checked = checkDecoder(config); !checked) return checked;
  return checkTask(config);
}

Result<CavmaeConfig> configFromSpec(const inference::ModelSpec& spec) {
  CavmaeConfig config;
  config.task = spec.family == kClassifyFamily ? Task::classify : Task::pretrain;
  config.melBands = spec.frontend.melBins;
  config.frames = spec.frontend.targetFrames;
  config.classes = static_cast<std::int64_t>(spec.classes.size());
  if (spec.frontend.picture) config.imageSize = spec.frontend.picture->size;
  if (auto read = readNumbers(spec, config); !read) return fail(std::move(read).error());
  if (auto read = readChoice(spec, "positions", positionNames(), config.positions); !read) return fail(std::move(read).error());
  if (auto read = readChoice(spec, "unified_single_modality", readingNames(), config.unifiedSingleModality); !read)
    return fail(std::move(read).error());
  if (auto read = readChoice(spec, "trained_on", trainedOnNames(), config.trainedOn); !read) return fail(std::move(read).error());
  if (auto checked = checkFrontend(spec, config); !checked) return fail(std::move(checked).error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const CavmaeConfig& config) {
  std::map<std::string, inference::Attribute> fields;
  for (const auto& field : kWholeFields) fields[field.key] = static_cast<double>(config.*field.value);
  for (const auto& field : kRealFields) fields[field.key] = config.*field.value;
  for (const auto& field : kFlagFields) fields[field.key] = config.*field.value;
  fields["positions"] = nameOf(positionNames(), config.positions);
  fields["unified_single_modality"] = nameOf(readingNames(), config.unifiedSingleModality);
  fields["trained_on"] = nameOf(trainedOnNames(), config.trainedOn);
  return fields;
}

std::optional<CavmaeConfig> preset(std::string_view name, Task task) {
  CavmaeConfig config;
  config.task = task;
  if (task == Task::classify) config.positions = Positions::sincosTrained;
  if (name == "cav-mae") {
    config.classes = task == Task::classify ? 527 : 0;
    return config;
  }
  config.classes = task == Task::classify ? 57 : 0;
  if (name == "dualmae-as-run") return config;
  if (name != "dualmae-as-written") return std::nullopt;
  config.audioDepth = config.imageDepth = config.unifiedDepth = 12;
  config.contrastiveWeight = 0.0;
  config.unifiedSingleModality = SingleModality::chained;
  config.positions = Positions::sincos1d;
  return config;
}

std::vector<std::string> presetNames() { return {"cav-mae", "dualmae-as-run", "dualmae-as-written"}; }

}  // namespace chladni::models::cavmae

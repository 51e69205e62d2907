#include "models/lyrics_mae/lyrics_config.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>

namespace chladni::models::lyrics_mae {
namespace {

Unexpected badField(std::string_view field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel,
              "architecture field '" + std::string(field) + "' " + why + "; correct model.json or import the weights again");
}

// Reads fields one by one and keeps the first failure, so that a list of fields reads as a list.
class Fields {
 public:
  explicit Fields(const inference::ModelSpec& spec) : spec_(spec) {}

  void whole(const char* key, std::int64_t& value, bool required = false) {
    double number = 0.0;
    if (!real(key, number)) {
      if (required && !failure_ && !spec_.architecture.contains(key)) refuse(key, "is missing");
      return;
    }
    if (number != std::floor(number) || std::abs(number) > 1e9) return refuse(key, "is not a whole number");
    value = static_cast<std::int64_t>(number);
  }
  // Whether it was there and fine.
  bool real(const char* key, double& value) {
    if (failure_ || !spec_.architecture.contains(key)) return false;
    const auto number = spec_.number(key);
    if (!number || !std::isfinite(*number)) {
      refuse(key, "is not a number");
      return false;
    }
    value = *number;
    return true;
  }
  void flag(const char* key, bool& value) {
    if (failure_ || !spec_.architecture.contains(key)) return;
    const auto found = spec_.flag(key);
    if (!found) return refuse(key, "is neither true nor false");
    value = *found;
  }
  template <class Choice>
  void choice(const char* key, Choice& value, const char* first, const char* second) {
    if (failure_ || !spec_.architecture.contains(key)) return;
    const auto text = spec_.text(key);
    if (text == first) value = static_cast<Choice>(0);
    else if (text == second) value = static_cast<Choice>(1);
    else refuse(key, "is neither \"" + std::string(first) + "\" nor \"" + second + "\"");
  }
  [[nodiscard]] Result<void> result() const {
    if (failure_) return fail(*failure_);
    return {};
  }

 private:
  void refuse(const char* key, const std::string& why) {
    if (!failure_) failure_ = badField(key, why).error;
  }
  const inference::ModelSpec& spec_;
  std::optional<Error> failure_;
};

Result<void> readFields(const inference::ModelSpec& spec, LyricsConfig& config) {
  Fields fields(spec);
  fields.whole("width", config.width, true);
  fields.whole("heads", config.heads, true);
  fields.real("mlp_ratio", config.mlpRatio);
  fields.whole("audio_depth", config.audioDepth, true);
  fields.whole("text_depth", config.textDepth, true);
  fields.whole("joint_depth", config.jointDepth, true);
  if (config.decoder) {
    fields.whole("decoder_width", config.decoderWidth, true);
    fields.whole("decoder_heads", config.decoderHeads, true);
    fields.whole("decoder_depth", config.decoderDepth, true);
  }
  fields.whole("patch", config.patch);
  fields.whole("vocabulary_size", config.vocabularySize, true);
  fields.real("epsilon", config.epsilon);
  fields.choice("text_layout", config.textLayout, "pre-norm", "bert");
  fields.flag("special_tokens", config.specialTokens);
  fields.flag("clean_lyrics", config.cleanLyrics);
  fields.whole("word_limit", config.wordLimit);
  auto& objective = config.objective;
  fields.choice("audio_loss", objective.audioLoss, "frobenius", "mean");
  fields.real("text_weight", objective.textWeight);
  fields.real("reconstruction_weight", objective.reconstructionWeight);
  fields.real("contrastive_weight", objective.contrastiveWeight);
  fields.choice("contrastive_direction", objective.direction, "rows", "columns");
  fields.real("temperature", objective.temperature);
  fields.flag("standardised_targets", objective.standardisedTargets);
  fields.flag("ignore_padding", objective.ignorePadding);
  fields.real("mask_ratio", objective.maskRatio);
  return fields.result();
}

struct Range {
  const char* field;
  std::int64_t value, low, high;
};

Result<void> checkRanges(const LyricsConfig& config) {
  const Range ranges[] = {{"width", config.width, 4, 16384},
                          {"heads", config.heads, 1, 256},
                          {"audio_depth", config.audioDepth, 1, 256},
                          {"text_depth", config.textDepth, 1, 256},
                          {"joint_depth", config.jointDepth, 1, 256},
                          {"decoder_width", config.decoderWidth, 4, 16384},
                          {"decoder_heads", config.decoderHeads, 1, 256},
                          {"decoder_depth", config.decoderDepth, 1, 256},
                          {"patch", config.patch, 1, 256},
                          {"vocabulary_size", config.vocabularySize, 1, 4'000'000},
                          {"word_limit", config.wordLimit, 1, 100'000},
                          {"mel bins of the front end", config.bins, config.patch, 4096},
                          {"frames of the front end", config.frames, config.patch, 1 << 17},
                          {"tokens of the lyrics", config.tokens, 1, 1 << 14},
                          {"classes", config.classes, 0, 1 << 20}};
  for (const auto& range : ranges)
    if (range.value < range.low || range.value > range.high)
      return badField(range.field, "is " + std::to_string(range.value) + ", expected " + std::to_string(range.low) + " to " +
                                       std::to_string(range.high));
  return {};
}

// A width that its heads share out and whose quarters hold sines and cosines.
Result<void> checkWidth(const char* field, std::int64_t width, std::int64_t heads) {
  if (width % heads != 0) return badField(field, "is not a multiple of its heads, " + std::to_string(heads));
  if (width % 4 != 0) return badField(field, "is not a multiple of 4");
  return {};
}

Result<void> checkObjective(const LyricsObjective& objective) {
  if (!(objective.maskRatio >= 0.0 && objective.maskRatio < 1.0)) return badField("mask_ratio", "is not between 0 and 1");
  if (!(objective.temperature > 0.0)) return badField("temperature", "is not above 0");
  if (!(objective.textWeight >= 0.0)) return badField("text_weight", "is below 0");
  if (!(objective.reconstructionWeight >= 0.0)) return badField("reconstruction_weight", "is below 0");
  if (!(objective.contrastiveWeight >= 0.0)) return badField("contrastive_weight", "is below 0");
  return {};
}

}  // namespace

std::int64_t LyricsConfig::textRows() const {
  auto rows = static_cast<std::int64_t>(std::sqrt(static_cast<double>(tokens)) + 1e-9);
  while (rows > 1 && tokens % rows != 0) --rows;
  return std::max<std::int64_t>(rows, 1);
}

std::int64_t LyricsConfig::hidden(std::int64_t ofWidth) const {
  return static_cast<std::int64_t>(static_cast<double>(ofWidth) * mlpRatio);
}

PatchGrid LyricsConfig::grid(double columnSeconds) const {
  PatchGrid grid;
  grid.rows = static_cast<int>(rows());
  grid.columns = static_cast<int>(columns());
  grid.patchColumns = grid.patchBins = grid.strideColumns = grid.strideBins = static_cast<int>(patch);
  grid.columnSeconds = columnSeconds;
  return grid;
}

Result<void> check(const LyricsConfig& config) {
  if (auto checked = checkRanges(config); !checked) return checked;
  if (auto checked = checkWidth("width", config.width, config.heads); !checked) return checked;
  if (auto checked = checkWidth("decoder_width", config.decoderWidth, config.decoderHeads); !checked) return checked;
  if (config.bins % config.patch != 0 || config.frames % config.patch != 0)
    return badField("patch", "does not divide the " + std::to_string(config.bins) + " mel bins and " +
                                 std::to_string(config.frames) + " frames of the front end");
  if (config.patches() > 1 << 16) return badField("patch", "gives more than 65536 patches");
  const auto hidden = config.mlpRatio * static_cast<double>(config.width);
  if (!(hidden >= 1.0 && hidden <= 65536.0) || hidden != std::floor(hidden))
    return badField("mlp_ratio", "times width is not a whole number of 1 to 65536");
  if (!(config.epsilon > 0.0 && config.epsilon < 1.0)) return badField("epsilon", "is not between 0 and 1");
  return checkObjective(config.objective);
}

Result<LyricsConfig> configFromSpec(const inference::ModelSpec& spec) {
  LyricsConfig config;
  config.decoder = spec.family == "lyrics-mae";
  config.classes = config.decoder ? 0 : static_cast<std::int64_t>(spec.classes.size());
  if (!config.decoder && config.classes == 0)
    return fail(ErrorCode::incompatibleModel, "a lyrics-classify model without classes; list them in model.json");
  if (!spec.frontend.lyrics || !spec.frontend.sound)
    return fail(ErrorCode::incompatibleModel,
                "the model needs sound and frontend.lyrics; correct model.json or import the weights again");
  config.bins = spec.frontend.melBins;
  config.frames = spec.frontend.targetFrames;
  config.tokens = spec.frontend.lyrics->tokens;
  if (auto read = readFields(spec, config); !read) return fail(std::move(read).error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

std::map<std::string, inference::Attribute> toArchitecture(const LyricsConfig& config) {
  const auto whole = [](std::int64_t value) { return inference::Attribute{static_cast<double>(value)}; };
  const auto& objective = config.objective;
  std::map<std::string, inference::Attribute> all{
      {"width", whole(config.width)},
      {"heads", whole(config.heads)},
      {"mlp_ratio", config.mlpRatio},
      {"audio_depth", whole(config.audioDepth)},
      {"text_depth", whole(config.textDepth)},
      {"joint_depth", whole(config.jointDepth)},
      {"patch", whole(config.patch)},
      {"vocabulary_size", whole(config.vocabularySize)},
      {"epsilon", config.epsilon},
      {"text_layout", std::string(config.textLayout == TextLayout::bert ? "bert" : "pre-norm")},
      {"special_tokens", config.specialTokens},
      {"clean_lyrics", config.cleanLyrics},
      {"word_limit", whole(config.wordLimit)}};
  if (!config.decoder) return all;
  all.insert({{"decoder_width", whole(config.decoderWidth)},
              {"decoder_heads", whole(config.decoderHeads)},
              {"decoder_depth", whole(config.decoderDepth)},
              {"audio_loss", std::string(objective.audioLoss == AudioLoss::mean ? "mean" : "frobenius")},
              {"text_weight", objective.textWeight},
              {"reconstruction_weight", objective.reconstructionWeight},
              {"contrastive_weight", objective.contrastiveWeight},
              {"contrastive_direction", std::string(objective.direction == ContrastiveDirection::rows ? "rows" : "columns")},
              {"temperature", objective.temperature},
              {"standardised_targets", objective.standardisedTargets},
              {"ignore_padding", objective.ignorePadding},
              {"mask_ratio", objective.maskRatio}});
  return all;
}

}  // namespace chladni::models::lyrics_mae

#include "models/cavmae/cavmae_settings.h"

#include <charconv>
#include <cmath>

namespace chladni::models::cavmae {
namespace {

using Word = std::pair<const std::string, std::string>;

template <class Number>
std::optional<Number> numberIn(const std::string& text) {
  Number value{};
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::int64_t> count(const std::string& text) {
  const auto value = numberIn<std::int64_t>(text);
  return value && *value >= 1 && *value <= 100'000 ? value : std::nullopt;
}

std::optional<float> real(const std::string& text) {
  const auto value = numberIn<float>(text);
  return value && std::isfinite(*value) ? value : std::nullopt;
}

std::optional<float> positive(const std::string& text) {
  const auto value = real(text);
  return value && *value > 0.0F ? value : std::nullopt;
}

std::optional<bool> truth(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<TrainedOn> trainedOn(const std::string& text) {
  if (text == "both") return TrainedOn::both;
  if (text == "sound") return TrainedOn::sound;
  if (text == "picture") return TrainedOn::picture;
  return std::nullopt;
}

std::optional<SingleModality> reading(const std::string& text) {
  if (text == "last_block_only") return SingleModality::lastBlockOnly;
  if (text == "chained") return SingleModality::chained;
  return std::nullopt;
}

std::optional<std::string> variant(const std::string& text) {
  return preset(text, Task::pretrain) ? std::optional(text) : std::nullopt;
}

template <class Target, class Parse>
Result<void> set(Target& target, const Word& word, Parse parse, const char* expected) {
  auto value = parse(word.second);
  if (!value)
    return fail(ErrorCode::invalidArgument, "setting '" + word.first + "' is '" + word.second + "', expected " + expected);
  target = *value;
  return {};
}

Result<void> readOne(CavmaeSettings& settings, const Word& word) {
  const auto& name = word.first;
  const char* whole = "a whole number above 0";
  const char* flag = "true or false";
  if (name == "variant") return set(settings.variant, word, variant, "cav-mae, dualmae-as-run or dualmae-as-written");
  if (name == "heads") return set(settings.hints.heads, word, count, whole);
  if (name == "decoder_heads") return set(settings.hints.decoderHeads, word, count, whole);
  if (name == "mel_bands") return set(settings.hints.melBands, word, count, whole);
  if (name == "trained_on") return set(settings.trainedOn, word, trainedOn, "both, sound or picture");
  if (name == "unified_single_modality") return set(settings.reading, word, reading, "last_block_only or chained");
  if (name == "pixel_norm") return set(settings.pixelNorm, word, truth, flag);
  if (name == "multi_label") return set(settings.multiLabel, word, truth, flag);
  if (name == "new_head") return set(settings.newHead, word, truth, flag);
  if (name == "mean") return set(settings.mean, word, real, "a number");
  if (name == "deviation") return set(settings.deviation, word, positive, "a number above 0");
  if (name == "frames_per_clip") return set(settings.framesPerClip, word, count, whole);
  std::string known;
  for (const auto& one : settingNames()) known += (known.empty() ? "" : ", ") + one;
  return fail(ErrorCode::invalidArgument, "setting '" + name + "' is unknown; there are " + known);
}

}  // namespace

const std::vector<std::string>& settingNames() {
  static const std::vector<std::string> names{"variant",    "heads",       "decoder_heads", "mel_bands", "trained_on", "unified_single_modality",
                                              "pixel_norm", "multi_label", "new_head",      "mean",      "deviation",  "frames_per_clip"};
  return names;
}

Result<CavmaeSettings> readSettings(const std::map<std::string, std::string>& words) {
  CavmaeSettings settings;
  for (const auto& word : words)
    if (auto read = readOne(settings, word); !read) return fail(std::move(read).error());
  return settings;
}

}  // namespace chladni::models::cavmae

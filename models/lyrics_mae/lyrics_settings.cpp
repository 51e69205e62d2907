#include "models/lyrics_mae/lyrics_settings.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chladni::models::lyrics_mae {
namespace {

Unexpected badSetting(const std::string& name, const std::string& value, const std::string& expected) {
  return fail(ErrorCode::invalidArgument, "setting '" + name + "' is '" + value + "', expected " + expected);
}

std::optional<std::int64_t> wholeNumber(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

std::optional<float> realNumber(const std::string& text) {
  float value = 0.0F;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

template <class Target, class Parse>
Result<void> set(Target& target, const std::pair<const std::string, std::string>& word, Parse parse, const char* expected) {
  auto value = parse(word.second);
  if (!value) return badSetting(word.first, word.second, expected);
  target = *value;
  return {};
}

std::optional<bool> truth(const std::string& text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::optional<TextLayout> layout(const std::string& text) {
  if (text == "pre-norm") return TextLayout::preNorm;
  if (text == "bert") return TextLayout::bert;
  return std::nullopt;
}

Result<void> readOne(LyricsSettings& settings, const std::pair<const std::string, std::string>& word) {
  const auto& name = word.first;
  const char* whole = "a whole number above 0";
  const char* flag = "true or false";
  if (name == "heads") return set(settings.hints.heads, word, wholeNumber, whole);
  if (name == "decoder_heads") return set(settings.hints.decoderHeads, word, wholeNumber, whole);
  if (name == "bins") return set(settings.hints.bins, word, wholeNumber, whole);
  if (name == "word_limit") return set(settings.wordLimit, word, wholeNumber, whole);
  if (name == "special_tokens") return set(settings.specialTokens, word, truth, flag);
  if (name == "clean_lyrics") return set(settings.cleanLyrics, word, truth, flag);
  if (name == "standardised_targets") return set(settings.standardisedTargets, word, truth, flag);
  if (name == "lower_case") return set(settings.lowerCase, word, truth, flag);
  if (name == "text_layout") return set(settings.textLayout, word, layout, "pre-norm or bert");
  if (name == "mean") return set(settings.mean, word, realNumber, "a number");
  if (name == "deviation") return set(settings.deviation, word, realNumber, "a number");
  if (name == "vocabulary") settings.vocabulary = word.second;
  else if (name == "bert") settings.bert = word.second;
  else if (name == "preset") settings.preset = word.second;
  else {
    std::string known;
    for (const auto& one : settingNames()) known += (known.empty() ? "" : ", ") + one;
    return fail(ErrorCode::invalidArgument, "setting '" + name + "' is unknown; there are " + known);
  }
  return {};
}

}  // namespace

const std::vector<std::string>& settingNames() {
  static const std::vector<std::string> names{"heads",        "decoder_heads",        "bins",       "word_limit",
                                              "special_tokens", "clean_lyrics", "standardised_targets", "lower_case",
                                              "text_layout",  "mean",  "deviation", "vocabulary", "bert", "preset"};
  return names;
}

Result<LyricsSettings> readSettings(const std::map<std::string, std::string>& words) {
  LyricsSettings settings;
  for (const auto& word : words)
    if (auto read = readOne(settings, word); !read) return fail(std::move(read).error());
  return settings;
}

}  // namespace chladni::models::lyrics_mae

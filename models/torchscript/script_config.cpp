#include "models/torchscript/script_config.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace chladni::models::torchscript {
namespace {

constexpr std::int64_t kMostValues = std::int64_t{1} << 28;  // of one row
constexpr double kLongestWindow = 3600.0;

Unexpected badField(const std::string& field, const std::string& why) {
  return fail(ErrorCode::incompatibleModel, "architecture field '" + field + "' " + why + "; export the package again");
}

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == separator) parts.emplace_back();
    else if (c != ' ') parts.back().push_back(c);
  }
  return parts;
}

Result<std::vector<std::int64_t>> shapeFrom(const std::string& text) {
  std::vector<std::int64_t> shape;
  std::int64_t values = 1;
  for (const auto& part : split(text, 'x')) {
    std::int64_t size = 0;
    const auto [end, problem] = std::from_chars(part.data(), part.data() + part.size(), size);
    if (problem != std::errc{} || end != part.data() + part.size() || size < 1 || size > kMostValues / values)
      return badField("shapes", "holds '" + text + "', which is no shape such as 7x7x2048");
    values *= size;
    shape.push_back(size);
  }
  return shape;
}

Result<std::vector<inference::FeatureTap>> tapsFrom(const std::string& names, const std::string& shapes) {
  const auto name = split(names, ',');
  const auto shape = split(shapes, ',');
  if (name.size() != shape.size())
    return badField("shapes", "has " + std::to_string(shape.size()) + " shapes for " + std::to_string(name.size()) + " taps");
  std::vector<inference::FeatureTap> taps;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool twice = std::any_of(taps.begin(), taps.end(), [&](const auto& tap) { return tap.name == name[i]; });
    if (name[i].empty() || twice) return badField("taps", "has an empty or repeated name");
    auto sizes = shapeFrom(shape[i]);
    if (!sizes) return fail(std::move(sizes).error());
    taps.push_back({name[i], std::move(*sizes)});
  }
  return taps;
}

Result<ScriptInput> inputFrom(const inference::ModelSpec& spec) {
  const auto text = spec.text("input").value_or("");
  const auto& frontend = spec.frontend;
  if (text == "picture" && !frontend.picture) return badField("input", "is \"picture\", but frontend.picture is missing");
  if (text != "picture" && !frontend.sound) return badField("input", "is \"" + text + "\", but the front end makes no sound");
  if (text == "waveform") return ScriptInput::waveform;
  if (text == "picture") return ScriptInput::picture;
  if (text == "spectrogram" && frontend.targetFrames > 0) return ScriptInput::spectrogram;
  return badField("input", "is \"" + text + "\", expected waveform, picture, or spectrogram with frontend.target_frames");
}

}  // namespace

Result<ScriptConfig> configFromSpec(const inference::ModelSpec& spec) {
  ScriptConfig config;
  const auto input = inputFrom(spec);
  if (!input) return fail(input.error());
  config.input = *input;
  if (!(spec.windowSeconds > 0.0 && spec.windowSeconds <= kLongestWindow))
    return fail(ErrorCode::incompatibleModel, "window_seconds must lie between 0 and 3600; export the package again");
  config.windowSamples = std::max<std::int64_t>(1, std::llround(spec.windowSeconds * spec.frontend.rate.hz()));
  auto taps = tapsFrom(spec.text("taps").value_or(""), spec.text("shapes").value_or(""));
  if (!taps) return fail(std::move(taps).error());
  config.taps = std::move(*taps);
  config.normaliseWaveform = spec.flag("normalise_waveform").value_or(false);
  config.parameters = static_cast<std::int64_t>(std::clamp(spec.number("parameters").value_or(0.0), 0.0, 1e15));
  for (const auto& tap : config.taps)
    if (tap.name == "logits" && tap.shape != std::vector{static_cast<std::int64_t>(spec.classes.size())})
      return badField("shapes", "of the tap logits is not the number of classes, " + std::to_string(spec.classes.size()));
  return config;
}

}  // namespace chladni::models::torchscript

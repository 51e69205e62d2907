#include "models/lyrics_mae/lyrics_presets.h"

#include <array>
#include <cmath>
#include <utility>

namespace chladni::models::lyrics_mae {
namespace {

using Change = void (*)(LyricsConfig&);

void layers(LyricsConfig& config, std::int64_t encoder, std::int64_t decoder) {
  config.audioDepth = config.textDepth = encoder;
  config.decoderDepth = decoder;
}

void lossesOfCavMae(LyricsConfig& config) {
  config.objective.audioLoss = AudioLoss::mean;
  config.objective.textWeight = 1.0;
  config.objective.contrastiveWeight = 0.01;
  config.objective.direction = ContrastiveDirection::columns;
}

constexpr std::array<std::pair<const char*, Change>, 9> kPresets{
    {{"lyrics-mae", [](LyricsConfig&) {}},
     {"lyrics-mae-10s", [](LyricsConfig& config) { config.frames = 1024; }},
     {"lyrics-mae-2.5s", [](LyricsConfig& config) { config.frames = 256; }},
     {"lyrics-mae-tokens-128", [](LyricsConfig& config) { config.tokens = 128; }},
     {"lyrics-mae-tokens-64", [](LyricsConfig& config) { config.tokens = 64; }},
     {"lyrics-mae-layers-11-8", [](LyricsConfig& config) { layers(config, 11, 8); }},
     {"lyrics-mae-layers-2-2", [](LyricsConfig& config) { layers(config, 2, 2); }},
     {"lyrics-mae-mask-0.5", [](LyricsConfig& config) { config.objective.maskRatio = 0.5; }},
     {"lyrics-mae-cav-mae-losses", lossesOfCavMae}}};

}  // namespace

double LyricsSchedule::rateAt(int epoch) const {
  if (epoch < firstHalving) return rate;
  return rate * std::pow(0.5, 1 + (epoch - firstHalving) / halvingEvery);
}

std::optional<LyricsPreset> lyricsPreset(std::string_view name) {
  for (const auto& [known, change] : kPresets) {
    if (name != known) continue;
    LyricsPreset preset;
    preset.name = known;
    change(preset.config);
    return preset;
  }
  return std::nullopt;
}

std::vector<std::string> lyricsPresetNames() {
  std::vector<std::string> names;
  for (const auto& preset : kPresets) names.emplace_back(preset.first);
  return names;
}

}  // namespace chladni::models::lyrics_mae

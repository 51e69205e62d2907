// The runs of the audio + lyrics thesis by name: sizes, objective, and how they were trained. Plain data.
// "lyrics-mae": the headline table (5 s, 256 tokens, ratio 0.75). Others change one thing: "-10s", "-2.5s", "-tokens-128",
// "-tokens-64", "-layers-11-8" and "-layers-2-2" (encoder, decoder), "-mask-0.5" (the best ratio), "-cav-mae-losses"
// (mean per value, columns, 0.01: the readings of CAV-MAE's program).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/lyrics_mae/lyrics_config.h"

namespace chladni::models::lyrics_mae {

// Adam whose rate is halved at an epoch and then again and again.
struct LyricsSchedule {
  int epochs = 50;
  int batch = 48;
  double rate = 5e-5;
  int firstHalving = 10, halvingEvery = 10;  // epochs
  double beta1 = 0.95, beta2 = 0.999;
  double weightDecay = 5e-7;  // added to the gradient
  [[nodiscard]] double rateAt(int epoch) const;  // epochs count from 1
};

struct LyricsPreset {
  std::string name;
  LyricsConfig config;  // of the autoencoder
  LyricsSchedule pretraining;
  LyricsSchedule finetuning{10, 48, 1e-5, 2, 4, 0.95, 0.999, 5e-7};
  int folds = 5;           // of the cross-validation
  double threshold = 0.18242552;  // sigmoid(-1.5): classes above it are predicted
};

std::optional<LyricsPreset> lyricsPreset(std::string_view name);
std::vector<std::string> lyricsPresetNames();

}  // namespace chladni::models::lyrics_mae

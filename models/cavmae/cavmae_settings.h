// What a checkpoint cannot tell about itself, as the user's `--set NAME=VALUE` words. Private to the family's import.
// Fails with invalidArgument naming the setting.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "models/cavmae/cavmae_detect.h"

namespace chladni::models::cavmae {

struct CavmaeSettings {
  DetectHints hints;                 // heads, decoder_heads, mel_bands
  std::string variant = "cav-mae";   // a preset: how the unified blocks are read, weights of losses, normalisation
  std::optional<TrainedOn> trainedOn;
  std::optional<SingleModality> reading;  // unified_single_modality
  std::optional<bool> pixelNorm, multiLabel;
  bool newHead = false;
  std::optional<float> mean, deviation;  // of the sound
  std::optional<std::int64_t> framesPerClip;
};

Result<CavmaeSettings> readSettings(const std::map<std::string, std::string>& words);
// The names that readSettings knows, for messages and to pick them from a file's metadata.
const std::vector<std::string>& settingNames();

}  // namespace chladni::models::cavmae

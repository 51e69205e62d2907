// What a checkpoint cannot tell about itself, as the user's `--set NAME=VALUE` words. Private to the family's import.
// Fails with invalidArgument naming the setting.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>

#include "models/lyrics_mae/lyrics_detect.h"

namespace chladni::models::lyrics_mae {

struct LyricsSettings {
  DetectHints hints;                 // heads, decoder_heads, bins
  std::filesystem::path vocabulary;  // empty: vocab.txt beside the checkpoint
  std::filesystem::path bert;        // a BERT to start the text encoder from
  std::string preset = "lyrics-mae"; // whose sizes a starting point has
  std::optional<bool> specialTokens, cleanLyrics, standardisedTargets, lowerCase;
  std::optional<std::int64_t> wordLimit;
  std::optional<TextLayout> textLayout;
  std::optional<float> mean, deviation;  // of the front end
};

Result<LyricsSettings> readSettings(const std::map<std::string, std::string>& words);
// The names that readSettings knows, for messages and to pick them from a file's metadata.
const std::vector<std::string>& settingNames();

}  // namespace chladni::models::lyrics_mae

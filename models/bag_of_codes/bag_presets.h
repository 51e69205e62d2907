// The study's settings by name, for training recipes and for telling what a figure belongs to.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/bag_of_codes/bag_config.h"

namespace chladni::models::bag {

struct BagPreset {
  BagConfig config;
  double coderDropout = 0.5;    // of the auto-encoders
  double headDropout = 0.4;
  double codeMasking = 0.35;    // probability of leaving out a count; 0: none
  double huberDelta = 1.0;
  std::string about;            // one line, with what the study reports for it
};

// bag-of-codes (the best), bag-of-codes-unmasked, -small-head, -large-head, -short-codes, and -d16, -d64, -d1024 for the
// other sizes of the codebook. Not stated by the study and chosen here: delta, and the place of the dropouts.
std::optional<BagPreset> bagPreset(std::string_view name);
std::vector<std::string> bagPresetNames();
// The masking probabilities that the study compares.
const std::vector<double>& studiedMaskings();

}  // namespace chladni::models::bag

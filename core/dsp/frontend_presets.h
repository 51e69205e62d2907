// The published audio front ends by name, as data: ast, ast-esc50, ast-speech-commands, cavmae, asit, lyrics, vggish,
// yamnet, musicnn, bow (bag of codes), musicnn-zero (edges padded with zeros), openl3-mel128, openl3-mel256, openl3-linear;
// and our own: small-av, dualmae-s, instruments-s, bag-of-codes-s.
// A model package carries its own numbers; these are starting points and what `chladni-cli frontend NAME` runs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/frontend_spec.h"

namespace chladni::dsp {

std::optional<FrontendSpec> frontendPreset(std::string_view name);
std::vector<std::string> frontendPresetNames();

}  // namespace chladni::dsp

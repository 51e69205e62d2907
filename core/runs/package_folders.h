// Packages of models on disk as a person keeps them: how much room they take, and putting one away with a way back.
// Only packages below the user's own folder may be put away: installed ones belong to the system. Any thread.
// Fails with invalidArgument and io.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"

namespace chladni::runs {

std::uintmax_t bytesBelow(const std::filesystem::path& folder);

// $XDG_DATA_HOME/chladni/models, else ~/.local/share/chladni/models: where imports go.
std::filesystem::path usualModelFolder();

// Moves the package into a hidden folder beside it; returns where it lies now.
Result<std::filesystem::path> putAway(const std::filesystem::path& package);
Result<void> bringBack(const std::filesystem::path& lies, const std::filesystem::path& package);
// Whether this package may be put away: its folder and the one around it can be written.
bool canPutAway(const std::filesystem::path& package);

}  // namespace chladni::runs

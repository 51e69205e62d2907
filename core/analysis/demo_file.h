// The bundled demos: the media in the demo folder that is installed with the program (share/chladni/demo) or, for a
// program that was not installed, in the source tree it was built from. Empty when there are none.
#pragma once

#include <filesystem>
#include <vector>

namespace chladni::analysis {

// Videos first, by name: the first is what is meant by "the demo".
std::vector<std::filesystem::path> findDemos(const std::filesystem::path& programFile);
std::filesystem::path findDemo(const std::filesystem::path& programFile);

}  // namespace chladni::analysis

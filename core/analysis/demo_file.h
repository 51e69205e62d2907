// The bundled demo: the first medium in the demo folder that is installed with the program (share/chladni/demo) or, for
// a program that was not installed, in the source tree it was built from. Empty when there is none.
#pragma once

#include <filesystem>

namespace chladni::analysis {

std::filesystem::path findDemo(const std::filesystem::path& programFile);

}  // namespace chladni::analysis

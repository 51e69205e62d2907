// Where the program for the command line is, which trains and evaluates on the window's behalf.
#pragma once

#include <filesystem>

namespace chladni::gui {

// $CHLADNI_CLI, else beside the window's program, else where the build tree has it, else the one of the search path. The
// place where it should be when there is none.
std::filesystem::path findCommandLine(const std::filesystem::path& window);

}  // namespace chladni::gui

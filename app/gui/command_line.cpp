#include "app/gui/command_line.h"

#include <unistd.h>

#include <cstdlib>
#include <sstream>
#include <string>

namespace chladni::gui {
namespace {

constexpr const char* kName = "chladni-cli";

bool runs(const std::filesystem::path& program) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(program, ignored) && ::access(program.c_str(), X_OK) == 0;
}

}  // namespace

std::filesystem::path findCommandLine(const std::filesystem::path& window) {
  if (const char* named = std::getenv("CHLADNI_CLI"); named && *named) return named;
  const auto beside = window.parent_path() / kName;
  for (const auto& place : {beside, window.parent_path().parent_path() / "cli" / kName})
    if (runs(place)) return place;
  if (const char* path = std::getenv("PATH")) {
    std::istringstream folders(path);
    for (std::string folder; std::getline(folders, folder, ':');)
      if (!folder.empty() && runs(std::filesystem::path(folder) / kName)) return std::filesystem::path(folder) / kName;
  }
  return beside;
}

}  // namespace chladni::gui

#include "core/analysis/demo_file.h"

#include <algorithm>
#include <array>
#include <string>
#include <system_error>
#include <vector>

namespace chladni::analysis {
namespace {

namespace fs = std::filesystem;

// Videos first: they show the most.
constexpr std::array kEndings = {".mp4", ".webm", ".mkv", ".flac", ".opus", ".wav"};

fs::path firstMedium(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  for (const char* ending : kEndings) {
    const auto found = std::find_if(files.begin(), files.end(), [&](const fs::path& file) { return file.extension() == ending; });
    if (found != files.end()) return *found;
  }
  return {};
}

}  // namespace

fs::path findDemo(const fs::path& programFile) {
  std::vector<fs::path> folders = {programFile.parent_path().parent_path() / "share" / "chladni" / "demo"};
  // A build folder lies somewhere below the source tree.
  for (fs::path up = programFile.parent_path(); up.has_relative_path(); up = up.parent_path()) {
    folders.push_back(up / "resources" / "demo");
  }
  for (const fs::path& folder : folders) {
    if (fs::path medium = firstMedium(folder); !medium.empty()) return medium;
  }
  return {};
}

}  // namespace chladni::analysis

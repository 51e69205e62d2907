#include "core/analysis/demo_file.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <system_error>
#include <vector>

namespace chladni::analysis {
namespace {

namespace fs = std::filesystem;

// Videos first: they show the most.
constexpr std::array kEndings = {".mp4", ".webm", ".mkv", ".flac", ".opus", ".wav"};

std::vector<fs::path> mediaIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    files.push_back(entry->path());
  }
  std::sort(files.begin(), files.end());
  std::vector<fs::path> media;
  for (const char* ending : kEndings)
    std::copy_if(files.begin(), files.end(), std::back_inserter(media), [&](const fs::path& file) { return file.extension() == ending; });
  return media;
}

}  // namespace

std::vector<fs::path> findDemos(const fs::path& programFile) {
  std::vector<fs::path> folders = {programFile.parent_path().parent_path() / "share" / "chladni" / "demo"};
  // A build folder lies somewhere below the source tree.
  for (fs::path up = programFile.parent_path(); up.has_relative_path(); up = up.parent_path()) {
    folders.push_back(up / "resources" / "demo");
  }
  for (const fs::path& folder : folders) {
    if (auto media = mediaIn(folder); !media.empty()) return media;
  }
  return {};
}

fs::path findDemo(const fs::path& programFile) {
  const auto demos = findDemos(programFile);
  return demos.empty() ? fs::path() : demos.front();
}

}  // namespace chladni::analysis

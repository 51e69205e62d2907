#include "core/datasets/media_files.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

namespace chladni::datasets {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 24> kExtensions{
    ".wav", ".flac", ".mp3", ".ogg",  ".oga", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".wma", ".ac3",
    ".mp4", ".m4v",  ".mov", ".webm", ".mkv", ".avi",  ".mpg", ".mpeg", ".flv", ".ts",  ".3gp", ".wmv"};

}  // namespace

bool hasMediaName(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return std::find(kExtensions.begin(), kExtensions.end(), extension) != kExtensions.end();
}

Result<std::vector<fs::path>> mediaFiles(const fs::path& fileOrFolder) {
  std::error_code error;
  if (fs::is_regular_file(fileOrFolder, error)) return std::vector{fileOrFolder};
  if (!fs::is_directory(fileOrFolder, error)) return fail(ErrorCode::notFound, fileOrFolder.string() + ": there is no such file or folder");
  std::vector<fs::path> files;
  fs::recursive_directory_iterator at(fileOrFolder, fs::directory_options::skip_permission_denied, error);
  for (const fs::recursive_directory_iterator end; !error && at != end; at.increment(error)) {
    std::error_code ignored;
    const bool hidden = at->path().filename().string().starts_with('.');
    if (hidden && at->is_directory(ignored)) at.disable_recursion_pending();
    else if (!hidden && at->is_regular_file(ignored) && hasMediaName(at->path())) files.push_back(at->path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace chladni::datasets

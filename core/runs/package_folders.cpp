#include "core/runs/package_folders.h"

#include <unistd.h>

#include <cstdlib>

namespace chladni::runs {
namespace {

constexpr const char* kBin = ".deleted";
constexpr int kMostAlike = 10'000;

}  // namespace

std::uintmax_t bytesBelow(const std::filesystem::path& folder) {
  std::uintmax_t bytes = 0;
  std::error_code problem;
  for (std::filesystem::recursive_directory_iterator entry(folder, problem), end; !problem && entry != end; entry.increment(problem)) {
    std::error_code ignored;
    if (entry->is_regular_file(ignored)) bytes += entry->file_size(ignored);
  }
  return bytes;
}

std::filesystem::path usualModelFolder() {
  if (const char* data = std::getenv("XDG_DATA_HOME"); data && *data == '/') return std::filesystem::path(data) / "chladni" / "models";
  const char* home = std::getenv("HOME");
  return std::filesystem::path(home && *home ? home : ".") / ".local" / "share" / "chladni" / "models";
}

bool canPutAway(const std::filesystem::path& package) {
  return ::access(package.c_str(), W_OK) == 0 && ::access(package.parent_path().c_str(), W_OK) == 0;
}

Result<std::filesystem::path> putAway(const std::filesystem::path& package) {
  std::error_code problem;
  if (!std::filesystem::exists(package / "model.json", problem)) return fail(ErrorCode::invalidArgument, package.string() + ": is no model package");
  const auto bin = package.parent_path() / kBin;
  std::filesystem::create_directories(bin, problem);
  auto place = bin / package.filename();
  for (int number = 2; std::filesystem::exists(place, problem) && number < kMostAlike; ++number)
    place = bin / (package.filename().string() + "~" + std::to_string(number));
  std::filesystem::rename(package, place, problem);
  if (problem) return fail(ErrorCode::io, package.string() + ": cannot be removed (" + problem.message() + ")");
  return place;
}

Result<void> bringBack(const std::filesystem::path& lies, const std::filesystem::path& package) {
  std::error_code problem;
  if (std::filesystem::exists(package, problem)) return fail(ErrorCode::invalidArgument, package.string() + ": there is something in its place by now; move that away first");
  std::filesystem::rename(lies, package, problem);
  if (problem) return fail(ErrorCode::io, package.string() + ": cannot be brought back (" + problem.message() + ")");
  return {};
}

}  // namespace chladni::runs

#include "core/base/staged_folder.h"

#include <unistd.h>

#include <utility>

namespace chladni {

namespace fs = std::filesystem;

namespace {

Result<void> checkFree(const fs::path& destination) {
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(destination, ignored))) return {};
  if (fs::is_directory(destination, ignored) && fs::is_empty(destination, ignored)) return {};
  return fail(ErrorCode::invalidArgument, destination.string() + ": there is something already; choose a new folder");
}

}  // namespace

Result<StagedFolder> StagedFolder::create(const fs::path& destination) {
  std::error_code problem;
  fs::path place = fs::absolute(destination, problem).lexically_normal();
  if (!place.has_filename()) place = place.parent_path();
  if (auto empty = checkFree(place); !empty) return fail(empty.error());
  fs::create_directories(place.parent_path(), problem);
  const fs::path temporary = place.parent_path() / ("." + place.filename().string() + ".part-" + std::to_string(::getpid()));
  fs::remove_all(temporary, problem);
  if (!fs::create_directory(temporary, problem))
    return fail(ErrorCode::io, place.parent_path().string() + ": no folder can be made there (" + problem.message() + ")");
  return StagedFolder(place, temporary);
}

StagedFolder::StagedFolder(StagedFolder&& other) noexcept
    : destination_(std::move(other.destination_)), temporary_(std::exchange(other.temporary_, {})) {}

StagedFolder::~StagedFolder() {
  std::error_code ignored;
  if (!temporary_.empty()) fs::remove_all(temporary_, ignored);
}

Result<void> StagedFolder::commit() {
  if (auto empty = checkFree(destination_); !empty) return empty;
  std::error_code problem;
  fs::rename(temporary_, destination_, problem);  // replaces an empty folder
  if (problem) return fail(ErrorCode::io, destination_.string() + ": the folder cannot be put in place (" + problem.message() + ")");
  temporary_.clear();
  return {};
}

}  // namespace chladni

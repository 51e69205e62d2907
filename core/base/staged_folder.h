// StagedFolder: an output folder that appears whole or not at all. Files go into a neighbour with a temporary name;
// commit() renames it to the destination. Without commit() the neighbour is removed. Not thread-safe.
// Fails with invalidArgument when there is something at the destination already (an empty folder will do), and with io.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace chladni {

class StagedFolder {
 public:
  static Result<StagedFolder> create(const std::filesystem::path& destination);
  StagedFolder(StagedFolder&& other) noexcept;
  StagedFolder& operator=(StagedFolder&&) = delete;
  ~StagedFolder();

  [[nodiscard]] const std::filesystem::path& path() const { return temporary_; }
  Result<void> commit();

 private:
  StagedFolder(std::filesystem::path destination, std::filesystem::path temporary)
      : destination_(std::move(destination)), temporary_(std::move(temporary)) {}
  std::filesystem::path destination_;
  std::filesystem::path temporary_;  // empty: committed, or moved from
};

}  // namespace chladni

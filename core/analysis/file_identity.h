// FileIdentity: whether a file is still the one that was opened, and a key for what was computed from it. The key
// hashes size, time of change and parts of the content. Private to core/analysis.
#pragma once

#include <filesystem>
#include <string>

#include "core/base/result.h"

namespace chladni::analysis {

class FileIdentity {
 public:
  static Result<FileIdentity> of(const std::filesystem::path& path);
  // Fails with io when the file is gone or was changed since.
  [[nodiscard]] Result<void> unchanged() const;
  [[nodiscard]] Result<std::string> contentKey() const;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
  std::uintmax_t bytes_ = 0;
  std::filesystem::file_time_type changed_;
};

}  // namespace chladni::analysis

// Whether there is something at a path. What cannot be asked (a share that is gone, a folder that may not be looked into) is not
// there; never throws, unlike std::filesystem::exists(path). Any thread.
#pragma once

#include <filesystem>
#include <system_error>

namespace chladni {

inline bool isThere(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path, ignored);
}

}  // namespace chladni

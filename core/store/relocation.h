// Where files of a project went: those no longer in their place are looked for by size, then by content. Files that are
// equal go by their names. Private to core/store.
#pragma once

#include <filesystem>
#include <stop_token>
#include <vector>

#include "core/base/result.h"
#include "core/store/project.h"

namespace chladni::store {

struct Moved {
  const ProjectFile* file = nullptr;  // one of those that were given
  std::filesystem::path to;
};

// Folders that cannot be read are passed over. Fails with cancelled alone.
Result<std::vector<Moved>> findMoved(const std::vector<ProjectFile>& files, const std::vector<std::filesystem::path>& folders,
                                     std::stop_token stop);

}  // namespace chladni::store

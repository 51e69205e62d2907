// A project's confirmed labels as a data set to learn from: one item for each labelled stretch; labels of the very same
// stretch make one item of several classes. Points, proposals and rejected ones are left out. Opens the project itself,
// so it may run on any worker. Fails as opening the project does, with notFound when no stretch is labelled, and as
// writing a manifest does (a class whose name holds ";").
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/base/result.h"

namespace chladni::runs {

struct ProjectLabels {
  std::int64_t items = 0;
  std::int64_t recordings = 0;
  std::int64_t classes = 0;
  std::int64_t leftOut = 0;  // points, proposals, labels without a name
};

// Only counts.
Result<ProjectLabels> countProjectLabels(const std::filesystem::path& project);
// Writes a CSV manifest; folders are made.
Result<ProjectLabels> writeProjectLabels(const std::filesystem::path& project, const std::filesystem::path& manifest);

}  // namespace chladni::runs

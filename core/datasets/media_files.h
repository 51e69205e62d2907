// Which files are taken for recordings and videos, by their names: what people mean when they give a folder.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace chladni::datasets {

bool hasMediaName(const std::filesystem::path& path);
// A file stands for itself, a folder for all recordings and videos below it, sorted; hidden ones are passed over.
// Fails with notFound for what is neither.
Result<std::vector<std::filesystem::path>> mediaFiles(const std::filesystem::path& fileOrFolder);

}  // namespace chladni::datasets

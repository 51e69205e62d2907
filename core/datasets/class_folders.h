// One folder for each class: ROOT/<class>/<files>, or ROOT/train/<class>/<files> beside validation and test. Files are
// taken by their extension, sorted; names that begin with a point are passed over, deeper folders belong to their class.
// Fails with notFound, io, or corruptData when no folder holds sound or video.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

Result<DataSet> readClassFolders(const std::filesystem::path& root);

}  // namespace chladni::datasets

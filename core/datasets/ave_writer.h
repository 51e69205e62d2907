// Writes the tables of an AVE data set as they are published: Annotations.txt, train_order.h5, val_order.h5,
// test_order.h5 (dataset "order") and labels.h5 (dataset "avadataset", one-hot [row, 10, classes]). Every row must be in
// exactly one split; a split may be empty, then its order file has no rows. Files appear whole.
// Fails with invalidArgument for rows that would not read back, io.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/datasets/ave_annotations.h"
#include "core/datasets/ave_folder.h"

namespace chladni::datasets {

Result<void> writeAveTables(const std::filesystem::path& folder, const std::vector<AveRow>& rows, const AveSplits& splits);

}  // namespace chladni::datasets

// The JSON lists of the AST and CAV-MAE recipes: {"data": [{"wav": ..., "labels": "/m/0l14jd,/m/0dv34",
// "video_id": ..., "video_path": ...}, ...]}. Labels are ids of a ClassTable, separated by commas; picture i of an item is
// video_path/frame_<i>/<video_id>.jpg. AST's lists have no pictures. Relative paths are relative to the list.
// Also the sample weights that lie beside such lists: one number a line. Fails with notFound, io or corruptData.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/datasets/class_table.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

// Labels become the names of the table's classes, an id that it does not have fails. Without a table (nullptr) ids stay.
Result<DataSet> parseJsonList(std::string_view text, const ClassTable* classes, const std::filesystem::path& folder,
                              const std::string& origin);
Result<DataSet> readJsonList(const std::filesystem::path& path, const ClassTable* classes);

// Where picture `index` of an item lies.
std::filesystem::path framePath(const DataItem& item, int index);

// As many as there are items; none is negative, not all are zero.
Result<std::vector<double>> readSampleWeights(const std::filesystem::path& path, std::size_t items);

}  // namespace chladni::datasets

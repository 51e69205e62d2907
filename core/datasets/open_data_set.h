// openDataSet: a data set in whichever form it comes, told apart by content: a folder of classes, a folder of music with
// lyrics, AVE annotations (or their folder), the JSON lists of AST and CAV-MAE, VGGSound's CSV, our own manifest.
// Fails with what the form's own reader fails with, or unsupported when none knows it.
#pragma once

#include <filesystem>

#include "core/base/result.h"
#include "core/datasets/class_table.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

struct OpenOptions {
  std::filesystem::path media;          // where VGGSound and AVE clips lie; empty: beside their table
  const ClassTable* classes = nullptr;  // of JSON lists and VGGSound; borrowed for the call
};

Result<DataSet> openDataSet(const std::filesystem::path& path, const OpenOptions& options = {});

}  // namespace chladni::datasets

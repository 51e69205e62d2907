// VGGSound's own CSV: id of the video, start in seconds, label, train or test; no header. The clip of a row is
// <media folder>/<id>_<start, six digits><extension>, already cut to its ten seconds.
// Classes are the given table's (VGGSound has 309) or the labels that occur, sorted. Fails with notFound, io, or
// corruptData naming the line.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/datasets/class_table.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

struct VggSoundMedia {
  std::filesystem::path folder;
  std::string extension = ".mp4";
};

Result<DataSet> parseVggSound(std::string_view text, const VggSoundMedia& media, const ClassTable* classes,
                              const std::string& origin);
// An empty folder of the media is that of the CSV.
Result<DataSet> readVggSound(const std::filesystem::path& path, VggSoundMedia media, const ClassTable* classes);

}  // namespace chladni::datasets

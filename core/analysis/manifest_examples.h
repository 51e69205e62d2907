// Labelled stretches of media as a CSV manifest lists them: columns path,start,end,labels and optionally split, in any
// order, further columns ignored. Labels are separated by ";", paths are relative to the manifest, empty times mean the
// whole file. Fails with notFound, io, or corruptData naming the file and line. Whether the media exist is not checked.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace chladni::analysis {

struct ManifestExample {
  std::filesystem::path media;  // ready to open
  std::string name;             // the path as the manifest has it, with the stretch where there is one
  std::optional<TimeRange> range;
  std::vector<std::string> labels;
  std::string split;
  std::int64_t line = 0;
};

Result<std::vector<ManifestExample>> readManifestExamples(const std::filesystem::path& manifest);

}  // namespace chladni::analysis

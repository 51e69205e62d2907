// Labelled stretches of media as a data set lists them, in any form that core/datasets/open_data_set.h knows: our manifest,
// tables of others with common column names, folders of classes. Fails as that does, and with corruptData for an empty
// stretch. Whether the media exist is not checked.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/base/units.h"

namespace chladni::analysis {

struct ManifestExample {
  std::filesystem::path media;  // ready to open
  std::string name;             // the path below the manifest's folder, with the stretch where there is one
  std::optional<TimeRange> range;
  std::vector<std::string> labels;
  std::string split;
  std::filesystem::path lyrics = {};  // UTF-8 text; empty: none
};

Result<std::vector<ManifestExample>> readManifestExamples(const std::filesystem::path& manifest);

}  // namespace chladni::analysis

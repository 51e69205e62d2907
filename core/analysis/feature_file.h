// Features of one clip out of a file: HDF5 with one dataset, or safetensors with one tensor, as `chladni-cli features` and
// the AVE data set have them: [row, ...] of one recording, or [clip, row, ...] of many. Rows are a second apart.
// HDF5 is streamed: of many clips only the wanted one is read. Any thread.
// Fails with notFound, io, corruptData; incompatibleModel when rows have another shape than asked for; invalidArgument when
// there is no such clip.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/result.h"
#include "core/inference/feature_extractor.h"

namespace chladni::analysis {

// `rowShape` of one second: {128}, {7, 7, 512}. `clip` counts from 0; without it the file has to hold one clip.
Result<inference::FeatureBlock> readFeatureFile(const std::filesystem::path& path, const std::vector<std::int64_t>& rowShape,
                                                std::optional<std::int64_t> clip = {});

}  // namespace chladni::analysis

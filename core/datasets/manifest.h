// Our own data manifest: CSV with a header, or JSON lines, of path,start,end,labels[,split][,lyrics]. Labels are
// separated by ";" (in JSON also an array), paths are relative to the manifest, an empty start is 0, an empty end the end
// of the file. Other columns are passed over. Tables of others are understood when their columns have common names
// (manifest_columns.h), and say so in the notes; they may be separated by tabs or semicolons. A label cannot hold ";". Pure functions and plain values.
// Fails with notFound, io, corruptData naming the line, or invalidArgument for items that cannot be written.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/datasets/data_set.h"

namespace chladni::datasets {

Result<DataSet> parseCsvManifest(std::string_view text, const std::filesystem::path& folder, const std::string& origin);
Result<DataSet> parseJsonLinesManifest(std::string_view text, const std::filesystem::path& folder,
                                       const std::string& origin);
// CSV, or JSON lines when the name ends in .jsonl or .ndjson.
Result<DataSet> readManifest(const std::filesystem::path& path);

// Writes CSV or, by the name, JSON lines; paths below the manifest's folder are written relative to it.
Result<void> writeManifest(const std::filesystem::path& path, const std::vector<DataItem>& items);

}  // namespace chladni::datasets

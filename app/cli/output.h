// What commands print and write: JSON on stdout that is valid UTF-8 whatever files are called, tables and tensors to
// files whose extension says the format.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/colormap.h"
#include "core/data/matrix.h"
#include "core/data/tensor_blob.h"
#include "core/serial/json_value.h"

namespace chladni::cli {

// Names that are not UTF-8 get U+FFFD for each byte that cannot be read.
std::string utf8(const std::string& name);
inline std::string utf8(const std::filesystem::path& path) { return utf8(path.string()); }

// Fails with io when stdout cannot take it.
Result<void> printJson(const serial::JsonValue& value);
Result<void> print(const std::string& text);

std::string seconds(double value);  // "61.20 s"

// What --colormap takes: the names of all there are.
std::vector<std::string> colormapNames();

struct TableOutput {
  Colormap map = Colormap::magma;
  std::string tensorName = "data";
  std::map<std::string, std::string> metadata;
};
// By extension: .png, .npy, .safetensors. Fails with invalidArgument for another one.
Result<void> checkTableExtension(const std::filesystem::path& path, bool pictures);
Result<void> writeTable(const std::filesystem::path& path, const Matrix& table, const TableOutput& options);
TensorBlob tensorOf(const std::string& name, const Matrix& table);

}  // namespace chladni::cli

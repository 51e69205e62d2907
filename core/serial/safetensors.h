// Reading and writing safetensors files: 8 bytes little-endian header length, JSON header, raw little-endian data.
// Everything is checked before anything is allocated: header size, JSON, dtypes, products of shapes (overflow), offsets
// inside the file, no overlap, no holes larger than the file. Fails with notFound, io, or corruptData naming the tensor.
// Tensors are row-major; `metadata` is the header's __metadata__ object of strings. Writing is atomic.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"

namespace chladni::serial {

struct TensorFile {
  std::vector<TensorBlob> tensors;  // in file order
  std::map<std::string, std::string> metadata;
};

Result<TensorFile> readSafetensors(const std::filesystem::path& path);
Result<void> writeSafetensors(const std::filesystem::path& path, const TensorFile& file);

}  // namespace chladni::serial

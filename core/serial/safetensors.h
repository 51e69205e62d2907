// Reading and writing safetensors files: 8 bytes little-endian header length, JSON header, raw little-endian data.
// Everything is checked before anything is allocated: header size, JSON, dtypes, products of shapes (overflow), offsets
// inside the file, no overlap, no hole, nothing after the last tensor. Fails with notFound, io, outOfMemory,
// unsupported (a dtype we have no use for) or corruptData naming the tensor. Tensors are row-major; `metadata` is the
// header's __metadata__ object of strings. Data are read straight into the tensors. Writing is atomic and aligned:
// the header is padded to 8 bytes and wide elements come first.
#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"

namespace chladni::serial {

struct TensorFile {
  std::vector<TensorBlob> tensors;  // in the order of the header
  std::map<std::string, std::string> metadata;
};

Result<TensorFile> readSafetensors(const std::filesystem::path& path);
// The same from memory; `origin` opens every message.
Result<TensorFile> parseSafetensors(std::span<const std::byte> bytes, const std::string& origin);
// Fails with invalidArgument for a repeated name or bytes that do not fill the shape, and with io.
Result<void> writeSafetensors(const std::filesystem::path& path, const TensorFile& file);

}  // namespace chladni::serial

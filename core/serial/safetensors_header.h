// The JSON header of a safetensors file, checked against the number of data bytes that follow it. Private to
// core/serial. Fails as safetensors.h says.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/data/tensor_blob.h"

namespace chladni::serial {

// Longer headers are refused unread, as the reference implementation does.
inline constexpr std::uint64_t kMaxSafetensorsHeader = 100'000'000;

struct SafetensorsEntry {
  std::string name;
  DType dtype = DType::f32;
  std::vector<std::int64_t> shape;
  std::uint64_t offset = 0;  // from the end of the header
  std::uint64_t size = 0;
};

struct SafetensorsHeader {
  std::vector<SafetensorsEntry> entries;
  std::map<std::string, std::string> metadata;
};

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                                 const std::string& origin);

// "F32" and so on.
std::string_view safetensorsName(DType type);
std::optional<DType> dtypeFromSafetensors(std::string_view name);

// Bytes of a tensor of this shape; nothing when a dimension is negative or the product overflows 63 bits.
std::optional<std::uint64_t> tensorBytes(DType type, const std::vector<std::int64_t>& shape);

}  // namespace chladni::serial

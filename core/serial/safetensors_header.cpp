#include "core/serial/safetensors_header.h"

#include <algorithm>
#include <limits>

#include "core/serial/json_value.h"

namespace chladni::serial {

namespace {

struct DTypeName {
  DType type;
  std::string_view name;
};
constexpr DTypeName kNames[] = {{DType::f32, "F32"}, {DType::f16, "F16"}, {DType::bf16, "BF16"}, {DType::f64, "F64"},
                                {DType::i64, "I64"}, {DType::i32, "I32"}, {DType::i16, "I16"},   {DType::i8, "I8"},
                                {DType::u8, "U8"},   {DType::boolean, "BOOL"}};

Unexpected broken(const std::string& origin, const std::string& tensor, const std::string& why) {
  return fail(ErrorCode::corruptData, origin + ": tensor " + printable(tensor) + ": " + why);
}

Result<SafetensorsEntry> readEntry(const std::string& name, const JsonValue& info, std::uint64_t dataBytes,
                                   const std::string& origin) {
  if (name.find('\0') != std::string::npos) return broken(origin, name, "its name holds a NUL character");
  const JsonField field(info);
  SafetensorsEntry entry;
  entry.name = name;

  const auto dtype = field["dtype"].string();
  if (!dtype) return broken(origin, name, dtype.error().message);
  const auto type = dtypeFromSafetensors(*dtype);
  if (!type)
    return fail(ErrorCode::unsupported, origin + ": tensor " + printable(name) + ": element type \"" +
                                            printable(*dtype) + "\" is not one that models here use");
  entry.dtype = *type;

  if (auto ok = field["shape"].array(); !ok) return broken(origin, name, ok.error().message);
  for (std::size_t i = 0; i < field["shape"].size(); ++i) {
    const auto size = field["shape"][i].whole(0);
    if (!size) return broken(origin, name, size.error().message);
    entry.shape.push_back(*size);
  }
  const auto bytes = tensorBytes(entry.dtype, entry.shape);
  if (!bytes) return broken(origin, name, "its shape overflows");

  const JsonField offsets = field["data_offsets"];
  if (!offsets.array() || offsets.size() != 2)
    return broken(origin, name, "data_offsets: expected an array of two offsets");
  const auto begin = offsets[std::size_t{0}].whole(0);
  const auto end = offsets[std::size_t{1}].whole(0);
  if (!begin || !end || *end < *begin) return broken(origin, name, "data_offsets: expected two ascending offsets");
  if (static_cast<std::uint64_t>(*end) > dataBytes)
    return broken(origin, name, "its data end at byte " + std::to_string(*end) + ", but the file holds only " +
                                    std::to_string(dataBytes) + " bytes of data; is it cut off?");
  entry.offset = static_cast<std::uint64_t>(*begin);
  entry.size = static_cast<std::uint64_t>(*end - *begin);
  if (entry.size != *bytes)
    return broken(origin, name, "its shape needs " + std::to_string(*bytes) + " bytes, its offsets give " +
                                    std::to_string(entry.size));
  return entry;
}

Result<void> readMetadata(const JsonValue& value, SafetensorsHeader& header, const std::string& origin) {
  const auto* members = value.members();
  if (!members) return fail(ErrorCode::corruptData, origin + ": __metadata__: expected an object of strings");
  for (const auto& [key, text] : *members) {
    if (!text.string())
      return fail(ErrorCode::corruptData, origin + ": __metadata__." + printable(key) + ": expected a string");
    header.metadata.emplace(key, *text.string());
  }
  return {};
}

Result<void> checkCoverage(const std::vector<SafetensorsEntry>& entries, std::uint64_t dataBytes,
                           const std::string& origin) {
  std::vector<const SafetensorsEntry*> order;
  for (const auto& entry : entries) order.push_back(&entry);
  std::sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return a->offset != b->offset ? a->offset < b->offset : a->size < b->size;
  });
  std::uint64_t covered = 0;
  for (const auto* entry : order) {
    if (entry->offset < covered) return broken(origin, entry->name, "its data overlap those of another tensor");
    if (entry->offset > covered)
      return broken(origin, entry->name, "there are " + std::to_string(entry->offset - covered) +
                                             " bytes before its data that belong to no tensor");
    covered = entry->offset + entry->size;
  }
  if (covered != dataBytes)
    return fail(ErrorCode::corruptData, origin + ": " + std::to_string(dataBytes - covered) +
                                            " bytes after the last tensor belong to no tensor");
  return {};
}

}  // namespace

std::string_view safetensorsName(DType type) {
  for (const auto& entry : kNames)
    if (entry.type == type) return entry.name;
  return {};
}

std::optional<DType> dtypeFromSafetensors(std::string_view name) {
  for (const auto& entry : kNames)
    if (entry.name == name) return entry.type;
  return std::nullopt;
}

std::optional<std::uint64_t> tensorBytes(DType type, const std::vector<std::int64_t>& shape) {
  std::int64_t product = static_cast<std::int64_t>(bytesPerElement(type));
  bool empty = false;
  for (const auto size : shape) {
    if (size < 0) return std::nullopt;
    if (size == 0)
      empty = true;
    else if (__builtin_mul_overflow(product, size, &product))
      return std::nullopt;
  }
  return empty ? 0 : static_cast<std::uint64_t>(product);
}

Result<SafetensorsHeader> parseSafetensorsHeader(std::string_view json, std::uint64_t dataBytes,
                                                 const std::string& origin) {
  if (json.empty() || json.front() != '{')
    return fail(ErrorCode::corruptData, origin + ": not a safetensors file (its header is not a JSON object)");
  const auto document = parseJson(json, origin + ": header", {kMaxSafetensorsHeader, 4, 4'000'000});
  if (!document) return fail(document.error());
  SafetensorsHeader header;
  const JsonField root(*document);
  for (const auto& [name, value] : root.members()) {
    if (name == "__metadata__") {
      if (auto ok = readMetadata(value, header, origin); !ok) return fail(ok.error());
      continue;
    }
    auto entry = readEntry(name, value, dataBytes, origin);
    if (!entry) return fail(entry.error());
    header.entries.push_back(*std::move(entry));
  }
  if (auto ok = checkCoverage(header.entries, dataBytes, origin); !ok) return fail(ok.error());
  return header;
}

}  // namespace chladni::serial

#include "core/serial/safetensors.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <fstream>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "core/base/atomic_file.h"

static_assert(std::endian::native == std::endian::little, "safetensors data is copied as it lies: little-endian only");

namespace chladni::serial {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;  // the format's own limit

struct TypeName {
  DType type;
  const char* name;
};
constexpr std::array kTypeNames{TypeName{DType::f32, "F32"}, TypeName{DType::f16, "F16"},  TypeName{DType::bf16, "BF16"},
                                TypeName{DType::f64, "F64"}, TypeName{DType::i64, "I64"},  TypeName{DType::i32, "I32"},
                                TypeName{DType::i16, "I16"}, TypeName{DType::i8, "I8"},    TypeName{DType::u8, "U8"},
                                TypeName{DType::boolean, "BOOL"}};

std::optional<DType> typeNamed(const std::string& name) {
  for (const TypeName& entry : kTypeNames)
    if (name == entry.name) return entry.type;
  return std::nullopt;
}

const char* nameOf(DType type) {
  for (const TypeName& entry : kTypeNames)
    if (type == entry.type) return entry.name;
  return "";
}

struct Entry {
  TensorBlob tensor;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Unexpected corrupt(const std::string& what) {
  return fail(ErrorCode::corruptData, what + "; the file is damaged or not safetensors, fetch it again");
}

Result<std::uint64_t> byteCount(const std::vector<std::int64_t>& shape, DType type, const std::string& name) {
  std::uint64_t bytes = bytesPerElement(type);
  bool empty = false;
  for (const std::int64_t extent : shape) {
    if (extent == 0) {
      empty = true;
      continue;
    }
    if (bytes > std::numeric_limits<std::int64_t>::max() / static_cast<std::uint64_t>(extent))
      return corrupt("tensor " + name + ": its shape is too large for any memory");
    bytes *= static_cast<std::uint64_t>(extent);
  }
  return empty ? 0 : bytes;
}

Result<Entry> parseEntry(const std::string& name, const Json& value, std::uint64_t dataBytes) {
  if (!value.is_object() || !value.contains("dtype") || !value.contains("shape") || !value.contains("data_offsets"))
    return corrupt("tensor " + name + ": dtype, shape or data_offsets missing");
  if (!value["dtype"].is_string()) return corrupt("tensor " + name + ": dtype is not a string");
  const auto type = typeNamed(value["dtype"].get<std::string>());
  if (!type)
    return fail(ErrorCode::unsupported,
                "tensor " + name + ": type " + value["dtype"].get<std::string>() + " is not known here");
  Entry entry;
  entry.tensor.name = name;
  entry.tensor.dtype = *type;
  if (!value["shape"].is_array()) return corrupt("tensor " + name + ": shape is not a list");
  for (const Json& extent : value["shape"]) {
    if (!extent.is_number_unsigned() || extent.get<std::uint64_t>() > std::numeric_limits<std::int64_t>::max())
      return corrupt("tensor " + name + ": shape holds something that is no size");
    entry.tensor.shape.push_back(extent.get<std::int64_t>());
  }
  const Json& offsets = value["data_offsets"];
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned())
    return corrupt("tensor " + name + ": data_offsets is not a pair of numbers");
  entry.begin = offsets[0].get<std::uint64_t>();
  entry.end = offsets[1].get<std::uint64_t>();
  if (entry.begin > entry.end || entry.end > dataBytes) return corrupt("tensor " + name + ": its data lie outside the file");
  const auto bytes = byteCount(entry.tensor.shape, entry.tensor.dtype, name);
  if (!bytes) return fail(bytes.error());
  if (*bytes != entry.end - entry.begin) return corrupt("tensor " + name + ": its shape and its data disagree in size");
  return entry;
}

Result<void> checkOverlap(const std::vector<Entry>& entries) {
  std::vector<const Entry*> byBegin;
  for (const Entry& entry : entries)
    if (entry.begin != entry.end) byBegin.push_back(&entry);
  std::sort(byBegin.begin(), byBegin.end(), [](const Entry* a, const Entry* b) { return a->begin < b->begin; });
  for (std::size_t i = 1; i < byBegin.size(); ++i)
    if (byBegin[i]->begin < byBegin[i - 1]->end)
      return corrupt("tensors " + byBegin[i - 1]->tensor.name + " and " + byBegin[i]->tensor.name + " overlap");
  return {};
}

// nlohmann keeps the last of two equal keys in silence; a file that names a tensor twice must be refused.
std::optional<std::string> duplicateName(const std::string& header) {
  std::set<std::string> seen;
  std::optional<std::string> duplicate;
  Json::parser_callback_t watch = [&](int depth, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::key && depth == 1 && !seen.insert(parsed.get<std::string>()).second)
      duplicate = parsed.get<std::string>();
    return true;
  };
  (void)Json::parse(header, watch, false);
  return duplicate;
}

Result<std::vector<Entry>> parseHeader(const std::string& header, std::uint64_t dataBytes, TensorFile& file) {
  // A header this deep is an attack on the parser's stack; ours has two levels.
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (quoted && header[i] == '\\') ++i;
    else if (header[i] == '"') quoted = !quoted;
    else if (!quoted && (header[i] == '{' || header[i] == '[') && ++depth > 8) return corrupt("header nested too deeply");
    else if (!quoted && (header[i] == '}' || header[i] == ']')) --depth;
  }
  const Json json = Json::parse(header, nullptr, false);
  if (json.is_discarded() || !json.is_object()) return corrupt("header is not JSON");
  if (const auto twice = duplicateName(header)) return corrupt("tensor " + *twice + " is named twice");
  std::vector<Entry> entries;
  for (const auto& [name, value] : json.items()) {
    if (name == "__metadata__") {
      if (!value.is_object()) return corrupt("__metadata__ is not an object");
      for (const auto& [key, text] : value.items()) {
        if (!text.is_string()) return corrupt("__metadata__." + key + " is not a string");
        file.metadata[key] = text.get<std::string>();
      }
      continue;
    }
    auto entry = parseEntry(name, value, dataBytes);
    if (!entry) return fail(entry.error());
    entries.push_back(std::move(*entry));
  }
  if (auto apart = checkOverlap(entries); !apart) return fail(apart.error());
  return entries;
}

Result<TensorFile> readFrom(std::ifstream& in, std::uint64_t fileBytes) {
  std::uint64_t headerBytes = 0;
  if (fileBytes < 8 || !in.read(reinterpret_cast<char*>(&headerBytes), 8)) return corrupt("shorter than a header");
  if (headerBytes > kMaxHeaderBytes || headerBytes > fileBytes - 8) return corrupt("header longer than the file");
  std::string header(headerBytes, '\0');
  if (!in.read(header.data(), static_cast<std::streamsize>(headerBytes))) return corrupt("header cut off");
  TensorFile file;
  auto entries = parseHeader(header, fileBytes - 8 - headerBytes, file);
  if (!entries) return fail(entries.error());
  for (Entry& entry : *entries) {
    entry.tensor.bytes.resize(entry.end - entry.begin);
    in.seekg(static_cast<std::streamoff>(8 + headerBytes + entry.begin));
    if (!entry.tensor.bytes.empty() &&
        !in.read(reinterpret_cast<char*>(entry.tensor.bytes.data()), static_cast<std::streamsize>(entry.tensor.bytes.size())))
      return fail(ErrorCode::io, "tensor " + entry.tensor.name + ": reading failed");
    file.tensors.push_back(std::move(entry.tensor));
  }
  return file;
}

}  // namespace

Result<TensorFile> readSafetensors(const std::filesystem::path& path) {
  std::error_code ec;
  if (!std::filesystem::is_regular_file(path, ec))
    return fail(ErrorCode::notFound, path.string() + ": no such file; check the path");
  const std::uint64_t bytes = std::filesystem::file_size(path, ec);
  std::ifstream in(path, std::ios::binary);
  if (ec || !in) return fail(ErrorCode::io, path.string() + ": cannot be read; check its permissions");
  auto file = readFrom(in, bytes);
  if (!file) return fail(file.error(), path.string());
  return file;
}

Result<void> writeSafetensors(const std::filesystem::path& path, const TensorFile& file) {
  Json header = Json::object();
  if (!file.metadata.empty()) header["__metadata__"] = file.metadata;
  std::uint64_t offset = 0;
  for (const TensorBlob& tensor : file.tensors) {
    const auto bytes = byteCount(tensor.shape, tensor.dtype, tensor.name);
    if (!bytes) return fail(bytes.error());
    CHLADNI_ASSERT(*bytes == tensor.bytes.size());
    header[tensor.name] = {{"dtype", nameOf(tensor.dtype)},
                           {"shape", tensor.shape},
                           {"data_offsets", {offset, offset + tensor.bytes.size()}}};
    offset += tensor.bytes.size();
  }
  std::string text = header.dump(-1, ' ', false, Json::error_handler_t::replace);
  text.resize((text.size() + 7) / 8 * 8, ' ');
  const std::uint64_t headerBytes = text.size();
  auto out = AtomicFile::create(path);
  if (!out) return fail(out.error());
  if (auto done = out->write(&headerBytes, 8); !done) return done;
  if (auto done = out->write(text); !done) return done;
  for (const TensorBlob& tensor : file.tensors)
    if (auto done = out->write(tensor.bytes.data(), tensor.bytes.size()); !done) return done;
  return out->commit();
}

}  // namespace chladni::serial

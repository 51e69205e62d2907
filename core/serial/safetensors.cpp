#include "core/serial/safetensors.h"

#include <algorithm>
#include <bit>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <new>
#include <numeric>
#include <set>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "core/serial/safetensors_header.h"

static_assert(std::endian::native == std::endian::little, "tensors are read and written without swapping bytes");

namespace chladni::serial {

namespace {

constexpr std::uint64_t kLengthBytes = 8;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

Unexpected unreadable(const std::string& origin) {
  return fail(ErrorCode::io, origin + ": reading failed (" + std::strerror(errno) + ")");
}

Unexpected outOfMemory(const std::string& origin) {
  return fail(ErrorCode::outOfMemory, origin + ": not enough memory to read it");
}

Unexpected tooShort(const std::string& origin) {
  return fail(ErrorCode::corruptData, origin + ": not a safetensors file (shorter than 8 bytes)");
}

Result<std::uint64_t> headerLength(const unsigned char (&bytes)[kLengthBytes], std::uint64_t fileBytes,
                                   const std::string& origin) {
  std::uint64_t length = 0;
  std::memcpy(&length, bytes, sizeof length);
  if (length > kMaxSafetensorsHeader || length > fileBytes - kLengthBytes)
    return fail(ErrorCode::corruptData, origin + ": not a safetensors file, or cut off (it announces a header of " +
                                            std::to_string(length) + " bytes in a file of " +
                                            std::to_string(fileBytes) + ")");
  return length;
}

TensorBlob blobOf(SafetensorsEntry& entry) {
  TensorBlob blob{std::move(entry.name), entry.dtype, std::move(entry.shape), {}};
  blob.bytes.resize(entry.size);
  return blob;
}

Result<TensorFile> readOpen(std::FILE* file, std::uint64_t fileBytes, const std::string& origin) {
  unsigned char length[kLengthBytes];
  if (fileBytes < kLengthBytes) return tooShort(origin);
  if (std::fread(length, 1, kLengthBytes, file) != kLengthBytes) return unreadable(origin);
  const auto headerBytes = headerLength(length, fileBytes, origin);
  if (!headerBytes) return fail(headerBytes.error());
  std::string json(*headerBytes, '\0');
  if (std::fread(json.data(), 1, json.size(), file) != json.size()) return unreadable(origin);
  auto header = parseSafetensorsHeader(json, fileBytes - kLengthBytes - *headerBytes, origin);
  if (!header) return fail(header.error());
  json = {};

  TensorFile result;
  result.metadata = std::move(header->metadata);
  result.tensors.reserve(header->entries.size());
  const auto dataStart = kLengthBytes + *headerBytes;
  for (auto& entry : header->entries) {
    const auto offset = static_cast<off_t>(dataStart + entry.offset);
    TensorBlob blob = blobOf(entry);
    if (::fseeko(file, offset, SEEK_SET) != 0 ||
        std::fread(blob.bytes.data(), 1, blob.bytes.size(), file) != blob.bytes.size())
      return unreadable(origin);
    result.tensors.push_back(std::move(blob));
  }
  return result;
}

Result<std::string> headerText(const TensorFile& file, const std::vector<std::uint64_t>& offsets,
                               const std::string& origin) {
  JsonValue header = JsonValue::object();
  if (!file.metadata.empty()) {
    JsonValue metadata = JsonValue::object();
    for (const auto& [key, text] : file.metadata) metadata.set(key, text);
    header.set("__metadata__", std::move(metadata));
  }
  std::set<std::string> names{"__metadata__"};
  for (std::size_t i = 0; i < file.tensors.size(); ++i) {
    const TensorBlob& tensor = file.tensors[i];
    if (!names.insert(tensor.name).second || tensor.name.find('\0') != std::string::npos)
      return fail(ErrorCode::invalidArgument,
                  origin + ": tensor " + printable(tensor.name) + ": the name is taken or not allowed");
    const auto wanted = tensorBytes(tensor.dtype, tensor.shape);
    if (!wanted || *wanted != tensor.bytes.size())
      return fail(ErrorCode::invalidArgument,
                  origin + ": tensor " + printable(tensor.name) + ": its bytes do not fill its shape");
    JsonValue entry = JsonValue::object();
    entry.set("dtype", safetensorsName(tensor.dtype));
    entry.set("shape", JsonValue::arrayOf(tensor.shape));
    const auto begin = static_cast<std::int64_t>(offsets[i]);
    entry.set("data_offsets", JsonValue::Array{begin, begin + static_cast<std::int64_t>(tensor.bytes.size())});
    header.set(tensor.name, std::move(entry));
  }
  std::string text = header.text();
  text.append((8 - text.size() % 8) % 8, ' ');
  return text;
}

}  // namespace

Result<TensorFile> readSafetensors(const std::filesystem::path& path) {
  const std::string origin = path.string();
  std::error_code ec;
  const auto status = std::filesystem::status(path, ec);
  if (!std::filesystem::exists(status)) return fail(ErrorCode::notFound, origin + ": no such file; check the path");
  if (!std::filesystem::is_regular_file(status))
    return fail(ErrorCode::notFound, origin + ": is not a file; give a .safetensors file");
  const File file(std::fopen(path.c_str(), "rb"));
  if (!file) return fail(ErrorCode::io, origin + ": cannot be read (" + std::strerror(errno) + ")");
  const auto size = std::filesystem::file_size(path, ec);
  if (ec) return fail(ErrorCode::io, origin + ": cannot be read (" + ec.message() + ")");
  try {
    return readOpen(file.get(), size, origin);
  } catch (const std::bad_alloc&) {
    return outOfMemory(origin);
  }
}

Result<TensorFile> parseSafetensors(std::span<const std::byte> bytes, const std::string& origin) {
  if (bytes.size() < kLengthBytes) return tooShort(origin);
  unsigned char length[kLengthBytes];
  std::memcpy(length, bytes.data(), kLengthBytes);
  const auto headerBytes = headerLength(length, bytes.size(), origin);
  if (!headerBytes) return fail(headerBytes.error());
  const auto* text = reinterpret_cast<const char*>(bytes.data() + kLengthBytes);
  const auto data = bytes.subspan(kLengthBytes + *headerBytes);
  auto header = parseSafetensorsHeader({text, *headerBytes}, data.size(), origin);
  if (!header) return fail(header.error());
  TensorFile result;
  result.metadata = std::move(header->metadata);
  for (auto& entry : header->entries) {
    const auto source = data.subspan(entry.offset, entry.size);
    TensorBlob blob = blobOf(entry);
    std::copy(source.begin(), source.end(), blob.bytes.begin());
    result.tensors.push_back(std::move(blob));
  }
  return result;
}

Result<void> writeSafetensors(const std::filesystem::path& path, const TensorFile& file) {
  // Widest elements first, so that every tensor starts at a multiple of its element size.
  std::vector<std::size_t> order(file.tensors.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return bytesPerElement(file.tensors[a].dtype) > bytesPerElement(file.tensors[b].dtype);
  });
  std::vector<std::uint64_t> offsets(order.size());
  std::uint64_t next = 0;
  for (const auto i : order) {
    offsets[i] = next;
    next += file.tensors[i].bytes.size();
  }
  const auto header = headerText(file, offsets, path.string());
  if (!header) return fail(header.error());
  auto out = AtomicFile::create(path);
  if (!out) return fail(out.error());
  const std::uint64_t length = header->size();
  if (auto ok = out->write(&length, sizeof length); !ok) return ok;
  if (auto ok = out->write(*header); !ok) return ok;
  for (const auto i : order)
    if (auto ok = out->write(file.tensors[i].bytes.data(), file.tensors[i].bytes.size()); !ok) return ok;
  return out->commit();
}

}  // namespace chladni::serial

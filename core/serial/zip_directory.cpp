#include "core/serial/zip_directory.h"

#include <algorithm>
#include <cstring>
#include <vector>

#include "core/serial/json_value.h"

namespace chladni::serial {

namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50, kCentralHeader = 0x02014b50, kEnd = 0x06054b50;
constexpr std::uint32_t kEnd64 = 0x06064b50, kEnd64Locator = 0x07064b50;
constexpr std::size_t kEndBytes = 22, kLocatorBytes = 20, kEnd64Bytes = 56, kCentralBytes = 46, kLocalBytes = 30;
constexpr std::size_t kMaxComment = 65'535;
constexpr std::uint64_t kMaxDirectoryBytes = std::uint64_t{256} << 20;
constexpr std::uint16_t kZip64Field = 1;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;

template <class Integer>
Integer little(const std::byte* at) {
  Integer value;
  std::memcpy(&value, at, sizeof value);
  return value;
}

Unexpected broken(const ByteSource& source, const std::string& why) {
  return fail(ErrorCode::corruptData, source.origin() + ": broken zip file (" + why + "); is it cut off?");
}

struct DirectoryPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
};

// `end` is the file offset of the end record.
Result<DirectoryPlace> readEnd64(const ByteSource& source, std::uint64_t end, DirectoryPlace place) {
  if (end < kLocatorBytes) return place;
  std::byte locator[kLocatorBytes];
  if (auto ok = source.read(end - kLocatorBytes, locator); !ok) return fail(ok.error());
  if (little<std::uint32_t>(locator) != kEnd64Locator) return place;
  std::byte record[kEnd64Bytes];
  if (auto ok = source.read(little<std::uint64_t>(locator + 8), record); !ok) return fail(ok.error());
  if (little<std::uint32_t>(record) != kEnd64) return broken(source, "no ZIP64 end record where one is announced");
  return DirectoryPlace{little<std::uint64_t>(record + 48), little<std::uint64_t>(record + 40),
                        little<std::uint64_t>(record + 32)};
}

Result<DirectoryPlace> findDirectory(const ByteSource& source) {
  const std::uint64_t total = source.size();
  const std::size_t tail = static_cast<std::size_t>(std::min<std::uint64_t>(total, kEndBytes + kMaxComment));
  std::vector<std::byte> bytes(tail);
  if (auto ok = source.read(total - tail, bytes); !ok) return fail(ok.error());
  for (std::size_t at = tail >= kEndBytes ? tail - kEndBytes + 1 : 0; at-- > 0;) {
    const std::byte* record = bytes.data() + at;
    if (little<std::uint32_t>(record) != kEnd) continue;
    if (at + kEndBytes + little<std::uint16_t>(record + 20) != tail) continue;  // the comment reaches the end
    const DirectoryPlace place{little<std::uint32_t>(record + 16), little<std::uint32_t>(record + 12),
                               little<std::uint16_t>(record + 10)};
    return readEnd64(source, total - tail + at, place);
  }
  return broken(source, "no end record");
}

// Values that do not fit the central header stand in the ZIP64 field, in this order, each only where needed.
bool readZip64Field(const std::byte* extra, std::size_t bytes, ZipEntry& entry, std::uint64_t& stored, bool needsSize,
                    bool needsStored, bool needsOffset) {
  while (bytes >= 4) {
    const std::size_t size = little<std::uint16_t>(extra + 2);
    if (size > bytes - 4) return false;
    if (little<std::uint16_t>(extra) == kZip64Field) {
      const std::byte* at = extra + 4;
      std::size_t left = size;
      const auto take = [&](bool wanted, std::uint64_t& value) {
        if (!wanted) return true;
        if (left < 8) return false;
        value = little<std::uint64_t>(at);
        at += 8;
        left -= 8;
        return true;
      };
      return take(needsSize, entry.size) && take(needsStored, stored) && take(needsOffset, entry.headerOffset);
    }
    extra += 4 + size;
    bytes -= 4 + size;
  }
  return !(needsSize || needsStored || needsOffset);
}

Result<void> readEntry(const ByteSource& source, std::span<const std::byte>& rest, ZipDirectory& directory) {
  if (rest.size() < kCentralBytes || little<std::uint32_t>(rest.data()) != kCentralHeader)
    return broken(source, "its directory ends early");
  const std::byte* at = rest.data();
  const std::size_t nameBytes = little<std::uint16_t>(at + 28), extraBytes = little<std::uint16_t>(at + 30);
  const std::size_t whole = kCentralBytes + nameBytes + extraBytes + little<std::uint16_t>(at + 32);
  if (rest.size() < whole) return broken(source, "its directory ends early");
  ZipEntry entry;
  entry.encrypted = (little<std::uint16_t>(at + 8) & 1U) != 0;
  entry.method = little<std::uint16_t>(at + 10);
  std::uint64_t stored = little<std::uint32_t>(at + 20);
  entry.size = little<std::uint32_t>(at + 24);
  entry.headerOffset = little<std::uint32_t>(at + 42);
  std::string name(reinterpret_cast<const char*>(at + kCentralBytes), nameBytes);
  if (!readZip64Field(at + kCentralBytes + nameBytes, extraBytes, entry, stored, entry.size == kIn64, stored == kIn64,
                      entry.headerOffset == kIn64))
    return broken(source, "entry " + printable(name) + " lacks its 64-bit sizes");
  if (entry.method == 0 && stored != entry.size)
    return broken(source, "entry " + printable(name) + " has two sizes");
  if (!directory.emplace(name, entry).second) return broken(source, "entry " + printable(name) + " is there twice");
  rest = rest.subspan(whole);
  return {};
}

}  // namespace

Result<ZipDirectory> readZipDirectory(const ByteSource& source) {
  const auto place = findDirectory(source);
  if (!place) return fail(place.error());
  if (place->size > kMaxDirectoryBytes || place->entries > place->size / kCentralBytes)
    return broken(source, "its directory has no sane size");
  if (place->offset > source.size() || place->size > source.size() - place->offset)
    return broken(source, "its directory lies outside the file");
  std::vector<std::byte> bytes(place->size);
  if (auto ok = source.read(place->offset, bytes); !ok) return fail(ok.error());
  std::span<const std::byte> rest(bytes);
  ZipDirectory directory;
  for (std::uint64_t i = 0; i < place->entries; ++i)
    if (auto ok = readEntry(source, rest, directory); !ok) return fail(ok.error());
  return directory;
}

Result<std::uint64_t> locateZipEntry(const ByteSource& source, const std::string& name, const ZipEntry& entry) {
  if (entry.encrypted || entry.method != 0)
    return fail(ErrorCode::unsupported, source.origin() + ": zip entry " + printable(name) +
                                            " is compressed or encrypted, which torch.save never does; save it again");
  std::byte header[kLocalBytes];
  if (auto ok = source.read(entry.headerOffset, header); !ok) return fail(ok.error());
  if (little<std::uint32_t>(header) != kLocalHeader) return broken(source, "no entry " + printable(name));
  std::string local(little<std::uint16_t>(header + 26), '\0');
  if (auto ok = source.read(entry.headerOffset + kLocalBytes, std::as_writable_bytes(std::span(local))); !ok)
    return fail(ok.error());
  if (local != name) return broken(source, "entry " + printable(name) + " has two names");
  const std::uint64_t start = entry.headerOffset + kLocalBytes + local.size() + little<std::uint16_t>(header + 28);
  if (start > source.size() || entry.size > source.size() - start)
    return broken(source, "entry " + printable(name) + " lies outside the file");
  return start;
}

}  // namespace chladni::serial

// The central directory of a zip file, ZIP64 included, for files whose entries are stored uncompressed as torch.save
// writes them. Compressed or encrypted entries are listed but cannot be located. Private to core/serial.
// Fails with corruptData naming what does not add up, and with unsupported.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "core/base/result.h"
#include "core/serial/byte_source.h"

namespace chladni::serial {

struct ZipEntry {
  std::uint64_t headerOffset = 0;
  std::uint64_t size = 0;
  std::uint16_t method = 0;
  bool encrypted = false;
};

using ZipDirectory = std::map<std::string, ZipEntry>;

Result<ZipDirectory> readZipDirectory(const ByteSource& source);

// Where the entry's bytes begin, checked to lie inside the file.
Result<std::uint64_t> locateZipEntry(const ByteSource& source, const std::string& name, const ZipEntry& entry);

}  // namespace chladni::serial

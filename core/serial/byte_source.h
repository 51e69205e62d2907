// ByteSource: random access to the bytes of a file or of memory. Reads past the end fail instead of giving less.
// Private to core/serial. One thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "core/base/result.h"

namespace chladni::serial {

class ByteSource {
 public:
  explicit ByteSource(std::string origin) : origin_(std::move(origin)) {}
  virtual ~ByteSource() = default;
  [[nodiscard]] const std::string& origin() const { return origin_; }
  [[nodiscard]] virtual std::uint64_t size() const = 0;
  // Fills `out` from `offset`. Fails with corruptData past the end, with io when the system does.
  Result<void> read(std::uint64_t offset, std::span<std::byte> out) const;

 protected:
  // offset and out lie inside the source.
  virtual Result<void> readInside(std::uint64_t offset, std::span<std::byte> out) const = 0;

 private:
  std::string origin_;
};

// Borrows the bytes.
std::unique_ptr<ByteSource> memorySource(std::span<const std::byte> bytes, std::string origin);
// Fails with notFound for what is missing or no regular file, and with io.
Result<std::unique_ptr<ByteSource>> fileSource(const std::filesystem::path& path);

}  // namespace chladni::serial

// AtomicFile: an output file that appears whole or not at all. Bytes go to a neighbour with a temporary name; commit()
// flushes it to disk and renames it over the destination, whose permissions it keeps. Without commit() the neighbour is
// removed. A link stays one: the file that it leads to is replaced. A destination that is no file (a device, a pipe,
// /dev/stdout) is never replaced: the bytes wait in the folder for temporary files and commit() copies them into it,
// waiting for a pipe's reader. Not thread-safe. Fails with io (disk full, no permission) naming the path and the reason.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace chladni {

class AtomicFile {
 public:
  static Result<AtomicFile> create(const std::filesystem::path& destination);
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();

  Result<void> write(const void* data, std::size_t size);
  Result<void> write(std::string_view text) { return write(text.data(), text.size()); }
  // Replaces bytes already written, for headers that state a length; the next write() appends as before.
  Result<void> overwrite(std::int64_t offset, const void* data, std::size_t size);
  // The neighbour's path, for libraries that insist on opening the file themselves.
  [[nodiscard]] const std::filesystem::path& temporaryPath() const { return temporary_; }
  Result<void> commit();

 private:
  AtomicFile(std::filesystem::path destination, std::filesystem::path temporary, std::FILE* file, bool streamed);
  [[nodiscard]] Result<void> copyThrough() const;
  std::filesystem::path destination_;
  std::filesystem::path temporary_;
  std::FILE* file_ = nullptr;
  bool streamed_ = false;  // the destination is no file: written into, not replaced
};

// Writes all of `contents` atomically.
Result<void> writeFileAtomically(const std::filesystem::path& destination, std::string_view contents);

// Reads a whole file, refusing more than `maxBytes` before allocating. Fails with notFound (missing, a directory),
// io (unreadable) or corruptData (too large).
Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t maxBytes);

}  // namespace chladni

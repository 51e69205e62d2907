#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <random>
#include <system_error>

namespace chladni {

namespace {

std::string reason() { return std::strerror(errno); }

// A file that was not there, since another process may write into the folder, which in another container has the same
// number as this one. Its name is short and independent of the destination's, which may be as long as the file system allows.
std::FILE* openNeighbour(const std::filesystem::path& destination, std::filesystem::path& temporary) {
  constexpr int kAttempts = 100;
  std::random_device random;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    temporary = destination.parent_path() / (".chladni-" + std::to_string(::getpid()) + "-" + std::to_string(random()) + ".part");
    const int file = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file >= 0) return ::fdopen(file, "wb");
    if (errno != EEXIST) break;
  }
  return nullptr;
}

}  // namespace

AtomicFile::AtomicFile(std::filesystem::path destination, std::filesystem::path temporary, std::FILE* file)
    : destination_(std::move(destination)), temporary_(std::move(temporary)), file_(file) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : destination_(std::move(other.destination_)), temporary_(std::move(other.temporary_)), file_(other.file_) {
  other.file_ = nullptr;
  other.temporary_.clear();
}

AtomicFile::~AtomicFile() {
  if (file_) std::fclose(file_);
  if (!temporary_.empty()) {
    std::error_code ignored;
    std::filesystem::remove(temporary_, ignored);
  }
}

Result<AtomicFile> AtomicFile::create(const std::filesystem::path& destination) {
  std::error_code ec;
  if (std::filesystem::is_directory(destination, ec))
    return fail(ErrorCode::invalidArgument, destination.string() + ": is a folder; give a file name to write to");
  std::filesystem::path temporary;
  std::FILE* file = openNeighbour(destination, temporary);
  if (!file)
    return fail(ErrorCode::io, destination.string() + ": cannot be written (" + reason() + "); choose another folder");
  return AtomicFile(destination, std::move(temporary), file);
}

Result<void> AtomicFile::write(const void* data, std::size_t size) {
  CHLADNI_ASSERT(file_);
  if (size != 0 && std::fwrite(data, 1, size, file_) != size)
    return fail(ErrorCode::io, destination_.string() + ": writing failed (" + reason() + "); nothing was changed");
  return {};
}

Result<void> AtomicFile::overwrite(std::int64_t offset, const void* data, std::size_t size) {
  CHLADNI_ASSERT(file_);
  const bool done = ::fseeko(file_, static_cast<off_t>(offset), SEEK_SET) == 0 &&
                    std::fwrite(data, 1, size, file_) == size && ::fseeko(file_, 0, SEEK_END) == 0;
  if (!done) return fail(ErrorCode::io, destination_.string() + ": writing failed (" + reason() + "); nothing was changed");
  return {};
}

Result<void> AtomicFile::commit() {
  CHLADNI_ASSERT(file_);
  bool ok = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  ok = std::fclose(file_) == 0 && ok;
  file_ = nullptr;
  if (!ok)
    return fail(ErrorCode::io, destination_.string() + ": writing failed (" + reason() + "); nothing was changed");
  std::error_code ec;
  std::filesystem::rename(temporary_, destination_, ec);
  if (ec) return fail(ErrorCode::io, destination_.string() + ": cannot be replaced (" + ec.message() + ")");
  temporary_.clear();
  return {};
}

Result<void> writeFileAtomically(const std::filesystem::path& destination, std::string_view contents) {
  auto file = AtomicFile::create(destination);
  if (!file) return fail(file.error());
  if (auto written = file->write(contents); !written) return written;
  return file->commit();
}

Result<std::string> readFile(const std::filesystem::path& path, std::uintmax_t maxBytes) {
  std::error_code ec;
  const auto status = std::filesystem::status(path, ec);
  if (ec || !std::filesystem::exists(status))
    return fail(ErrorCode::notFound, path.string() + ": no such file; check the path");
  if (std::filesystem::is_directory(status))
    return fail(ErrorCode::notFound, path.string() + ": is a folder; give a file");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return fail(ErrorCode::io, path.string() + ": cannot be read (" + reason() + ")");
  std::string contents;
  char block[1 << 16];
  while (const std::size_t n = std::fread(block, 1, sizeof block, file)) {
    if (contents.size() + n > maxBytes) {
      std::fclose(file);
      return fail(ErrorCode::corruptData,
                  path.string() + ": larger than " + std::to_string(maxBytes) + " bytes, which is no sane size here");
    }
    contents.append(block, n);
  }
  const bool failed = std::ferror(file) != 0;
  std::fclose(file);
  if (failed) return fail(ErrorCode::io, path.string() + ": reading failed (" + reason() + ")");
  return contents;
}

}  // namespace chladni

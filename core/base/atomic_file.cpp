#include "core/base/atomic_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <memory>
#include <random>
#include <system_error>

namespace chladni {

namespace {

std::string reason() { return std::strerror(errno); }

namespace fs = std::filesystem;

Unexpected notWritten(const fs::path& destination) {
  return fail(ErrorCode::io, destination.string() + ": writing failed (" + reason() + "); nothing was changed; make room or choose another place");
}

// A file that a process has open, by the name that the kernel gives it (/dev/fd/3, and what /dev/stdout leads to): to be
// written into, whatever it is.
bool namesOpenFile(const fs::path& path) {
  std::error_code ec;
  return fs::canonical(fs::absolute(path, ec).parent_path(), ec).native().starts_with("/proc/");
}

fs::path pastLinks(fs::path path) {
  constexpr int kDeepest = 40;  // as the kernel follows them
  std::error_code ec;
  for (int depth = 0; depth < kDeepest && fs::is_symlink(path, ec) && !namesOpenFile(path); ++depth)
    path = path.parent_path() / fs::read_symlink(path, ec);
  return path;
}

bool isReplaceable(const fs::path& resolved) {
  std::error_code ec;
  return !fs::is_symlink(resolved, ec) && (!fs::exists(resolved, ec) || fs::is_regular_file(resolved, ec));
}

void keepPermissions(const fs::path& replaced, std::FILE* file) {
  struct stat old {};
  if (::stat(replaced.c_str(), &old) == 0) (void)::fchmod(::fileno(file), old.st_mode & 0777);
}

// A file that was not there, since another process may write into the folder, which in another container has the same
// number as this one. Its name is short and independent of the destination's, which may be as long as the file system allows.
std::FILE* openTemporary(const fs::path& folder, fs::path& temporary) {
  constexpr int kAttempts = 100;
  std::random_device random;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    temporary = folder / (".chladni-" + std::to_string(::getpid()) + "-" + std::to_string(random()) + ".part");
    const int file = ::open(temporary.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0666);
    if (file >= 0) return ::fdopen(file, "wb");
    if (errno != EEXIST) break;
  }
  return nullptr;
}

}  // namespace

AtomicFile::AtomicFile(fs::path destination, fs::path temporary, std::FILE* file, bool streamed)
    : destination_(std::move(destination)), temporary_(std::move(temporary)), file_(file), streamed_(streamed) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : destination_(std::move(other.destination_)), temporary_(std::move(other.temporary_)), file_(other.file_), streamed_(other.streamed_) {
  other.file_ = nullptr;
  other.temporary_.clear();
}

AtomicFile::~AtomicFile() {
  if (file_) std::fclose(file_);
  if (!temporary_.empty()) {
    std::error_code ignored;
    fs::remove(temporary_, ignored);
  }
}

Result<AtomicFile> AtomicFile::create(const fs::path& destination) {
  std::error_code ec;
  if (fs::is_directory(destination, ec))
    return fail(ErrorCode::invalidArgument, destination.string() + ": is a folder; give a file name to write to");
  const fs::path place = pastLinks(destination);
  const bool streamed = !isReplaceable(place);
  fs::path temporary;
  std::FILE* file = openTemporary(streamed ? fs::temp_directory_path(ec) : place.parent_path(), temporary);
  if (!file)
    return fail(ErrorCode::io, destination.string() + ": cannot be written (" + reason() + "); choose another folder");
  if (!streamed) keepPermissions(place, file);
  return AtomicFile(streamed ? destination : place, std::move(temporary), file, streamed);
}

Result<void> AtomicFile::write(const void* data, std::size_t size) {
  CHLADNI_ASSERT(file_);
  if (size != 0 && std::fwrite(data, 1, size, file_) != size) return notWritten(destination_);
  return {};
}

Result<void> AtomicFile::overwrite(std::int64_t offset, const void* data, std::size_t size) {
  CHLADNI_ASSERT(file_);
  const bool done = ::fseeko(file_, static_cast<off_t>(offset), SEEK_SET) == 0 &&
                    std::fwrite(data, 1, size, file_) == size && ::fseeko(file_, 0, SEEK_END) == 0;
  if (!done) return notWritten(destination_);
  return {};
}

Result<void> AtomicFile::commit() {
  CHLADNI_ASSERT(file_);
  bool ok = std::fflush(file_) == 0 && ::fsync(::fileno(file_)) == 0;
  ok = std::fclose(file_) == 0 && ok;
  file_ = nullptr;
  if (!ok) return notWritten(destination_);
  if (streamed_) return copyThrough();
  std::error_code ec;
  fs::rename(temporary_, destination_, ec);
  if (ec) return fail(ErrorCode::io, destination_.string() + ": cannot be replaced (" + ec.message() + ")");
  temporary_.clear();
  return {};
}

Result<void> AtomicFile::copyThrough() const {
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const File from(std::fopen(temporary_.c_str(), "rb"), &std::fclose);
  const int descriptor = ::open(destination_.c_str(), O_WRONLY | O_APPEND | O_CLOEXEC);
  File to(descriptor < 0 ? nullptr : ::fdopen(descriptor, "wb"), &std::fclose);
  bool ok = from && to;
  char block[1 << 16];
  while (ok) {
    const std::size_t size = std::fread(block, 1, sizeof block, from.get());
    if (size == 0) break;
    ok = std::fwrite(block, 1, size, to.get()) == size;
  }
  ok = ok && std::ferror(from.get()) == 0 && std::fflush(to.get()) == 0;
  if (!ok) return fail(ErrorCode::io, destination_.string() + ": writing failed (" + reason() + "); make room or choose another place");
  return {};
}

Result<void> writeFileAtomically(const fs::path& destination, std::string_view contents) {
  auto file = AtomicFile::create(destination);
  if (!file) return fail(file.error());
  if (auto written = file->write(contents); !written) return written;
  return file->commit();
}

Result<std::string> readFile(const fs::path& path, std::uintmax_t maxBytes) {
  std::error_code ec;
  const auto status = fs::status(path, ec);
  if (ec || !fs::exists(status))
    return fail(ErrorCode::notFound, path.string() + ": no such file; check the path");
  if (fs::is_directory(status))
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

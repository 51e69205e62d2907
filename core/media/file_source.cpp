#include "core/media/file_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

namespace chladni::media {

namespace {

constexpr int kBufferBytes = 64 * 1024;
constexpr std::size_t kLongestName = 100;

bool continuesUtf8(char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U; }

Unexpected openFailure(const std::string& name, int reason) {
  switch (reason) {
    case ENOENT:
    case ENOTDIR: return fail(ErrorCode::notFound, name + ": no such file; check the name and the folder");
    case EACCES:
    case EPERM: return fail(ErrorCode::io, name + ": no permission to read it; change its permissions or copy it");
    case ENAMETOOLONG: return fail(ErrorCode::notFound, name + ": the name is longer than the file system allows; shorten it");
    default: return fail(ErrorCode::io, name + ": cannot be opened (" + std::strerror(reason) + "); check the disk");
  }
}

}  // namespace

std::string displayName(const std::filesystem::path& path) {
  std::string name = path.has_filename() ? path.filename().string() : path.string();
  if (name.empty()) name = "(no name)";
  for (char& c : name)
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
  if (name.size() <= kLongestName) return name;
  std::size_t head = kLongestName / 2;
  while (head > 0 && continuesUtf8(name[head])) --head;
  std::size_t tail = name.size() - kLongestName / 2;
  while (tail < name.size() && continuesUtf8(name[tail])) ++tail;
  return name.substr(0, head) + "..." + name.substr(tail);
}

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path) {
  const std::string name = displayName(path);
  // O_NONBLOCK: opening a pipe without a writer must not wait; regular files ignore it.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return openFailure(name, errno);
  struct stat status = {};
  const bool known = ::fstat(descriptor, &status) == 0;
  std::unique_ptr<FileSource> source(new FileSource(descriptor, known ? status.st_size : 0));
  if (known && S_ISDIR(status.st_mode)) return fail(ErrorCode::notFound, name + ": is a folder; give a media file");
  if (!known || !S_ISREG(status.st_mode))
    return fail(ErrorCode::unsupported, name + ": is not a regular file; save the media to a file first");
  if (status.st_size == 0) return fail(ErrorCode::corruptData, name + ": the file is empty; copy or record it again");

  auto* buffer = static_cast<std::uint8_t*>(av_malloc(kBufferBytes));
  if (!buffer) return fail(ErrorCode::outOfMemory, name + ": not enough memory to read it; close other programs");
  source->io_.reset(avio_alloc_context(buffer, kBufferBytes, 0, source.get(), &read, nullptr, &seek));
  if (!source->io_) {
    av_free(buffer);
    return fail(ErrorCode::outOfMemory, name + ": not enough memory to read it; close other programs");
  }
  return source;
}

FileSource::~FileSource() {
  io_.reset();
  ::close(descriptor_);
}

bool FileSource::startsLikeMp4() const {
  std::array<char, 8> head{};
  if (::pread(descriptor_, head.data(), head.size(), 0) != static_cast<ssize_t>(head.size())) return false;
  const std::string_view kind(head.data() + 4, 4);
  return kind == "ftyp" || kind == "mdat" || kind == "moov" || kind == "free" || kind == "skip" || kind == "wide";
}

void FileSource::limit(std::optional<std::chrono::seconds> time) {
  deadline_.reset();
  if (time) deadline_ = std::chrono::steady_clock::now() + *time;
}

bool FileSource::late() const { return deadline_ && std::chrono::steady_clock::now() > *deadline_; }

AVIOInterruptCB FileSource::interruptCallback() { return {&interrupted, this}; }

int FileSource::interrupted(void* self) {
  const auto* source = static_cast<FileSource*>(self);
  return source->stopped() || source->late() ? 1 : 0;
}

int FileSource::read(void* self, std::uint8_t* buffer, int size) {
  auto* source = static_cast<FileSource*>(self);
  if (interrupted(self)) return AVERROR_EXIT;
  ssize_t got = 0;
  do {
    got = ::pread(source->descriptor_, buffer, static_cast<std::size_t>(size), source->offset_);
  } while (got < 0 && errno == EINTR);
  if (got < 0) {
    source->readError_ = errno;
    return AVERROR(EIO);
  }
  if (got == 0) return AVERROR_EOF;
  source->offset_ += got;
  return static_cast<int>(got);
}

std::int64_t FileSource::seek(void* self, std::int64_t offset, int whence) {
  auto* source = static_cast<FileSource*>(self);
  switch (whence & ~AVSEEK_FORCE) {
    case AVSEEK_SIZE: return source->size_;
    case SEEK_SET: break;
    case SEEK_CUR: offset += source->offset_; break;
    case SEEK_END: offset += source->size_; break;
    default: return AVERROR(EINVAL);
  }
  if (offset < 0) return AVERROR(EINVAL);
  source->offset_ = offset;
  return offset;
}

}  // namespace chladni::media

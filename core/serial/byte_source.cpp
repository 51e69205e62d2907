#include "core/serial/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace chladni::serial {

namespace {

class MemorySource final : public ByteSource {
 public:
  MemorySource(std::span<const std::byte> bytes, std::string origin) : ByteSource(std::move(origin)), bytes_(bytes) {}
  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

 protected:
  Result<void> readInside(std::uint64_t offset, std::span<std::byte> out) const override {
    const auto source = bytes_.subspan(offset, out.size());
    std::copy(source.begin(), source.end(), out.begin());
    return {};
  }

 private:
  std::span<const std::byte> bytes_;
};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

class FileSource final : public ByteSource {
 public:
  FileSource(std::FILE* file, std::uint64_t size, std::string origin)
      : ByteSource(std::move(origin)), file_(file), size_(size) {}
  [[nodiscard]] std::uint64_t size() const override { return size_; }

 protected:
  Result<void> readInside(std::uint64_t offset, std::span<std::byte> out) const override {
    if (::fseeko(file_.get(), static_cast<off_t>(offset), SEEK_SET) != 0 ||
        std::fread(out.data(), 1, out.size(), file_.get()) != out.size())
      return fail(ErrorCode::io, origin() + ": reading failed (" + std::strerror(errno) + ")");
    return {};
  }

 private:
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::uint64_t size_;
};

}  // namespace

Result<void> ByteSource::read(std::uint64_t offset, std::span<std::byte> out) const {
  if (offset > size() || out.size() > size() - offset)
    return fail(ErrorCode::corruptData, origin_ + ": ends before what it announces; is it cut off?");
  return out.empty() ? Result<void>{} : readInside(offset, out);
}

std::unique_ptr<ByteSource> memorySource(std::span<const std::byte> bytes, std::string origin) {
  return std::make_unique<MemorySource>(bytes, std::move(origin));
}

Result<std::unique_ptr<ByteSource>> fileSource(const std::filesystem::path& path) {
  std::error_code ec;
  const auto status = std::filesystem::status(path, ec);
  if (!std::filesystem::exists(status))
    return fail(ErrorCode::notFound, path.string() + ": no such file; check the path");
  if (!std::filesystem::is_regular_file(status))
    return fail(ErrorCode::notFound, path.string() + ": is not a file; give the file itself");
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) return fail(ErrorCode::io, path.string() + ": cannot be read (" + std::strerror(errno) + ")");
  const auto size = std::filesystem::file_size(path, ec);
  std::unique_ptr<ByteSource> source = std::make_unique<FileSource>(file, ec ? 0 : size, path.string());
  if (ec) return fail(ErrorCode::io, path.string() + ": cannot be read (" + ec.message() + ")");
  return source;
}

}  // namespace chladni::serial

#include "core/analysis/file_identity.h"

#include <fstream>
#include <system_error>

#include "core/serial/sha256.h"

namespace chladni::analysis {

namespace {
constexpr std::uintmax_t kChunk = 64 << 10;
constexpr std::uintmax_t kChunks = 16;
}  // namespace

Result<FileIdentity> FileIdentity::of(const std::filesystem::path& path) {
  FileIdentity identity;
  std::error_code error;
  identity.path_ = path;
  identity.bytes_ = std::filesystem::file_size(path, error);
  if (!error) identity.changed_ = std::filesystem::last_write_time(path, error);
  if (error) return fail(ErrorCode::io, path.string() + ": " + error.message());
  return identity;
}

Result<void> FileIdentity::unchanged() const {
  auto now = of(path_);
  if (!now) return fail(ErrorCode::io, path_.string() + ": the file is gone; put it back or open another");
  if (now->bytes_ != bytes_ || now->changed_ != changed_)
    return fail(ErrorCode::io, path_.string() + ": the file was changed by another program; open it again");
  return {};
}

Result<std::string> FileIdentity::contentKey() const {
  std::ifstream file(path_, std::ios::binary);
  std::string bytes = std::to_string(bytes_) + ":" + std::to_string(changed_.time_since_epoch().count()) + ":";
  std::string chunk(kChunk, '\0');
  const std::uintmax_t span = bytes_ > kChunk ? bytes_ - kChunk : 0;
  for (std::uintmax_t i = 0; i < kChunks; ++i) {
    file.clear();
    file.seekg(static_cast<std::streamoff>(span / (kChunks - 1) * i));
    file.read(chunk.data(), static_cast<std::streamsize>(kChunk));
    bytes.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
    if (span == 0) break;
  }
  if (file.bad()) return fail(ErrorCode::io, path_.string() + ": cannot be read");
  return serial::sha256OfText(bytes);
}

}  // namespace chladni::analysis

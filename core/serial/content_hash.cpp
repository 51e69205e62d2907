#include "core/serial/content_hash.h"

#include <fstream>
#include <system_error>

#include "core/serial/sha256.h"

namespace chladni::serial {

namespace {
constexpr std::uintmax_t kChunk = 64 << 10;
constexpr std::uintmax_t kChunks = 16;
}  // namespace

Result<std::string> contentHash(const std::filesystem::path& path, std::string_view salt) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(path, error);
  if (error) return fail(ErrorCode::io, path.string() + ": " + error.message());
  std::ifstream file(path, std::ios::binary);
  if (!file) return fail(ErrorCode::io, path.string() + ": cannot be read");
  std::string bytes = std::to_string(size) + ":" + std::string(salt);
  std::string chunk(kChunk, '\0');
  const std::uintmax_t span = size > kChunk ? size - kChunk : 0;
  for (std::uintmax_t i = 0; i < kChunks; ++i) {
    file.clear();
    file.seekg(static_cast<std::streamoff>(span / (kChunks - 1) * i));
    file.read(chunk.data(), static_cast<std::streamsize>(kChunk));
    bytes.append(chunk.data(), static_cast<std::size_t>(file.gcount()));
    if (span == 0) break;
  }
  if (file.bad()) return fail(ErrorCode::io, path.string() + ": cannot be read");
  return sha256OfText(bytes);
}

}  // namespace chladni::serial

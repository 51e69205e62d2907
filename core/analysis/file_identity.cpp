#include "core/analysis/file_identity.h"

#include <system_error>

#include "core/serial/content_hash.h"

namespace chladni::analysis {

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
  return serial::contentHash(path_, std::to_string(changed_.time_since_epoch().count()) + ":");
}

}  // namespace chladni::analysis

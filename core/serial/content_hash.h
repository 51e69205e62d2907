// A quick hash of what a file holds: its size and 16 chunks of 64 KiB spread over it, the first and the last among them,
// with `salt` before them. A full hash of a file of many gigabytes would cost more than what it saves; two files that
// differ elsewhere only are taken for one. Fails with io. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace chladni::serial {

Result<std::string> contentHash(const std::filesystem::path& path, std::string_view salt = {});

}  // namespace chladni::serial

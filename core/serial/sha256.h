// SHA-256 of a file or of a text, as 64 lower-case hexadecimal digits. Files are read in blocks, so any size will do.
// Fails with notFound, io, or cancelled when `stop` was requested between two blocks. Any thread.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace chladni::serial {

Result<std::string> sha256OfFile(const std::filesystem::path& path, std::stop_token stop = {});
std::string sha256OfText(std::string_view text);
// 64 hexadecimal digits of either case.
bool isSha256(std::string_view text);

}  // namespace chladni::serial

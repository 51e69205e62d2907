// Writing 8-bit PNG files from bytes, rows top to bottom without padding. Atomic. Any thread.
// Fails with invalidArgument (a size that PNG cannot hold, bytes that do not fill it) or io.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "core/base/result.h"

namespace chladni::serial {

enum class PngPixels { grey, rgb };  // 1 or 3 bytes each

// The bytes of such a file.
Result<std::string> encodePng(std::int64_t width, std::int64_t height, PngPixels pixels, std::span<const std::uint8_t> bytes);

Result<void> writePng(const std::filesystem::path& path, std::int64_t width, std::int64_t height, PngPixels pixels,
                      std::span<const std::uint8_t> bytes);

}  // namespace chladni::serial

// Text files to UTF-8: as it is, with a byte order mark, or UTF-16 with one (Praat writes that). Private to
// core/annotation. Fails with corruptData naming line and column of what is no text.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace chladni::annotation {

// Without the mark. `storage` holds what had to be converted.
Result<std::string_view> toUtf8(std::string_view bytes, const std::string& origin, std::string& storage);

}  // namespace chladni::annotation

// Small readers of text that the formats of data sets share. Private to core/datasets. Pure functions; any thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace chladni::datasets {

// The largest table or list that is read whole.
inline constexpr std::uintmax_t kMaxTextBytes = std::uintmax_t{1} << 30;

// Without what is blank at both ends.
std::string_view trimmed(std::string_view text);
// Parts between separators, trimmed; empty parts are left out.
std::vector<std::string> parts(std::string_view text, char separator);

// All of the text is one finite number, written with a point.
std::optional<double> numberOf(std::string_view text);
std::optional<std::int64_t> wholeOf(std::string_view text);

// "origin: line 12: why", as corruptData.
Unexpected wrongLine(const std::string& origin, std::int64_t line, const std::string& why);

// `name` as a path below `folder`, unless it is absolute. Fails with invalidArgument for a NUL byte.
Result<std::filesystem::path> below(const std::filesystem::path& folder, std::string_view name);

}  // namespace chladni::datasets

// JSON of label files: bounded in memory, and errors of its fields with line and column. Private to core/annotation.
#pragma once

#include <string>
#include <string_view>

#include "core/serial/json_value.h"

namespace chladni::annotation {

Result<serial::JsonValue> parseLabelJson(std::string_view text, const std::string& origin);

// The error of a JsonField, whose message begins with a path such as "tracks[3].name", as corruptData at the place in
// the text that the path leads to; what is missing is reported where its owner begins.
Unexpected wrongJson(const Error& error, std::string_view text, const std::string& origin);

}  // namespace chladni::annotation

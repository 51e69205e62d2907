// Attributes of a label as one line: "call=alarm;sex=female". A backslash keeps ";", "=" and itself from meaning anything.
// Pure functions; what is written reads back equal.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace chladni::annotation {

using Attributes = std::vector<std::pair<std::string, std::string>>;

// Each ends with `end`, which begins with ";".
std::string attributesText(const Attributes& attributes, std::string_view end = ";");
// A part without "=" is a key with an empty value; empty parts are none.
Attributes attributesFrom(std::string_view text);

}  // namespace chladni::annotation

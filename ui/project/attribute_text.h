// Attributes of a label as one line that a person can edit: "call=alarm; sex=female". A backslash keeps ";", "=" and itself
// from meaning anything. Pure functions.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace chladni::ui {

using Attributes = std::vector<std::pair<std::string, std::string>>;

std::string attributeText(const Attributes& attributes);
// A part without "=" is a key with an empty value; empty parts are none.
Attributes attributesFrom(const std::string& text);

}  // namespace chladni::ui

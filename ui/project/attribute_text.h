// Attributes of a label as one line that a person can edit: "call=alarm; sex=female"; spaces around a key or a value do
// not count. Pure functions.
#pragma once

#include <string>

#include "core/annotation/attributes.h"

namespace chladni::ui {

std::string attributeText(const annotation::Attributes& attributes);
annotation::Attributes attributesFrom(const std::string& text);

}  // namespace chladni::ui

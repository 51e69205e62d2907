// Character references of HTML in text: numbers of either kind, and the names of Latin 1 and of common punctuation. What is no
// reference stays as it is written. Private to core/annotation. Pure.
#pragma once

#include <string>
#include <string_view>

namespace chladni::annotation {

std::string withoutEntities(std::string_view text);
// The three characters that mean something in WebVTT.
std::string withEntities(std::string_view text);

}  // namespace chladni::annotation

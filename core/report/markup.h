// Text from files made fit for HTML and SVG: valid UTF-8 without control characters, markup escaped. Pure.
#pragma once

#include <string>
#include <string_view>

namespace chladni::report {

// Bytes that are not UTF-8, and characters that markup may not hold, become U+FFFD; line ends and tabs become spaces.
std::string plain(std::string_view text);
// plain(), with & < > " ' escaped: for content and for quoted attributes.
std::string escaped(std::string_view text);

}  // namespace chladni::report

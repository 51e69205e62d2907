// UTF-8 to code points and back. Decoding drops what is not well-formed (stray and missing continuation bytes, overlong
// forms, surrogates, beyond U+10FFFF), as Python's "ignore" does. Never fails; any thread may call.
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace chladni::text {

constexpr char32_t kNoCodePoint = 0xFFFFFFFF;

// The code point at `at` and how many bytes it takes; kNoCodePoint with 1 when no well-formed one begins there.
// Precondition: at < utf8.size().
std::pair<char32_t, std::size_t> codePointAt(std::string_view utf8, std::size_t at);

std::u32string decodeUtf8(std::string_view utf8);
void appendUtf8(std::string& to, char32_t codePoint);
std::string encodeUtf8(std::u32string_view codePoints);

}  // namespace chladni::text

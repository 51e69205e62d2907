// What the tokeniser asks about characters, by the tables of Unicode 14 whatever the installed library knows: newer
// characters count as unassigned, so that the same text gives the same tokens everywhere. Private to core/text.
#pragma once

#include <string>
#include <string_view>

namespace chladni::text {

bool isDropped(char32_t c);      // nothing, the replacement character, controls and format characters but tab, LF, CR
bool isGap(char32_t c);          // tab, LF, CR and the space separators: become a plain space
bool isWhitespace(char32_t c);   // everything that separates words, line and paragraph separators included
bool isIdeograph(char32_t c);    // Chinese characters; not kana, not Hangul
bool isPunctuation(char32_t c);  // all of ASCII's signs, and the categories that start with P

// Lower case by the full mapping, with the rule of the final sigma inside this piece.
std::u32string toLower(std::u32string_view piece);
// Canonical decomposition, then without non-spacing marks.
std::u32string withoutAccents(std::u32string_view piece);

}  // namespace chladni::text

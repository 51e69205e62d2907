// What texts of a format may hold, and the nearest text that obeys. Private to core/annotation. Pure; any thread.
#pragma once

#include <string>
#include <string_view>

namespace chladni::annotation {

enum class TextRule {
  any,      // valid UTF-8
  noNul,    // no NUL: U+FFFD stands for it
  xml,      // characters that XML 1.0 may hold, else U+FFFD
  line,     // no tabs and line ends: a blank stands for them
  csvLine,  // as line, but tabs stay
  token,    // no blanks and control characters: "_" stands for them
  cue,      // lines of subtitles: none of them blank
  trimmed   // as line, and no blanks at both ends
};

std::string obeying(std::string_view text, TextRule rule);
std::string without(std::string text, char forbidden);

// `&`, `<`, `>`, quotes, and all that an attribute would turn into blanks.
std::string xmlEscaped(std::string_view text);

}  // namespace chladni::annotation

#include "core/annotation/text_rules.h"

#include "core/serial/utf8.h"

namespace chladni::annotation {

namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

// Bytes of the well-formed character at the start of `text`; 0 for none.
std::size_t characterBytes(std::string_view text) {
  for (std::size_t bytes = 1; bytes <= 4 && bytes <= text.size(); ++bytes)
    if (serial::isUtf8(text.substr(0, bytes))) return bytes;
  return 0;
}

bool isLineEnd(char c) { return c == '\n' || c == '\r'; }
bool isBlank(char c) { return c == ' ' || c == '\t' || c == '\v' || c == '\f'; }

bool fitsXml(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (first < 0x20) return character == "\t" || character == "\n" || character == "\r";
  return character != "\xEF\xBF\xBE" && character != "\xEF\xBF\xBF";
}

std::string_view replaced(std::string_view character, TextRule rule) {
  const char c = character.front();
  const bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  switch (rule) {
    case TextRule::any: return character;
    case TextRule::noNul: return c == 0 ? kReplacement : character;
    case TextRule::xml: return fitsXml(character) ? character : kReplacement;
    case TextRule::token: return control || c == ' ' ? "_" : character;
    case TextRule::csvLine:
      if (c == '\t') return character;
      [[fallthrough]];
    case TextRule::line:
    case TextRule::trimmed: return c == 0 ? kReplacement : c == '\t' || isLineEnd(c) ? " " : character;
    case TextRule::cue: return c == 0 ? kReplacement : character;
  }
  return character;
}

std::string withoutBlankLines(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    std::size_t end = 0;
    while (end < text.size() && !isLineEnd(text[end])) ++end;
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end < text.size() ? end + 1 : end);
    if (line.find_first_not_of(" \t\v\f") == std::string_view::npos) continue;
    if (!lines.empty()) lines += '\n';
    lines += line;
  }
  return lines;
}

std::string trimmedOf(std::string_view text) {
  while (!text.empty() && (isBlank(text.front()) || isLineEnd(text.front()))) text.remove_prefix(1);
  while (!text.empty() && (isBlank(text.back()) || isLineEnd(text.back()))) text.remove_suffix(1);
  return std::string(text);
}

}  // namespace

std::string obeying(std::string_view text, TextRule rule) {
  std::string result;
  result.reserve(text.size());
  while (!text.empty()) {
    const std::size_t bytes = characterBytes(text);
    result += bytes == 0 ? kReplacement : replaced(text.substr(0, bytes), rule);
    text.remove_prefix(bytes == 0 ? 1 : bytes);
  }
  if (rule == TextRule::cue) return withoutBlankLines(result);
  return rule == TextRule::trimmed ? trimmedOf(result) : result;
}

std::string without(std::string text, char forbidden) {
  if (forbidden != 0) std::erase(text, forbidden);
  return text;
}

std::string xmlEscaped(std::string_view text) {
  std::string escaped;
  escaped.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      case '\t': escaped += "&#9;"; break;
      case '\n': escaped += "&#10;"; break;
      case '\r': escaped += "&#13;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

}  // namespace chladni::annotation

#include "core/report/markup.h"

#include "core/serial/utf8.h"

namespace chladni::report {

namespace {

constexpr std::string_view kUnreadable = "\xEF\xBF\xBD";

// Bytes of the character at the front; 0 when there is none.
std::size_t lengthOfFirst(std::string_view text) {
  for (std::size_t length = 1; length <= 4 && length <= text.size(); ++length)
    if (serial::isUtf8(text.substr(0, length))) return length;
  return 0;
}

bool isControl(std::string_view character) {
  const auto first = static_cast<unsigned char>(character[0]);
  if (character.size() == 1) return first < 0x20 || first == 0x7F;
  if (character.size() == 2) return first == 0xC2 && static_cast<unsigned char>(character[1]) < 0xA0;
  return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

}  // namespace

std::string plain(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t length = lengthOfFirst(text);
    const std::string_view character = text.substr(0, length == 0 ? 1 : length);
    if (character == "\n" || character == "\t" || character == "\r")
      out += ' ';
    else if (length == 0 || isControl(character))
      out += kUnreadable;
    else
      out += character;
    text.remove_prefix(character.size());
  }
  return out;
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : plain(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace chladni::report

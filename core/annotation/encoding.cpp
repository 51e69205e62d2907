#include "core/annotation/encoding.h"

#include <algorithm>
#include <cstdint>

#include "core/annotation/text_numbers.h"
#include "core/serial/utf8.h"

namespace chladni::annotation {

namespace {

constexpr std::string_view kMark8 = "\xEF\xBB\xBF";
constexpr std::string_view kMark16Little = "\xFF\xFE";
constexpr std::string_view kMark16Big = "\xFE\xFF";

void append(std::string& text, std::uint32_t code) {
  const auto byte = [&](std::uint32_t value) { text += static_cast<char>(value); };
  if (code < 0x80) return byte(code);
  if (code < 0x800) {
    byte(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      byte(0xE0 | code >> 12);
    } else {
      byte(0xF0 | code >> 18);
      byte(0x80 | (code >> 12 & 0x3F));
    }
    byte(0x80 | (code >> 6 & 0x3F));
  }
  byte(0x80 | (code & 0x3F));
}

Result<std::string> fromUtf16(std::string_view bytes, bool big, const std::string& origin) {
  std::string text;
  text.reserve(bytes.size());
  const auto unit = [&](std::size_t at) {
    const auto first = static_cast<unsigned char>(bytes[at]);
    const auto second = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::uint32_t>(big ? first << 8 | second : second << 8 | first);
  };
  const auto wrong = [&](const char* why) { return wrongAtOffset(origin, text, text.size(), why); };
  if (bytes.size() % 2 != 0) return wrongAt(origin, 1, 1, "UTF-16 with an odd number of bytes; the file is cut off");
  for (std::size_t at = 0; at < bytes.size(); at += 2) {
    std::uint32_t code = unit(at);
    if (code >= 0xD800 && code < 0xDC00 && at + 2 < bytes.size() && unit(at + 2) >= 0xDC00 && unit(at + 2) < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (unit(at + 2) - 0xDC00);
      at += 2;
    } else if (code >= 0xD800 && code < 0xE000) {
      return wrong("half a character of UTF-16");
    }
    append(text, code);
  }
  return text;
}

// The longest beginning of whole characters that is UTF-8.
std::size_t goodBytes(std::string_view text) {
  std::size_t good = 0;
  while (good < text.size()) {
    std::size_t bytes = 1;
    while (bytes <= 4 && !serial::isUtf8(text.substr(good, bytes))) ++bytes;
    if (bytes > 4) break;
    good += std::min(bytes, text.size() - good);
  }
  return good;
}

}  // namespace

Result<std::string_view> toUtf8(std::string_view bytes, const std::string& origin, std::string& storage) {
  if (bytes.starts_with(kMark16Little) || bytes.starts_with(kMark16Big)) {
    auto text = fromUtf16(bytes.substr(2), bytes.starts_with(kMark16Big), origin);
    if (!text) return fail(text.error());
    storage = *std::move(text);
    return std::string_view(storage);
  }
  if (bytes.starts_with(kMark8)) bytes.remove_prefix(kMark8.size());
  if (!serial::isUtf8(bytes))
    return wrongAtOffset(origin, bytes, goodBytes(bytes), "a byte that is no UTF-8; save the file as UTF-8");
  return bytes;
}

}  // namespace chladni::annotation

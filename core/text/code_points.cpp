#include "core/text/code_points.h"

#include <array>
#include <cstdint>

namespace chladni::text {
namespace {

// Of sequences of 2, 3 and 4 bytes: the marks of the lead byte and the smallest code point that needs so many.
struct Form {
  std::uint8_t mask, lead;
  char32_t least;
};
constexpr std::array<Form, 3> kForms{{{0xE0, 0xC0, 0x80}, {0xF0, 0xE0, 0x800}, {0xF8, 0xF0, 0x10000}}};

bool isScalar(char32_t c) { return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF); }

}  // namespace

std::pair<char32_t, std::size_t> codePointAt(std::string_view utf8, std::size_t at) {
  const auto first = static_cast<std::uint8_t>(utf8[at]);
  if (first < 0x80) return {first, 1};
  for (std::size_t extra = 1; extra <= kForms.size(); ++extra) {
    const auto& form = kForms[extra - 1];
    if ((first & form.mask) != form.lead) continue;
    if (utf8.size() - at <= extra) break;
    char32_t value = first & static_cast<std::uint8_t>(~form.mask);
    bool whole = true;
    for (std::size_t i = 1; i <= extra; ++i) {
      const auto next = static_cast<std::uint8_t>(utf8[at + i]);
      whole = whole && (next & 0xC0U) == 0x80U;
      value = (value << 6U) | (next & 0x3FU);
    }
    if (whole && value >= form.least && isScalar(value)) return {value, extra + 1};
    break;
  }
  return {kNoCodePoint, 1};
}

std::u32string decodeUtf8(std::string_view utf8) {
  std::u32string all;
  all.reserve(utf8.size());
  for (std::size_t at = 0; at < utf8.size();) {
    const auto [value, bytes] = codePointAt(utf8, at);
    if (value != kNoCodePoint) all.push_back(value);
    at += bytes;
  }
  return all;
}

void appendUtf8(std::string& to, char32_t c) {
  const auto tail = [&](unsigned shift) { to.push_back(static_cast<char>(0x80U | ((c >> shift) & 0x3FU))); };
  if (c < 0x80) {
    to.push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    to.push_back(static_cast<char>(0xC0U | (c >> 6U)));
    tail(0);
  } else if (c < 0x10000) {
    to.push_back(static_cast<char>(0xE0U | (c >> 12U)));
    tail(6);
    tail(0);
  } else {
    to.push_back(static_cast<char>(0xF0U | (c >> 18U)));
    tail(12);
    tail(6);
    tail(0);
  }
}

std::string encodeUtf8(std::u32string_view codePoints) {
  std::string utf8;
  utf8.reserve(codePoints.size());
  for (const char32_t c : codePoints) appendUtf8(utf8, c);
  return utf8;
}

}  // namespace chladni::text

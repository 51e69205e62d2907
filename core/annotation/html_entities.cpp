#include "core/annotation/html_entities.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chladni::annotation {

namespace {

constexpr std::size_t kLongest = 12;  // "&thetasym;" and every number

struct Named {
  std::string_view name;
  std::uint32_t code;
};
constexpr Named kOthers[] = {{"amp", '&'},       {"lt", '<'},         {"gt", '>'},         {"quot", '"'},       {"apos", '\''},
                             {"lrm", 0x200E},    {"rlm", 0x200F},     {"ndash", 0x2013},   {"mdash", 0x2014},   {"lsquo", 0x2018},
                             {"rsquo", 0x2019},  {"sbquo", 0x201A},   {"ldquo", 0x201C},   {"rdquo", 0x201D},   {"bdquo", 0x201E},
                             {"hellip", 0x2026}, {"bull", 0x2022},    {"lsaquo", 0x2039},  {"rsaquo", 0x203A},  {"euro", 0x20AC},
                             {"trade", 0x2122},  {"thinsp", 0x2009},  {"ensp", 0x2002},    {"emsp", 0x2003},    {"zwnj", 0x200C},
                             {"zwj", 0x200D},    {"OElig", 0x0152},   {"oelig", 0x0153},   {"Scaron", 0x0160},  {"scaron", 0x0161},
                             {"Yuml", 0x0178},   {"fnof", 0x0192},    {"circ", 0x02C6},    {"tilde", 0x02DC}, {"minus", 0x2212},
                             {"larr", 0x2190},   {"rarr", 0x2192},    {"flat", 0x266D},    {"natural", 0x266E},
                             {"sharp", 0x266F}};
// From U+00A0 on.
constexpr std::array<std::string_view, 96> kLatin{
    "nbsp",   "iexcl",  "cent",   "pound",  "curren", "yen",    "brvbar", "sect",   "uml",    "copy",   "ordf",   "laquo",
    "not",    "shy",    "reg",    "macr",   "deg",    "plusmn", "sup2",   "sup3",   "acute",  "micro",  "para",   "middot",
    "cedil",  "sup1",   "ordm",   "raquo",  "frac14", "frac12", "frac34", "iquest", "Agrave", "Aacute", "Acirc",  "Atilde",
    "Auml",   "Aring",  "AElig",  "Ccedil", "Egrave", "Eacute", "Ecirc",  "Euml",   "Igrave", "Iacute", "Icirc",  "Iuml",
    "ETH",    "Ntilde", "Ograve", "Oacute", "Ocirc",  "Otilde", "Ouml",   "times",  "Oslash", "Ugrave", "Uacute", "Ucirc",
    "Uuml",   "Yacute", "THORN",  "szlig",  "agrave", "aacute", "acirc",  "atilde", "auml",   "aring",  "aelig",  "ccedil",
    "egrave", "eacute", "ecirc",  "euml",   "igrave", "iacute", "icirc",  "iuml",   "eth",    "ntilde", "ograve", "oacute",
    "ocirc",  "otilde", "ouml",   "divide", "oslash", "ugrave", "uacute", "ucirc",  "uuml",   "yacute", "thorn",  "yuml"};

std::optional<std::uint32_t> numbered(std::string_view digits) {
  const bool hexadecimal = digits.starts_with('x') || digits.starts_with('X');
  if (hexadecimal) digits.remove_prefix(1);
  std::uint32_t code = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), code, hexadecimal ? 16 : 10);
  const bool character = code != 0 && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || !character) return std::nullopt;
  return code;
}

std::optional<std::uint32_t> codeOf(std::string_view reference) {
  if (reference.starts_with('#')) return numbered(reference.substr(1));
  for (const Named& one : kOthers)
    if (one.name == reference) return one.code;
  for (std::size_t i = 0; i < kLatin.size(); ++i)
    if (kLatin[i] == reference) return static_cast<std::uint32_t>(0xA0 + i);
  return std::nullopt;
}

void append(std::string& text, std::uint32_t code) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | ((code >> shift) & 0x3F)); };
  if (code < 0x80) {
    text += static_cast<char>(code);
  } else if (code < 0x800) {
    text += static_cast<char>(0xC0 | (code >> 6));
    tail(0);
  } else if (code < 0x10000) {
    text += static_cast<char>(0xE0 | (code >> 12));
    tail(6);
    tail(0);
  } else {
    text += static_cast<char>(0xF0 | (code >> 18));
    tail(12);
    tail(6);
    tail(0);
  }
}

}  // namespace

std::string withoutEntities(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t end = text.front() == '&' ? text.substr(0, kLongest).find(';') : std::string_view::npos;
    const auto code = end == std::string_view::npos ? std::nullopt : codeOf(text.substr(1, end - 1));
    if (code) append(plain, *code);
    else plain += text.front();
    text.remove_prefix(code ? end + 1 : 1);
  }
  return plain;
}

std::string withEntities(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&') escaped += "&amp;";
    else if (c == '<') escaped += "&lt;";
    else if (c == '>') escaped += "&gt;";
    else escaped += c;
  }
  return escaped;
}

}  // namespace chladni::annotation

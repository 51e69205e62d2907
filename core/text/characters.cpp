#include "core/text/characters.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

namespace chladni::text {
namespace {

constexpr std::uint8_t kUnicodeMajor = 14;

bool isKnown(char32_t c) {
  if (c < 0x300) return true;
  UVersionInfo age{};
  u_charAge(static_cast<UChar32>(c), age);
  return age[0] != 0 && age[0] <= kUnicodeMajor;
}

// As a bit of ICU's category masks.
std::uint32_t categoryBit(char32_t c) {
  return isKnown(c) ? U_MASK(u_charType(static_cast<UChar32>(c))) : std::uint32_t{U_GC_CN_MASK};
}

const UNormalizer2* decomposer() {
  static const UNormalizer2* const instance = [] {
    UErrorCode status = U_ZERO_ERROR;
    const auto* found = unorm2_getNFDInstance(&status);
    return U_SUCCESS(status) ? found : nullptr;
  }();
  return instance;
}

bool isCased(char32_t c) { return isKnown(c) && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASED) != 0; }
bool isCaseIgnorable(char32_t c) {
  return isKnown(c) && u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_CASE_IGNORABLE) != 0;
}

// Whether a cased letter comes before `at` and none after it; marks and the like in between do not count.
bool isFinal(std::u32string_view piece, std::size_t at) {
  std::size_t before = at;
  while (before > 0 && isCaseIgnorable(piece[before - 1])) --before;
  if (before == 0 || !isCased(piece[before - 1])) return false;
  std::size_t after = at + 1;
  while (after < piece.size() && isCaseIgnorable(piece[after])) ++after;
  return after == piece.size() || !isCased(piece[after]);
}

struct Mark {
  char32_t value;
  std::uint8_t order;  // canonical combining class
};

void appendDecomposed(std::vector<Mark>& to, char32_t c) {
  const auto add = [&](char32_t part) { to.push_back({part, u_getCombiningClass(static_cast<UChar32>(part))}); };
  std::array<UChar, 32> parts{};
  UErrorCode status = U_ZERO_ERROR;
  const auto count = decomposer() == nullptr ? -1
                                             : unorm2_getDecomposition(decomposer(), static_cast<UChar32>(c), parts.data(),
                                                                       static_cast<std::int32_t>(parts.size()), &status);
  if (count < 0 || U_FAILURE(status)) return add(c);
  for (std::int32_t i = 0; i < count;) {
    UChar32 part = 0;
    U16_NEXT(parts.data(), i, count, part);
    add(static_cast<char32_t>(part));
  }
}

// Marks after a letter come in the order of their classes.
void reorder(std::vector<Mark>& all) {
  for (auto first = all.begin(); first != all.end();) {
    if (first->order == 0) {
      ++first;
      continue;
    }
    const auto last = std::find_if(first, all.end(), [](const Mark& mark) { return mark.order == 0; });
    std::stable_sort(first, last, [](const Mark& a, const Mark& b) { return a.order < b.order; });
    first = last;
  }
}

bool isAscii(std::u32string_view piece) {
  return std::all_of(piece.begin(), piece.end(), [](char32_t c) { return c < 0x80; });
}

}  // namespace

bool isDropped(char32_t c) {
  if (c == U'\t' || c == U'\n' || c == U'\r') return false;
  if (c < 0x80) return c < 0x20 || c == 0x7F;
  return c == 0xFFFD || (categoryBit(c) & (U_GC_CC_MASK | U_GC_CF_MASK)) != 0;
}

bool isGap(char32_t c) {
  if (c < 0x80) return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r';
  return (categoryBit(c) & U_GC_ZS_MASK) != 0;
}

bool isWhitespace(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= 0x09 && c <= 0x0D) || (c >= 0x1C && c <= 0x1F);
  return c == 0x85 || (categoryBit(c) & U_GC_Z_MASK) != 0;
}

bool isIdeograph(char32_t c) {
  static constexpr std::array<std::pair<char32_t, char32_t>, 8> kRanges{{{0x4E00, 0x9FFF},
                                                                         {0x3400, 0x4DBF},
                                                                         {0x20000, 0x2A6DF},
                                                                         {0x2A700, 0x2B73F},
                                                                         {0x2B740, 0x2B81F},
                                                                         {0x2B820, 0x2CEAF},
                                                                         {0xF900, 0xFAFF},
                                                                         {0x2F800, 0x2FA1F}}};
  if (c < 0x3400) return false;
  return std::any_of(kRanges.begin(), kRanges.end(), [c](const auto& range) { return c >= range.first && c <= range.second; });
}

bool isPunctuation(char32_t c) {
  if (c < 0x80) return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
  return (categoryBit(c) & U_GC_P_MASK) != 0;
}

std::u32string toLower(std::u32string_view piece) {
  std::u32string lower;
  lower.reserve(piece.size());
  for (std::size_t i = 0; i < piece.size(); ++i) {
    const char32_t c = piece[i];
    if (c < 0x80) lower.push_back(c >= U'A' && c <= U'Z' ? c + 32 : c);
    else if (c == 0x130) lower.append(U"i\u0307");
    else if (c == 0x3A3) lower.push_back(isFinal(piece, i) ? 0x3C2 : 0x3C3);
    else lower.push_back(isKnown(c) ? static_cast<char32_t>(u_tolower(static_cast<UChar32>(c))) : c);
  }
  return lower;
}

std::u32string withoutAccents(std::u32string_view piece) {
  if (isAscii(piece)) return std::u32string(piece);
  std::vector<Mark> all;
  all.reserve(piece.size() + 8);
  for (const char32_t c : piece) {
    if (isKnown(c)) appendDecomposed(all, c);
    else all.push_back({c, 0});
  }
  reorder(all);
  std::u32string rest;
  rest.reserve(all.size());
  for (const auto& mark : all)
    if ((categoryBit(mark.value) & U_GC_MN_MASK) == 0) rest.push_back(mark.value);
  return rest;
}

}  // namespace chladni::text

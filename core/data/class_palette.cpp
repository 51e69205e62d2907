#include "core/data/class_palette.h"

#include <algorithm>
#include <array>

namespace chladni {

namespace {

std::uint32_t mixed(std::uint32_t colour, std::uint32_t other, std::uint32_t percent) {
  std::uint32_t result = 0;
  for (const unsigned shift : {16U, 8U, 0U}) {
    const std::uint32_t one = colour >> shift & 0xFFU;
    const std::uint32_t two = other >> shift & 0xFFU;
    result |= (one * (100 - percent) + two * percent) / 100 << shift;
  }
  return result;
}

bool isBackground(std::string_view stem) { return stem == "background"; }

// FNV-1a. The basis is one of many tried: with it no two instruments of an orchestra, a band or a folk group share a colour.
std::size_t placeOf(std::string_view stem) {
  std::uint32_t hash = 684360097U;
  for (const char c : stem) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  return hash % kPaletteColours;
}

}  // namespace

std::uint32_t paletteColour(std::size_t place) {
  static constexpr std::array<std::uint32_t, 14> kHues = {0xE69F00, 0x56B4E9, 0x009E73, 0xCC79A7, 0x0072B2, 0xD55E00, 0xB8A800,
                                                          0x8C6BB1, 0x3E8E8E, 0xB07D4F, 0x7A9A01, 0xC05070, 0x5B7FBF, 0xA0522D};
  static_assert(kPaletteColours == 3 * kHues.size());
  const std::uint32_t hue = kHues[place % kHues.size()];
  switch (place / kHues.size() % 3) {
    case 1: return mixed(hue, 0x000000, 35);
    case 2: return mixed(hue, 0x909090, 50);
    default: return hue;
  }
}

std::string classStem(std::string_view name) {
  constexpr std::string_view kPlaying = "playing ";
  name = name.substr(0, name.find(','));
  std::string stem(name);
  std::transform(stem.begin(), stem.end(), stem.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (stem.starts_with(kPlaying)) stem.erase(0, kPlaying.size());
  return stem;
}

std::uint32_t classColour(std::string_view name) {
  const std::string stem = classStem(name);
  return isBackground(stem) ? kBackgroundColour : paletteColour(placeOf(stem));
}

std::uint32_t freeClassColour(std::string_view name, const std::vector<LabelClass>& classes) {
  const std::string stem = classStem(name);
  if (isBackground(stem)) return kBackgroundColour;
  const std::size_t first = placeOf(stem);
  for (std::size_t n = 0; n < kPaletteColours; ++n) {
    const std::uint32_t colour = paletteColour(first + n);
    if (std::none_of(classes.begin(), classes.end(), [&](const LabelClass& one) { return one.colour == colour; })) return colour;
  }
  return paletteColour(first);
}

}  // namespace chladni

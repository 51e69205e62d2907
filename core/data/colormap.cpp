#include "core/data/colormap.h"

#include "core/data/colormap_tables.h"

namespace chladni {

namespace {

using Colours = std::array<Rgb, 256>;

constexpr Colours unpacked(const ColormapTable& table) {
  Colours colours{};
  for (std::size_t i = 0; i < colours.size(); ++i)
    colours[i] = {static_cast<std::uint8_t>(table[i] >> 16), static_cast<std::uint8_t>(table[i] >> 8),
                  static_cast<std::uint8_t>(table[i])};
  return colours;
}

constexpr Colours greys() {
  Colours colours{};
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const auto level = static_cast<std::uint8_t>(i);
    colours[i] = {level, level, level};
  }
  return colours;
}

constexpr Colours kMagmaColours = unpacked(kMagma), kInfernoColours = unpacked(kInferno),
                  kViridisColours = unpacked(kViridis), kCividisColours = unpacked(kCividis), kGreyColours = greys();

}  // namespace

const std::array<Rgb, 256>& colours(Colormap map) {
  switch (map) {
    case Colormap::magma: return kMagmaColours;
    case Colormap::inferno: return kInfernoColours;
    case Colormap::viridis: return kViridisColours;
    case Colormap::cividis: return kCividisColours;
    case Colormap::grey: break;
  }
  return kGreyColours;
}

Rgb colourAt(Colormap map, float value) {
  if (!(value > 0.0F)) return colours(map).front();
  if (value >= 1.0F) return colours(map).back();
  return colours(map)[static_cast<std::size_t>(value * 255.0F + 0.5F)];
}

std::string_view name(Colormap map) {
  switch (map) {
    case Colormap::magma: return "magma";
    case Colormap::inferno: return "inferno";
    case Colormap::viridis: return "viridis";
    case Colormap::cividis: return "cividis";
    case Colormap::grey: break;
  }
  return "grey";
}

std::optional<Colormap> colormapFromName(std::string_view wanted) {
  for (const Colormap map : kColormaps)
    if (name(map) == wanted) return map;
  if (wanted == "gray") return Colormap::grey;
  return std::nullopt;
}

}  // namespace chladni

// Colormap: from a value in 0..1 to an 8-bit sRGB colour through a table of 256 entries. Values outside are clamped,
// NaN takes the first colour. All but grey are perceptually uniform and stay readable without colour vision.
// Pure functions; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace chladni {

enum class Colormap { magma, inferno, viridis, cividis, grey };

inline constexpr std::array kColormaps = {Colormap::magma, Colormap::inferno, Colormap::viridis, Colormap::cividis,
                                          Colormap::grey};

struct Rgb {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  bool operator==(const Rgb&) const = default;
};

// The table's entries, darkest first.
const std::array<Rgb, 256>& colours(Colormap map);

Rgb colourAt(Colormap map, float value);

std::string_view name(Colormap map);                            // "magma"
std::optional<Colormap> colormapFromName(std::string_view name);

}  // namespace chladni

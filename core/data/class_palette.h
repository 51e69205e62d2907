// The colours of classes, 0xRRGGBB: by name, so that a class has the same one in every file, for every model and in every
// project that chose no other. Okabe and Ito's hues first ("Color Universal Design", 2008), then others between them;
// further rounds are darker, then quieter. Views move them away from their ground. Pure. Any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/data/label.h"

namespace chladni {

inline constexpr std::size_t kPaletteColours = 42;
inline constexpr std::uint32_t kBackgroundColour = 0x808080;

std::uint32_t paletteColour(std::size_t place);  // begins again after kPaletteColours

// What data sets that differ in their manners call alike: "violin" for "playing violin", "Violin, fiddle" and "violin".
std::string classStem(std::string_view name);

// Grey for what is called background. Few names share a colour, but some do.
std::uint32_t classColour(std::string_view name);
// The same, or the next that none of `classes` has while there is one.
std::uint32_t freeClassColour(std::string_view name, const std::vector<LabelClass>& classes);

}  // namespace chladni

#include "core/data/colormap.h"

#include <cmath>
#include <limits>

#include "tests/support/catch.h"

using namespace chladni;

namespace {

// Relative luminance of sRGB (IEC 61966-2-1), which must not fall along a sequential map.
double luminance(Rgb colour) {
  const auto linear = [](std::uint8_t value) {
    const double v = value / 255.0;
    return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

}  // namespace

TEST_CASE("colormap: first and last colours are the published ones") {
  CHECK(colours(Colormap::magma).front() == Rgb{0, 0, 4});
  CHECK(colours(Colormap::magma).back() == Rgb{252, 253, 191});
  CHECK(colours(Colormap::inferno).back() == Rgb{252, 255, 164});
  CHECK(colours(Colormap::viridis).front() == Rgb{68, 1, 84});
  CHECK(colours(Colormap::viridis).back() == Rgb{253, 231, 37});
  CHECK(colours(Colormap::cividis).front() == Rgb{0, 34, 78});
  CHECK(colours(Colormap::grey)[128] == Rgb{128, 128, 128});
}

TEST_CASE("colormap: every map gets lighter all the way") {
  for (const Colormap map : kColormaps) {
    INFO(name(map));
    for (std::size_t i = 8; i < 256; ++i) CHECK(luminance(colours(map)[i]) > luminance(colours(map)[i - 8]));
  }
}

TEST_CASE("colormap: every map has colours of its own") {
  for (const Colormap map : kColormaps)
    for (const Colormap other : kColormaps) {
      INFO("maps " << static_cast<int>(map) << " and " << static_cast<int>(other));
      CHECK((map == other || colours(map) != colours(other)));
    }
}

TEST_CASE("colormap: values outside are clamped and NaN is the first colour") {
  CHECK(colourAt(Colormap::grey, 0.0F).red == 0);
  CHECK(colourAt(Colormap::grey, 0.5F).red == 128);
  CHECK(colourAt(Colormap::grey, 1.0F).red == 255);
  CHECK(colourAt(Colormap::grey, 7.0F).red == 255);
  CHECK(colourAt(Colormap::grey, std::numeric_limits<float>::infinity()).red == 255);
  CHECK(colourAt(Colormap::grey, -1.0F).red == 0);
  CHECK(colourAt(Colormap::grey, std::nanf("")).red == 0);
}

TEST_CASE("colormap: names go both ways") {
  for (const Colormap map : kColormaps) {
    INFO("map " << static_cast<int>(map) << " is called " << name(map));
    CHECK((colormapFromName(name(map)) == map));
  }
  CHECK(colormapFromName("gray") == Colormap::grey);
  CHECK_FALSE(colormapFromName("jet"));
}

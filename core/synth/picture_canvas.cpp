#include "core/synth/picture_canvas.h"

#include <algorithm>
#include <cmath>
#include <cstdint>

namespace chladni::synth {

Rgb fromHue(double hueTurns, double saturation, double value) {
  const auto channel = [&](double shift) {
    const double at = std::fmod(std::fmod(hueTurns + shift, 1.0) + 1.0, 1.0) * 6.0;
    const double share = std::clamp(std::abs(at - 3.0) - 1.0, 0.0, 1.0);
    return static_cast<float>(value * (1.0 - saturation + saturation * share));
  };
  return {channel(0.0), channel(2.0 / 3.0), channel(1.0 / 3.0)};
}

Canvas Canvas::graded(int width, int height, const Rgb& above, const Rgb& below) {
  Canvas canvas{width, height, std::vector<float>(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 3)};
  for (int y = 0; y < height; ++y) {
    const float share = static_cast<float>(y) / static_cast<float>(height);
    for (int x = 0; x < width; ++x) {
      float* pixel = canvas.pixel(x, y);
      pixel[0] = above.red + (below.red - above.red) * share;
      pixel[1] = above.green + (below.green - above.green) * share;
      pixel[2] = above.blue + (below.blue - above.blue) * share;
    }
  }
  return canvas;
}

void Canvas::blend(int x, int y, const Rgb& colour, float cover) {
  float* at = pixel(x, y);
  at[0] += cover * (colour.red - at[0]);
  at[1] += cover * (colour.green - at[1]);
  at[2] += cover * (colour.blue - at[2]);
}

VideoFrame Canvas::frame() const {
  VideoFrame picture;
  picture.width = width;
  picture.height = height;
  picture.rgb.resize(rgb.size());
  std::transform(rgb.begin(), rgb.end(), picture.rgb.begin(), [](float value) { return static_cast<std::uint8_t>(std::clamp(value, 0.0F, 1.0F) * 255.0F + 0.5F); });
  return picture;
}

}  // namespace chladni::synth

#include "core/synth/scene_glyphs.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace chladni::synth {
namespace {

using K = ShapeKind;
using Glyph = std::vector<Shape>;

constexpr float kOutline = 0.09F;

const std::map<std::string, Glyph>& glyphs() {
  static const std::map<std::string, Glyph> all{
      {"Church bell", {{K::disc, 2, {0, 0.78F, 0.2F}}, {K::ellipse, 0, {0, -0.1F, 0.5F, 0.75F}}, {K::box, 0, {0, 0.45F, 0.75F, 0.2F, 0.15F}}, {K::ring, 1, {0, -0.85F, 0.14F, 0.06F}}}},
      {"Male speech, man speaking", {{K::disc, 1, {0, -0.5F, 0.38F}}, {K::box, 0, {0, 0.5F, 0.65F, 0.45F, 0.2F}}, {K::box, 2, {0, 0.3F, 0.08F, 0.25F, 0.02F}}, {K::box, 2, {0, -0.85F, 0.36F, 0.12F, 0.1F}}}},
      {"Bark", {{K::ellipse, 0, {-0.1F, 0.2F, 0.7F, 0.35F}}, {K::disc, 0, {0.6F, -0.25F, 0.33F}}, {K::ellipse, 2, {0.45F, -0.2F, 0.12F, 0.3F}}, {K::stroke, 0, {-0.5F, 0.4F, -0.5F, 0.9F, 0.1F}}, {K::stroke, 0, {0.3F, 0.4F, 0.3F, 0.9F, 0.1F}}, {K::stroke, 1, {-0.75F, 0.1F, -0.95F, -0.4F, 0.07F}}}},
      {"Fixed-wing aircraft, airplane", {{K::ellipse, 0, {0, 0, 0.95F, 0.17F}}, {K::triangle, 1, {0.15F, 0, -0.35F, -0.85F, -0.3F, 0}}, {K::triangle, 1, {0.15F, 0, -0.35F, 0.85F, -0.3F, 0}}, {K::triangle, 2, {-0.6F, 0, -0.95F, -0.4F, -0.85F, 0.05F}}}},
      {"Race car, auto racing", {{K::box, 0, {0, 0.1F, 0.95F, 0.16F, 0.1F}}, {K::box, 1, {-0.8F, -0.25F, 0.12F, 0.22F, 0.02F}}, {K::disc, 2, {-0.55F, 0.35F, 0.26F}}, {K::disc, 2, {0.55F, 0.35F, 0.26F}}, {K::disc, 1, {0, -0.1F, 0.18F}}}},
      {"Female speech, woman speaking", {{K::ellipse, 2, {0, -0.35F, 0.5F, 0.6F}}, {K::disc, 1, {0, -0.45F, 0.33F}}, {K::triangle, 0, {0, -0.2F, -0.75F, 0.95F, 0.75F, 0.95F}}}},
      {"Helicopter", {{K::ellipse, 0, {0.15F, 0.15F, 0.55F, 0.42F}}, {K::stroke, 0, {-0.2F, 0.05F, -0.95F, -0.05F, 0.09F}}, {K::stroke, 2, {-0.7F, -0.5F, 0.95F, -0.5F, 0.06F}}, {K::stroke, 2, {0.15F, -0.5F, 0.15F, -0.2F, 0.05F}}, {K::disc, 1, {0.4F, 0.1F, 0.22F}}, {K::stroke, 2, {-0.3F, 0.75F, 0.6F, 0.75F, 0.05F}}}},
      {"Violin, fiddle", {{K::disc, 0, {-0.1F, 0.55F, 0.4F}}, {K::disc, 0, {-0.1F, 0.05F, 0.32F}}, {K::stroke, 2, {-0.1F, 0.3F, -0.1F, -0.95F, 0.07F}}, {K::stroke, 1, {-0.8F, 0.6F, 0.9F, -0.25F, 0.04F}}}},
      {"Flute", {{K::stroke, 0, {-0.9F, 0.35F, 0.9F, -0.35F, 0.1F}}, {K::disc, 2, {-0.1F, 0.04F, 0.06F}}, {K::disc, 2, {0.2F, -0.08F, 0.06F}}, {K::disc, 2, {0.5F, -0.19F, 0.06F}}, {K::disc, 1, {-0.7F, 0.27F, 0.09F}}}},
      {"Ukulele", {{K::disc, 0, {0, 0.5F, 0.36F}}, {K::disc, 0, {0, 0.1F, 0.27F}}, {K::disc, 2, {0, 0.25F, 0.11F}}, {K::stroke, 1, {0, 0, 0, -0.6F, 0.08F}}, {K::box, 1, {0, -0.75F, 0.17F, 0.17F, 0.03F}}}},
      {"Frying (food)", {{K::disc, 2, {-0.2F, 0.1F, 0.65F}}, {K::stroke, 2, {0.35F, -0.2F, 0.95F, -0.65F, 0.1F}}, {K::disc, 1, {-0.25F, 0.1F, 0.4F}}, {K::disc, 0, {-0.2F, 0.1F, 0.18F}}}},
      {"Truck", {{K::box, 0, {-0.25F, -0.15F, 0.65F, 0.5F, 0.03F}}, {K::box, 1, {0.65F, 0.05F, 0.27F, 0.32F, 0.08F}}, {K::disc, 2, {-0.5F, 0.5F, 0.2F}}, {K::disc, 2, {0.6F, 0.5F, 0.2F}}}},
      {"Shofar", {{K::stroke, 0, {-0.85F, 0.55F, 0, 0.4F, 0.1F}}, {K::stroke, 0, {0, 0.4F, 0.5F, -0.05F, 0.17F}}, {K::stroke, 1, {0.5F, -0.05F, 0.65F, -0.6F, 0.24F}}}},
      {"Motorcycle", {{K::ring, 2, {-0.55F, 0.35F, 0.32F, 0.1F}}, {K::ring, 2, {0.55F, 0.35F, 0.32F, 0.1F}}, {K::triangle, 0, {-0.6F, -0.1F, 0.5F, -0.2F, 0, 0.4F}}, {K::stroke, 1, {0.35F, -0.5F, 0.55F, 0.3F, 0.06F}}, {K::stroke, 1, {0.15F, -0.55F, 0.5F, -0.5F, 0.05F}}}},
      {"Acoustic guitar", {{K::disc, 0, {-0.35F, 0.4F, 0.5F}}, {K::disc, 0, {0.05F, 0.05F, 0.38F}}, {K::disc, 2, {-0.15F, 0.2F, 0.16F}}, {K::stroke, 1, {0.1F, 0, 0.85F, -0.7F, 0.08F}}}},
      {"Train horn", {{K::box, 0, {0, -0.1F, 0.6F, 0.65F, 0.2F}}, {K::box, 1, {0, -0.35F, 0.42F, 0.22F, 0.05F}}, {K::disc, 1, {-0.35F, 0.25F, 0.12F}}, {K::disc, 1, {0.35F, 0.25F, 0.12F}}, {K::stroke, 2, {-0.4F, 0.55F, -0.8F, 0.95F, 0.07F}}, {K::stroke, 2, {0.4F, 0.55F, 0.8F, 0.95F, 0.07F}}}},
      {"Clock", {{K::disc, 0, {0, 0, 0.85F}}, {K::disc, 1, {0, 0, 0.68F}}, {K::stroke, 2, {0, 0, 0, -0.52F, 0.06F}}, {K::stroke, 2, {0, 0, 0.35F, 0.2F, 0.06F}}}},
      {"Banjo", {{K::ring, 0, {-0.25F, 0.35F, 0.5F, 0.1F}}, {K::disc, 1, {-0.25F, 0.35F, 0.42F}}, {K::stroke, 2, {-0.1F, 0.2F, 0.8F, -0.75F, 0.07F}}}},
      {"Goat", {{K::ellipse, 0, {-0.1F, 0.25F, 0.6F, 0.36F}}, {K::ellipse, 0, {0.6F, -0.2F, 0.22F, 0.32F}}, {K::stroke, 2, {0.55F, -0.45F, 0.25F, -0.9F, 0.06F}}, {K::stroke, 2, {0.7F, -0.45F, 0.55F, -0.95F, 0.06F}}, {K::triangle, 1, {0.55F, 0.1F, 0.8F, 0.1F, 0.7F, 0.5F}}, {K::stroke, 0, {-0.45F, 0.5F, -0.45F, 0.95F, 0.07F}}, {K::stroke, 0, {0.25F, 0.5F, 0.25F, 0.95F, 0.07F}}}},
      {"Baby cry, infant cry", {{K::disc, 1, {0, 0, 0.8F}}, {K::disc, 2, {-0.3F, -0.2F, 0.09F}}, {K::disc, 2, {0.3F, -0.2F, 0.09F}}, {K::ellipse, 2, {0, 0.38F, 0.28F, 0.22F}}, {K::stroke, 0, {-0.2F, -0.78F, 0.2F, -0.88F, 0.08F}}}},
      {"Bus", {{K::box, 0, {0, -0.05F, 0.95F, 0.5F, 0.1F}}, {K::box, 1, {-0.6F, -0.2F, 0.2F, 0.17F, 0.03F}}, {K::box, 1, {-0.1F, -0.2F, 0.2F, 0.17F, 0.03F}}, {K::box, 1, {0.4F, -0.2F, 0.2F, 0.17F, 0.03F}}, {K::disc, 2, {-0.55F, 0.5F, 0.2F}}, {K::disc, 2, {0.55F, 0.5F, 0.2F}}}},
      {"Chainsaw", {{K::box, 0, {-0.55F, 0.1F, 0.4F, 0.35F, 0.1F}}, {K::ring, 2, {-0.5F, -0.35F, 0.3F, 0.07F}}, {K::box, 1, {0.4F, 0.15F, 0.55F, 0.15F, 0.14F}}}},
      {"Cat", {{K::disc, 0, {0, 0.1F, 0.65F}}, {K::triangle, 0, {-0.62F, -0.1F, -0.6F, -0.9F, -0.1F, -0.4F}}, {K::triangle, 0, {0.62F, -0.1F, 0.6F, -0.9F, 0.1F, -0.4F}}, {K::disc, 1, {-0.25F, 0, 0.12F}}, {K::disc, 1, {0.25F, 0, 0.12F}}, {K::triangle, 2, {-0.1F, 0.25F, 0.1F, 0.25F, 0, 0.4F}}}},
      {"Horse", {{K::ellipse, 0, {-0.15F, 0.2F, 0.6F, 0.3F}}, {K::stroke, 0, {0.3F, 0.1F, 0.6F, -0.6F, 0.16F}}, {K::stroke, 0, {0.6F, -0.6F, 0.9F, -0.4F, 0.13F}}, {K::stroke, 2, {0.2F, -0.1F, 0.45F, -0.75F, 0.07F}}, {K::stroke, 0, {-0.55F, 0.3F, -0.6F, 0.95F, 0.08F}}, {K::stroke, 0, {0.25F, 0.3F, 0.3F, 0.95F, 0.08F}}, {K::stroke, 2, {-0.7F, 0.1F, -0.95F, 0.6F, 0.07F}}}},
      {"Toilet flush", {{K::box, 0, {-0.5F, -0.35F, 0.25F, 0.55F, 0.05F}}, {K::ellipse, 0, {0.2F, 0.25F, 0.6F, 0.35F}}, {K::ellipse, 1, {0.2F, 0.12F, 0.48F, 0.14F}}, {K::box, 0, {0.1F, 0.7F, 0.28F, 0.25F, 0.05F}}}},
      {"Rodents, rats, mice", {{K::ellipse, 0, {-0.05F, 0.2F, 0.5F, 0.36F}}, {K::disc, 1, {0.25F, -0.25F, 0.24F}}, {K::triangle, 0, {0.35F, 0, 0.35F, 0.45F, 0.9F, 0.3F}}, {K::stroke, 2, {-0.5F, 0.3F, -0.95F, -0.2F, 0.05F}}}},
      {"Accordion", {{K::box, 0, {-0.7F, 0, 0.22F, 0.6F, 0.05F}}, {K::box, 0, {0.7F, 0, 0.22F, 0.6F, 0.05F}}, {K::box, 1, {0, 0, 0.5F, 0.5F, 0}}, {K::box, 2, {-0.3F, 0, 0.05F, 0.55F, 0}}, {K::box, 2, {0, 0, 0.05F, 0.55F, 0}}, {K::box, 2, {0.3F, 0, 0.05F, 0.55F, 0}}}},
      {"Mandolin", {{K::ellipse, 0, {0, 0.4F, 0.42F, 0.5F}}, {K::disc, 2, {0, 0.35F, 0.13F}}, {K::stroke, 2, {0, -0.1F, 0, -0.75F, 0.06F}}, {K::triangle, 1, {-0.2F, -0.95F, 0.2F, -0.95F, 0, -0.55F}}}},
  };
  return all;
}

float boxDistance(float x, float y, float halfWidth, float halfHeight, float corner) {
  const float dx = std::abs(x) - halfWidth + corner, dy = std::abs(y) - halfHeight + corner;
  return std::hypot(std::max(dx, 0.0F), std::max(dy, 0.0F)) + std::min(std::max(dx, dy), 0.0F) - corner;
}

float strokeDistance(float x, float y, const std::array<float, 6>& at) {
  const float dx = at[2] - at[0], dy = at[3] - at[1], px = x - at[0], py = y - at[1];
  const float along = std::clamp((px * dx + py * dy) / std::max(dx * dx + dy * dy, 1e-6F), 0.0F, 1.0F);
  return std::hypot(px - along * dx, py - along * dy) - at[4];
}

// The farthest of the three edges: exact inside, a little short near corners outside.
float triangleDistance(float x, float y, const std::array<float, 6>& at) {
  const float area = (at[2] - at[0]) * (at[5] - at[1]) - (at[4] - at[0]) * (at[3] - at[1]);
  const float side = area < 0.0F ? -1.0F : 1.0F;
  float farthest = -10.0F;
  for (std::size_t edge = 0; edge < 3; ++edge) {
    const std::size_t a = 2 * edge, b = 2 * ((edge + 1) % 3);
    const float dx = at[b] - at[a], dy = at[b + 1] - at[a + 1];
    farthest = std::max(farthest, side * ((x - at[a]) * dy - (y - at[a + 1]) * dx) / std::max(std::hypot(dx, dy), 1e-6F));
  }
  return farthest;
}

// Distance to the shape's edge in the glyph's units, negative inside.
float distanceTo(const Shape& shape, float x, float y) {
  const auto& at = shape.at;
  switch (shape.kind) {
    case K::disc: return std::hypot(x - at[0], y - at[1]) - at[2];
    case K::ellipse: return (std::hypot((x - at[0]) / at[2], (y - at[1]) / at[3]) - 1.0F) * std::min(at[2], at[3]);
    case K::box: return boxDistance(x - at[0], y - at[1], at[2], at[3], at[4]);
    case K::ring: return std::abs(std::hypot(x - at[0], y - at[1]) - at[2]) - at[3];
    case K::stroke: return strokeDistance(x, y, at);
    case K::triangle: return triangleDistance(x, y, at);
  }
  return 1.0F;
}

Rgb lit(const Rgb& colour, float light) { return {light * colour.red, light * colour.green, light * colour.blue}; }

}  // namespace

std::span<const Shape> glyphOf(const std::string& label) {
  static const Glyph plain{{K::disc, 0, {0, 0, 0.8F}}};
  const auto found = glyphs().find(label);
  return found == glyphs().end() ? plain : found->second;
}

void drawGlyph(Canvas& canvas, std::span<const Shape> glyph, const Pose& pose, const std::array<Rgb, 3>& colours, Style style) {
  const auto radius = static_cast<float>(pose.radius * canvas.width);
  const auto centreX = static_cast<float>(pose.x * canvas.width), centreY = static_cast<float>(pose.y * canvas.height);
  const auto cosine = static_cast<float>(std::cos(pose.turn)), sine = static_cast<float>(std::sin(pose.turn));
  const float reach = 1.5F * radius + 1.0F;
  const auto inside = [](float value, int limit) { return std::clamp(static_cast<int>(value), 0, limit); };
  for (int y = inside(centreY - reach, canvas.height); y < inside(centreY + reach + 1, canvas.height); ++y)
    for (int x = inside(centreX - reach, canvas.width); x < inside(centreX + reach + 1, canvas.width); ++x) {
      const float dx = (static_cast<float>(x) + 0.5F - centreX) / radius, dy = (static_cast<float>(y) + 0.5F - centreY) / radius;
      const float gx = cosine * dx + sine * dy, gy = cosine * dy - sine * dx;
      for (const Shape& shape : glyph) {
        const float distance = distanceTo(shape, gx, gy);
        if (style == Style::outlined) canvas.blend(x, y, lit(colours[2], 0.4F), std::clamp(0.5F - (distance - kOutline) * radius, 0.0F, 1.0F));
        const float light = style == Style::shaded ? std::clamp(1.05F - 0.35F * (gx + gy), 0.4F, 1.35F) : 1.0F;
        canvas.blend(x, y, lit(colours[static_cast<std::size_t>(shape.colour)], light), std::clamp(0.5F - distance * radius, 0.0F, 1.0F));
      }
    }
}

}  // namespace chladni::synth

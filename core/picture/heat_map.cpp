#include "core/picture/heat_map.h"

#include <algorithm>
#include <cmath>

#include "core/base/assert.h"

namespace chladni::picture {

namespace {

// Output i is (1 - fraction) * input[low] + fraction * input[high].
struct Blend {
  std::int64_t low = 0;
  std::int64_t high = 0;
  float fraction = 0.0F;
};

std::vector<Blend> blends(std::int64_t outputs, std::int64_t inputs) {
  const double step = static_cast<double>(inputs) / static_cast<double>(outputs);
  std::vector<Blend> all;
  for (std::int64_t i = 0; i < outputs; ++i) {
    const auto place = static_cast<float>((static_cast<double>(i) + 0.5) * step - 0.5);
    const auto low = static_cast<std::int64_t>(std::floor(place));
    if (low < 0) {
      all.push_back({0, 0, 0.0F});
    } else if (low >= inputs - 1) {
      all.push_back({inputs - 1, inputs - 1, 0.0F});
    } else {
      all.push_back({low, low + 1, place - static_cast<float>(low)});
    }
  }
  return all;
}

// Each colour is a hump of slope 4, cut off at 255, around its own entry. All values end in .5 and go to the even
// neighbour, but for one that the decimals of OpenCV's table bring to the lower one.
std::array<Rgb, 256> makeJet() {
  const auto hump = [](int i, double centre) {
    return static_cast<std::uint8_t>(std::nearbyint(std::clamp(382.5 - 4.0 * std::abs(i - centre), 0.0, 255.0)));
  };
  std::array<Rgb, 256> table;
  for (int i = 0; i < 256; ++i)
    table[static_cast<std::size_t>(i)] = {hump(i, 191.25), hump(i, 127.5), hump(i, 63.75)};
  table[159].blue = 1;
  return table;
}

}  // namespace

Matrix stretchedMap(const Matrix& map) {
  Matrix stretched(map.rows, map.columns);
  if (map.values.empty()) return stretched;
  const bool finite = std::all_of(map.values.begin(), map.values.end(), [](float v) { return std::isfinite(v); });
  const auto [low, high] = std::minmax_element(map.values.begin(), map.values.end());
  if (!finite || !(*high > *low)) return stretched;
  for (std::size_t i = 0; i < map.values.size(); ++i)
    stretched.values[i] = (map.values[i] - *low) / (*high - *low) * 255.0F;
  return stretched;
}

Matrix enlargedMap(const Matrix& map, PictureSize size) {
  CHLADNI_ASSERT(map.rows > 0 && map.columns > 0 && size.width > 0 && size.height > 0);
  Matrix across(map.rows, size.width);
  const std::vector<Blend> columns = blends(size.width, map.columns);
  for (std::int64_t r = 0; r < map.rows; ++r) {
    for (std::int64_t x = 0; x < size.width; ++x) {
      const Blend& blend = columns[static_cast<std::size_t>(x)];
      across.row(r)[static_cast<std::size_t>(x)] =
          map.at(r, blend.low) * (1.0F - blend.fraction) + map.at(r, blend.high) * blend.fraction;
    }
  }
  Matrix enlarged(size.height, size.width);
  const std::vector<Blend> rows = blends(size.height, map.rows);
  for (std::int64_t y = 0; y < size.height; ++y) {
    const Blend& blend = rows[static_cast<std::size_t>(y)];
    const std::span<const float> low = std::as_const(across).row(blend.low);
    const std::span<const float> high = std::as_const(across).row(blend.high);
    const std::span<float> out = enlarged.row(y);
    for (std::size_t x = 0; x < out.size(); ++x) out[x] = low[x] * (1.0F - blend.fraction) + high[x] * blend.fraction;
  }
  return enlarged;
}

const std::array<Rgb, 256>& jetColours() {
  static const std::array<Rgb, 256> table = makeJet();
  return table;
}

VideoFrame colouredMap(const Matrix& map, const std::array<Rgb, 256>& table) {
  VideoFrame heat;
  heat.width = static_cast<int>(map.columns);
  heat.height = static_cast<int>(map.rows);
  heat.rgb.reserve(map.values.size() * 3);
  for (const float value : map.values) {
    // NaN takes the first colour.
    const auto entry = value > 0.0F ? static_cast<std::size_t>(std::min(value, 255.0F)) : std::size_t{0};
    const Rgb& colour = table[entry];
    heat.rgb.insert(heat.rgb.end(), {colour.red, colour.green, colour.blue});
  }
  return heat;
}

std::vector<float> blendedValues(const VideoFrame& heat, const VideoFrame& frame, Overlay overlay) {
  CHLADNI_ASSERT(heat.rgb.size() == frame.rgb.size() && heat.width == frame.width);
  std::vector<float> values(heat.rgb.size());
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = overlay.heatWeight * static_cast<float>(heat.rgb[i]) +
                overlay.frameWeight * static_cast<float>(frame.rgb[i]);
  return values;
}

VideoFrame blended(const VideoFrame& heat, const VideoFrame& frame, Overlay overlay) {
  const std::vector<float> values = blendedValues(heat, frame, overlay);
  VideoFrame result = frame;
  std::transform(values.begin(), values.end(), result.rgb.begin(), [](float value) {
    return static_cast<std::uint8_t>(std::lround(std::clamp(value, 0.0F, 255.0F)));
  });
  return result;
}

Result<VideoFrame> heatOverlay(const Matrix& map, const VideoFrame& frame, const std::array<Rgb, 256>& table,
                               Overlay overlay) {
  if (auto ok = checkedPicture(frame); !ok) return fail(ok.error());
  if (map.rows < 1 || map.columns < 1)
    return fail(ErrorCode::invalidArgument, "the map of attention is empty: a model without a picture has none to show");
  const Matrix large = enlargedMap(stretchedMap(map), {frame.width, frame.height});
  return blended(colouredMap(large, table), frame, overlay);
}

}  // namespace chladni::picture

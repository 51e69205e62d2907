// golden.attention_map: stretching, enlarging, colouring and blending of attention as OpenCV does it, and the frames that
// belong to each segment. Pictures are 224 x 224, stored in blue, green, red: enlarged maps at every 4th, heat and overlay
// at every 8th pixel.
#include <set>
#include <span>

#include "core/picture/frame_choice.h"
#include "core/picture/heat_map.h"
#include "tests/golden/golden_frames.h"

using namespace chladni;
using namespace chladni::picture;
using chladni::test::FloatTensor;
using chladni::test::goldenFrame;
using chladni::test::GoldenFile;

namespace {

constexpr std::int64_t kMapStep = 4;
constexpr std::int64_t kPictureStep = 8;

std::vector<Matrix> mapsOf(const FloatTensor& tensor) {
  REQUIRE(tensor.shape.size() == 3);
  std::vector<Matrix> maps;
  const std::int64_t size = tensor.shape[1] * tensor.shape[2];
  for (std::int64_t i = 0; i < tensor.shape[0]; ++i) {
    maps.emplace_back(tensor.shape[1], tensor.shape[2]);
    std::copy_n(tensor.values.begin() + i * size, size, maps.back().values.begin());
  }
  return maps;
}

// Picture `map` of a stored table, its colours turned from blue, green, red to red, green, blue.
std::vector<float> turned(const FloatTensor& table, std::int64_t map) {
  const std::int64_t values = table.shape[1] * table.shape[2] * 3;
  const auto first = table.values.begin() + map * values;
  std::vector<float> rgb(first, first + values);
  for (std::size_t i = 0; i < rgb.size(); i += 3) std::swap(rgb[i], rgb[i + 2]);
  return rgb;
}

VideoFrame frameOf(const VideoFrame& like, std::span<const float> values) {
  VideoFrame frame = like;
  REQUIRE(frame.rgb.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) frame.rgb[i] = static_cast<std::uint8_t>(values[i]);
  return frame;
}

// The enlarged maps of the file, in the size that the sampled ones span.
std::vector<Matrix> enlargedOf(const GoldenFile& file) {
  const std::vector<std::int64_t> shape = file.floats("out.upsampled_every4").shape;
  const PictureSize size{static_cast<int>(shape.at(2) * kMapStep), static_cast<int>(shape.at(1) * kMapStep)};
  std::vector<Matrix> enlarged;
  for (const Matrix& map : mapsOf(file.floats("in.attention"))) enlarged.push_back(enlargedMap(stretchedMap(map), size));
  return enlarged;
}

// Whether cutting the fraction off could go either way for a last bit's difference.
bool onTheEdge(float value) { return std::abs(value - std::round(value)) < 1e-4F; }

// Everything at every 8th pixel, as the stored frames are.
VideoFrame sampled(const VideoFrame& picture) {
  VideoFrame small;
  small.width = static_cast<int>((picture.width + kPictureStep - 1) / kPictureStep);
  small.height = static_cast<int>((picture.height + kPictureStep - 1) / kPictureStep);
  for (std::int64_t y = 0; y < picture.height; y += kPictureStep)
    for (std::int64_t x = 0; x < picture.width; x += kPictureStep)
      for (std::int64_t c = 0; c < 3; ++c)
        small.rgb.push_back(picture.rgb[static_cast<std::size_t>((y * picture.width + x) * 3 + c)]);
  return small;
}

}  // namespace

TEST_CASE("nothing in the file is left out") {
  const std::set<std::string> known{"in.attention",          "in.frames_rgb_8x",  "out.normalised",
                                    "out.upsampled_every4",  "out.jet_lut_bgr",   "out.heat_bgr_8x",
                                    "out.overlay_bgr_8x_float", "sampling.in.num_frames", "sampling.out.indices"};
  const GoldenFile file("attention_map");
  const auto names = file.names();
  CHECK(std::set<std::string>(names.begin(), names.end()) == known);
}

TEST_CASE("maps are stretched and enlarged") {
  const GoldenFile file("attention_map");
  const std::vector<Matrix> maps = mapsOf(file.floats("in.attention"));
  const std::vector<Matrix> expected = mapsOf(file.floats("out.normalised"));
  REQUIRE(maps.size() == expected.size());
  for (std::size_t i = 0; i < maps.size(); ++i) {
    const Matrix stretched = stretchedMap(maps[i]);
    REQUIRE(stretched.values.size() == expected[i].values.size());
    for (std::size_t k = 0; k < stretched.values.size(); ++k)
      CHECK(stretched.values[k] == Approx(expected[i].values[k]).epsilon(1e-4).margin(1e-5));
  }

  const std::vector<Matrix> samples = mapsOf(file.floats("out.upsampled_every4"));
  const std::vector<Matrix> enlarged = enlargedOf(file);
  REQUIRE(enlarged.size() == samples.size());
  for (std::size_t i = 0; i < samples.size(); ++i)
    for (std::int64_t y = 0; y < samples[i].rows; ++y)
      for (std::int64_t x = 0; x < samples[i].columns; ++x)
        REQUIRE(enlarged[i].at(y * kMapStep, x * kMapStep) ==
                Approx(samples[i].at(y, x)).epsilon(1e-4).margin(1e-4));
}

TEST_CASE("the table of colours") {
  const FloatTensor table = GoldenFile("attention_map").floats("out.jet_lut_bgr");
  REQUIRE(table.shape == std::vector<std::int64_t>{256, 3});
  for (std::size_t i = 0; i < 256; ++i) {
    INFO(i);
    CHECK(jetColours()[i].blue == table.values[3 * i]);
    CHECK(jetColours()[i].green == table.values[3 * i + 1]);
    CHECK(jetColours()[i].red == table.values[3 * i + 2]);
  }
}

TEST_CASE("heat and overlay") {
  const GoldenFile file("attention_map");
  const FloatTensor frames = file.floats("in.frames_rgb_8x");
  const FloatTensor heats = file.floats("out.heat_bgr_8x");
  const FloatTensor overlays = file.floats("out.overlay_bgr_8x_float");
  const std::vector<Matrix> enlarged = enlargedOf(file);
  REQUIRE(heats.shape.size() == 4);
  REQUIRE(heats.shape[0] == static_cast<std::int64_t>(enlarged.size()));
  REQUIRE(frames.shape == heats.shape);
  REQUIRE(overlays.shape == heats.shape);
  for (std::int64_t m = 0; m < heats.shape[0]; ++m) {
    const Matrix& map = enlarged[static_cast<std::size_t>(m)];
    const VideoFrame heat = sampled(colouredMap(map, jetColours()));
    REQUIRE(heat.height == heats.shape[1]);
    REQUIRE(heat.width == heats.shape[2]);
    const VideoFrame recorded = frameOf(heat, turned(heats, m));
    for (std::int64_t y = 0; y < heat.height; ++y)
      for (std::int64_t i = 0; i < 3 * heat.width; ++i) {
        const auto at = static_cast<std::size_t>(y * 3 * heat.width + i);
        const int step = onTheEdge(map.at(y * kPictureStep, i / 3 * kPictureStep)) ? 4 : 0;
        REQUIRE(std::abs(heat.rgb[at] - recorded.rgb[at]) <= step);
      }
    const std::size_t values = heat.rgb.size();
    const std::span<const float> frame(frames.values.data() + static_cast<std::size_t>(m) * values, values);
    const std::vector<float> blend = blendedValues(recorded, frameOf(heat, frame));
    const std::vector<float> expected = turned(overlays, m);
    for (std::size_t i = 0; i < values; ++i) REQUIRE(blend[i] == Approx(expected[i]).epsilon(1e-4).margin(1e-4));
  }
}

TEST_CASE("frames of each segment") {
  const GoldenFile file("attention_map");
  const std::vector<std::int64_t> counts = file.integers("sampling.in.num_frames");
  const std::vector<std::int64_t> expected = file.integers("sampling.out.indices");
  REQUIRE(!counts.empty());
  const std::size_t each = expected.size() / counts.size();
  for (std::size_t i = 0; i < counts.size(); ++i) {
    INFO(counts[i]);
    const auto first = expected.begin() + static_cast<std::ptrdiff_t>(i * each);
    CHECK(segmentFrameIndices(counts[i]) == std::vector<std::int64_t>(first, first + static_cast<std::ptrdiff_t>(each)));
  }
}

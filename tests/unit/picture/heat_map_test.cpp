#include "core/picture/heat_map.h"

#include <limits>

#include "tests/support/catch.h"
#include "tests/unit/picture/pictures.h"

using namespace chladni;
using namespace chladni::picture;
using chladni::test::paint;
using chladni::test::pixel;

namespace {

Matrix map(std::int64_t rows, std::int64_t columns, std::vector<float> values) {
  Matrix made(rows, columns);
  made.values = std::move(values);
  return made;
}

}  // namespace

TEST_CASE("maps are stretched to 0..255, flat and broken ones become 0") {
  CHECK(stretchedMap(map(1, 3, {0.25F, 0.5F, 0.75F})).values == std::vector<float>{0.0F, 127.5F, 255.0F});
  CHECK(stretchedMap(map(1, 2, {0.3F, 0.3F})).values == std::vector<float>{0.0F, 0.0F});
  CHECK(stretchedMap(map(1, 2, {0.3F, std::numeric_limits<float>::quiet_NaN()})).values ==
        std::vector<float>{0.0F, 0.0F});
}

TEST_CASE("enlarging is bilinear between centres and constant at the edges") {
  const Matrix large = enlargedMap(map(1, 2, {0.0F, 4.0F}), {8, 3});
  for (std::int64_t y = 0; y < 3; ++y) {
    const auto row = large.row(y);
    CHECK(std::vector<float>(row.begin(), row.end()) ==
          std::vector<float>{0.0F, 0.0F, 0.5F, 1.5F, 2.5F, 3.5F, 4.0F, 4.0F});
  }
  CHECK(enlargedMap(map(2, 1, {1.0F, 3.0F}), {1, 2}).values == std::vector<float>{1.0F, 3.0F});
}

TEST_CASE("the table runs from dark blue over green to dark red") {
  const auto& jet = jetColours();
  CHECK(jet[0] == Rgb{0, 0, 128});
  CHECK(jet[32] == Rgb{0, 0, 255});
  CHECK(jet[128] == Rgb{130, 255, 126});
  CHECK(jet[159] == Rgb{254, 255, 1});
  CHECK(jet[255] == Rgb{128, 0, 0});
}

TEST_CASE("the overlay is a weighted sum that keeps to 8 bits") {
  const VideoFrame frame = paint(8, 4, [](int, int, int) { return 250; });
  const Matrix spot = map(1, 2, {0.0F, 1.0F});
  const auto made = heatOverlay(spot, frame, jetColours());
  REQUIRE(made);
  CHECK(pixel(*made, 0, 0, 2) == 176);  // 0.2 * 128 + 0.6 * 250 = 175.6
  CHECK(pixel(*made, 7, 3, 0) == 176);
  CHECK(pixel(*made, 7, 3, 2) == 150);
  const auto strong = heatOverlay(spot, frame, jetColours(), {1.0F, 1.0F});
  REQUIRE(strong);
  CHECK(pixel(*strong, 0, 0, 2) == 255);
  CHECK(!heatOverlay(Matrix{}, frame, jetColours()));
  CHECK(!heatOverlay(spot, VideoFrame{}, jetColours()));
}

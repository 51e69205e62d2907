#include "core/picture/picture_input.h"

#include "core/picture/picture_augment.h"
#include "core/picture/resample.h"
#include "tests/support/catch.h"
#include "tests/unit/picture/pictures.h"

using namespace chladni;
using namespace chladni::picture;
using chladni::test::paint;
using chladni::test::pixel;

namespace {

PictureSpec small() {
  PictureSpec spec;
  spec.size = 4;
  return spec;
}

VideoFrame colours(int width, int height) {
  return paint(width, height, [](int, int, int c) { return 50 * (c + 1); });
}

}  // namespace

TEST_CASE("planes of red, green, blue with their own mean and deviation") {
  const PictureSpec spec = small();
  const auto input = pictureInput(colours(9, 6), spec);
  REQUIRE(input);
  REQUIRE(input->size() == 48);
  for (std::size_t c = 0; c < 3; ++c)
    CHECK((*input)[16 * c + 5] ==
          Approx((50.0 * static_cast<double>(c + 1) / 255.0 - spec.mean[c]) / spec.deviation[c]).margin(1e-6));
}

TEST_CASE("networks from Caffe see blue first, each colour with its own mean") {
  PictureSpec spec = small();
  spec.channelOrder = "bgr";
  spec.scale = 1.0F;
  spec.mean = {123.68F, 116.779F, 103.939F};
  spec.deviation = {1.0F, 1.0F, 1.0F};
  const auto input = pictureInput(colours(4, 4), spec);
  REQUIRE(input);
  CHECK((*input)[0] == Approx(150.0 - 103.939));
  CHECK((*input)[16] == Approx(100.0 - 116.779));
  CHECK((*input)[32] == Approx(50.0 - 123.68));
  CHECK(pictureOfInput(*input, spec).rgb == colours(4, 4).rgb);
}

TEST_CASE("input and picture are each other's inverse") {
  PictureSpec spec;
  spec.size = 16;
  const VideoFrame square = paint(16, 16, [](int x, int y, int c) { return x * 16 + y + (c == 1 ? -y : 0); });
  const auto input = pictureInput(square, spec);
  REQUIRE(input);
  CHECK(pictureOfInput(*input, spec).rgb == square.rgb);
  const std::vector<float> nothing = unreadablePicture(spec);
  CHECK(nothing.size() == 3 * 256);
  CHECK(nothing.front() == 0.01F);
}

TEST_CASE("a stretched picture keeps its edges") {
  PictureSpec spec = small();
  const VideoFrame wide = paint(8, 4, [](int x, int, int) { return x == 0 || x == 7 ? 0 : 200; });
  const auto cut = pictureSquare(wide, spec);
  REQUIRE(cut);
  CHECK(pixel(*cut, 0, 0, 0) == 200);
  spec.fit = "stretch";
  const auto stretched = pictureSquare(wide, spec);
  REQUIRE(stretched);
  CHECK(stretched->width == 4);
  CHECK(pixel(*stretched, 0, 0, 0) < 150);
}

TEST_CASE("impossible pictures and settings are refused") {
  CHECK(!pictureInput(VideoFrame{}, small()));
  PictureSpec spec = small();
  spec.interpolation = "nearest";
  CHECK_THAT(pictureInput(colours(4, 4), spec).error().message, Catch::ContainsSubstring("nearest"));
  spec = small();
  spec.size = 0;
  CHECK(!pictureInput(colours(4, 4), spec));
  spec.size = 224;
  CHECK_THAT(pictureInput(colours(2, 1000), spec).error().message, Catch::ContainsSubstring("too narrow"));
}

TEST_CASE("drawn crops stay within the picture and reach its edges") {
  const SquareCrop whole = drawCrop(20, 10, 1.0F, 0.5F, 0.0F, 0.0F);
  CHECK((whole.side == 10 && whole.x == 0 && whole.y == 0));
  const SquareCrop corner = drawCrop(20, 10, 0.5F, 0.0F, 0.999999F, 0.999999F);
  CHECK((corner.side == 5 && corner.x == 15 && corner.y == 5));

  const VideoFrame frame = paint(20, 10, [](int x, int y, int) { return 10 * x + y; });
  const auto input = croppedInput(frame, {15, 5, 4}, small());
  REQUIRE(input);
  CHECK(*input == normalisedPicture(cropped(frame, 15, 5, {4, 4}), small()));
  CHECK(!croppedInput(frame, {17, 5, 4}, small()));
  CHECK(!croppedInput(frame, {-1, 5, 4}, small()));
}

TEST_CASE("mirroring turns left and right; mix-up weighs two inputs") {
  const VideoFrame frame = paint(5, 2, [](int x, int y, int c) { return 40 * x + 10 * y + c; });
  const VideoFrame mirror = mirrored(frame);
  CHECK(pixel(mirror, 0, 1, 2) == pixel(frame, 4, 1, 2));
  CHECK(pixel(mirror, 2, 0, 0) == pixel(frame, 2, 0, 0));
  CHECK(mirrored(mirror).rgb == frame.rgb);
  const std::vector<float> a{1.0F, 2.0F};
  const std::vector<float> b{5.0F, -2.0F};
  CHECK(mixPictures(a, b, 0.75F) == std::vector<float>{2.0F, 1.0F});
}

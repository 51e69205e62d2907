#include "core/picture/resample.h"

#include "tests/support/catch.h"
#include "tests/unit/picture/pictures.h"

using namespace chladni;
using namespace chladni::picture;
using chladni::test::paint;
using chladni::test::pixel;

TEST_CASE("the short side is met exactly, the long one rounded down") {
  CHECK(shortSideSize({320, 180}, 224) == PictureSize{398, 224});
  CHECK(shortSideSize({170, 300}, 224) == PictureSize{224, 395});
  CHECK(shortSideSize({50, 50}, 7) == PictureSize{7, 7});
  CHECK(shortSideSize({30'000, 1}, 20'000) == PictureSize{600'000'000, 20'000});
}

TEST_CASE("a plain colour stays what it is") {
  const VideoFrame plain = paint(37, 21, [](int, int, int c) { return 40 + 70 * c; });
  for (const auto filter : {ResampleFilter::bilinear, ResampleFilter::bicubic}) {
    for (const PictureSize size : {PictureSize{5, 3}, PictureSize{90, 64}, PictureSize{37, 8}, PictureSize{12, 21}}) {
      const VideoFrame made = resized(plain, size, filter);
      REQUIRE(PictureSize{made.width, made.height} == size);
      REQUIRE(checkedPicture(made));
      for (int y = 0; y < size.height; ++y)
        for (int x = 0; x < size.width; ++x)
          for (int c = 0; c < 3; ++c) REQUIRE(pixel(made, x, y, c) == 40 + 70 * c);
    }
  }
}

TEST_CASE("half the size by the triangle: weights 1 3 3 1, cut off at the edges") {
  const int values[] = {0, 80, 160, 240};
  const VideoFrame row = paint(4, 1, [&](int x, int, int) { return values[x]; });
  const VideoFrame half = resized(row, {2, 1}, ResampleFilter::bilinear);
  // (3*0 + 3*80 + 160) / 7 and (80 + 3*160 + 3*240) / 7
  CHECK(pixel(half, 0, 0, 0) == 57);
  CHECK(pixel(half, 1, 0, 0) == 183);
}

TEST_CASE("twice the size by the cubic of a = -0.5 overshoots an edge and is clamped") {
  const VideoFrame edge = paint(6, 1, [](int x, int, int) { return x < 3 ? 100 : 200; });
  const VideoFrame large = resized(edge, {12, 1}, ResampleFilter::bicubic);
  // At a quarter past a sample the weights are -0.0703125, 0.8671875, 0.2265625, -0.0234375.
  CHECK(pixel(large, 5, 0, 0) == 120);
  CHECK(pixel(large, 6, 0, 0) == 180);
  CHECK(pixel(large, 3, 0, 0) == 98);
  CHECK(pixel(large, 8, 0, 0) == 202);
  const VideoFrame hard = resized(paint(6, 1, [](int x, int, int) { return x < 3 ? 0 : 255; }), {12, 1},
                                  ResampleFilter::bicubic);
  CHECK(pixel(hard, 3, 0, 0) == 0);
  CHECK(pixel(hard, 8, 0, 0) == 255);
}

TEST_CASE("the middle square: an odd remainder goes to the even neighbour") {
  const auto offsetOf = [](int width, int side) {
    const VideoFrame frame = paint(width, side, [](int x, int, int) { return x; });
    return pixel(centreSquare(frame, side), 0, 0, 0);
  };
  CHECK(offsetOf(10, 4) == 3);
  CHECK(offsetOf(5, 4) == 0);   // 0.5
  CHECK(offsetOf(7, 4) == 2);   // 1.5
  CHECK(offsetOf(9, 4) == 2);   // 2.5
  CHECK(offsetOf(11, 4) == 4);  // 3.5
}

TEST_CASE("cropping takes the right rectangle and keeps the time") {
  VideoFrame frame = paint(9, 7, [](int x, int y, int c) { return 20 * y + 2 * x + c; });
  frame.time = MediaTime::fromSeconds(2.5);
  const VideoFrame part = cropped(frame, 3, 2, {4, 5});
  CHECK(part.time == frame.time);
  CHECK(pixel(part, 0, 0, 0) == 46);
  CHECK(pixel(part, 3, 4, 2) == 20 * 6 + 12 + 2);
}

TEST_CASE("impossible pictures are refused in one line") {
  VideoFrame frame = paint(4, 4, [](int, int, int) { return 0; });
  CHECK(checkedPicture(frame));
  frame.rgb.pop_back();
  CHECK(checkedPicture(frame).error().code == ErrorCode::invalidArgument);
  CHECK(!checkedPicture(VideoFrame{}));
  frame.width = 40'000;
  CHECK_THAT(checkedPicture(frame).error().message, Catch::ContainsSubstring("too large"));
}

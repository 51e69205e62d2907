#include <cmath>

#include "core/picture/motion_picture.h"
#include "core/picture/picture_input.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::picture;

namespace {

VideoFrame plain(int side, std::uint8_t grey) {
  VideoFrame frame;
  frame.width = frame.height = side;
  frame.rgb.assign(static_cast<std::size_t>(3 * side * side), grey);
  return frame;
}

PictureSpec spec() {
  PictureSpec made;
  made.size = 8;
  made.fit = "stretch";
  made.interpolation = "bilinear";
  return made;
}

}  // namespace

TEST_CASE("A still second has the middle frame and no motion", "[motion]") {
  const std::vector<VideoFrame> frames(3, plain(8, 90));
  const auto planes = motionPicture(frames, spec());
  REQUIRE(planes);
  REQUIRE(planes->size() == 4 * 64);
  const auto alone = pictureInput(frames[1], spec());
  REQUIRE(alone);
  CHECK(std::equal(alone->begin(), alone->end(), planes->begin()));
  for (std::size_t k = 3 * 64; k < planes->size(); ++k) REQUIRE((*planes)[k] == 0.0F);
}

TEST_CASE("Motion is the mean change where something changes", "[motion]") {
  std::vector<VideoFrame> frames(3, plain(8, 50));
  for (int c = 0; c < 3; ++c) frames[1].rgb[static_cast<std::size_t>(3 * (2 * 8 + 5) + c)] = 150;
  const auto planes = motionPicture(frames, spec());
  REQUIRE(planes);
  double expected = 0.0;
  for (const float deviation : spec().deviation) expected += 100.0 / 255.0 / static_cast<double>(deviation) / 3.0;
  CHECK((*planes)[3 * 64 + 2 * 8 + 5] == Approx(kMotionGain * expected).epsilon(1e-4));  // it came and went: two changes of two
  CHECK((*planes)[3 * 64 + 2 * 8 + 4] == 0.0F);
  CHECK((*planes)[2 * 8 + 5] > (*planes)[2 * 8 + 4]);
}

TEST_CASE("Without frames there is no picture, with one no motion", "[motion]") {
  CHECK_FALSE(motionPicture({}, spec()));
  const std::vector<VideoFrame> one(1, plain(8, 10));
  const auto planes = motionPicture(one, spec());
  REQUIRE(planes);
  CHECK(planes->back() == 0.0F);
}

#include "core/picture/frame_choice.h"

#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::picture;

TEST_CASE("ten frames of the first ten seconds") {
  CHECK(storedFrameIndices(7.0, 25.0) == std::vector<std::int64_t>{0, 0, 1, 2, 2, 3, 4, 4, 5, 6});
  CHECK(storedFrameIndices(1000.0, 29.97)[9] == 269);
  CHECK(storedFrameIndices(100.0, 10.0, 3, 2.0) == std::vector<std::int64_t>{0, 6, 13});
  CHECK(storedFrameIndices(0.0, 25.0).empty());
  CHECK(storedFrameIndices(std::nan(""), 25.0).empty());
  CHECK(evaluationFrame() == 5);
}

TEST_CASE("a missing picture is replaced by the next lower one") {
  const std::vector<bool> exists{true, false, true, false, false};
  CHECK(availableFrame(exists, 4) == 2);
  CHECK(availableFrame(exists, 2) == 2);
  CHECK(availableFrame(exists, 1) == 0);
  CHECK(availableFrame(exists, 40) == 2);
  CHECK(!availableFrame({false, false}, 1));
  CHECK(!availableFrame({}, 0));
}

TEST_CASE("sixteen frames for each tenth of a video") {
  const auto indices = segmentFrameIndices(259);
  REQUIRE(indices.size() == 160);
  CHECK(indices[0] == 0);
  CHECK(indices[1] == 1);    // 25 / 16
  CHECK(indices[15] == 23);  // 15 * 25 / 16
  CHECK(indices[16] == 25);
  CHECK(indices[159] == 248);
  CHECK(segmentFrameIndices(5).back() == 0);
}

TEST_CASE("times of one, of several and of so many a second") {
  PictureSpec spec;
  CHECK(frameTimes(spec, 10.0) == std::vector<double>{5.0});
  CHECK(frameTimes(spec, 0.0).empty());
  spec.framesPerClip = 4;
  CHECK(frameTimes(spec, 10.0) == std::vector<double>{0.0, 2.5, 5.0, 7.5});
  spec.framesPerSecond = 2.0;
  CHECK(frameTimes(spec, 1.5) == std::vector<double>{0.0, 0.5, 1.0});
  CHECK(frameTimes(spec, 10.0).size() == 20);
}

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

#include "core/media/media_info.h"
#include "core/media/video_reader.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/media/media_maker.h"

using namespace chladni;
using namespace chladni::media;
using namespace chladni::test;

namespace {

MediaSpec moving(const std::string& format, MadePicture pictures) { return {format, {}, std::move(pictures)}; }

MadePicture pictures(const std::string& codec, const std::string& pixelFormat, std::vector<int> stamps) {
  MadePicture spec;
  spec.codec = codec;
  spec.pixelFormat = pixelFormat;
  spec.stamps = std::move(stamps);
  return spec;
}

Colour pixel(const VideoFrame& frame, double x, double y) {
  const int column = static_cast<int>(x * frame.width);
  const int row = static_cast<int>(y * frame.height);
  const std::uint8_t* rgb = frame.rgb.data() + (static_cast<std::size_t>(row) * frame.width + column) * 3;
  return {rgb[0], rgb[1], rgb[2]};
}

int distance(Colour a, Colour b) {
  return std::max({std::abs(a.red - b.red), std::abs(a.green - b.green), std::abs(a.blue - b.blue)});
}

int distanceToIndex(const VideoFrame& frame, int index) { return distance(pixel(frame, 0.3, 0.6), colourOf(index)); }

VideoReader opened(const std::filesystem::path& path, VideoReaderOptions options = {}) {
  auto reader = VideoReader::open(path, options);
  if (!reader) FAIL(reader.error().describe());
  return std::move(*reader);
}

MediaTime milliseconds(std::int64_t ms) { return MediaTime::fromNanoseconds(ms * 1'000'000); }

}  // namespace

TEST_CASE("pictures of every pixel format come out in their colours", "[media]") {
  const Scratch scratch;
  struct Case {
    const char* codec;
    const char* pixelFormat;
    const char* matrix;
    bool fullRange;
    int tolerance;
  };
  const std::vector<Case> cases{{"ffv1", "yuv444p", "", false, 4},         {"ffv1", "yuv444p", "bt709", false, 4},
                                {"ffv1", "yuv444p", "smpte170m", false, 4}, {"ffv1", "yuv444p", "bt2020nc", false, 4},
                                {"ffv1", "yuv444p", "bt709", true, 4},      {"ffv1", "yuv420p", "", false, 4},
                                {"ffv1", "yuv422p10le", "bt709", false, 4}, {"ffv1", "yuv420p10le", "", false, 4},
                                {"ffv1", "bgra", "", false, 1},              {"ffv1", "gbrp10le", "", false, 2},
                                {"png", "rgba", "", false, 1},              {"png", "rgb24", "", false, 1},
                                {"libx264", "yuv420p", "bt709", false, 6},  {"libx264", "yuv444p", "", false, 6},
                                {"mpeg4", "yuv420p", "", false, 8},         {"mjpeg", "yuvj420p", "", true, 6}};
  for (const Case& c : cases) {
    if (!haveEncoder(c.codec)) continue;
    INFO(c.codec << " " << c.pixelFormat << " " << c.matrix << (c.fullRange ? " full" : ""));
    const auto path = scratch / "clip.mkv";
    MadePicture spec = pictures(c.codec, c.pixelFormat, evenStamps(6, 40));
    spec.matrix = c.matrix;
    spec.fullRange = c.fullRange;
    makeMedia(path, moving("matroska", spec));
    for (const bool quick : {false, true}) {
      INFO((quick ? "quick" : "exact"));
      VideoReader reader = opened(path, {.quick = quick});
      for (int i = 0; i < 6; ++i) {
        auto frame = reader.next();
        REQUIRE(frame);
        REQUIRE(*frame);
        CHECK(distanceToIndex(**frame, i) <= c.tolerance + (quick ? 2 : 0));
        CHECK((**frame).time == milliseconds(40 * i));
      }
      auto end = reader.next();
      REQUIRE(end);
      CHECK_FALSE(*end);
    }
  }
}

TEST_CASE("grey and palette pictures keep their brightness", "[media]") {
  const Scratch scratch;
  for (const char* format : {"gray", "gray10le", "ya8"}) {
    INFO(format);
    const auto path = scratch / "grey.mkv";
    const bool alpha = std::string(format) == "ya8";
    makeMedia(path, moving("matroska", pictures(alpha ? "png" : "ffv1", format, evenStamps(3, 40))));
    VideoReader reader = opened(path);
    const auto frame = reader.frameAt(milliseconds(40));
    REQUIRE(frame);
    const Colour got = pixel(*frame, 0.5, 0.5);
    const Colour meant = colourOf(1);
    const double luma = 0.299 * meant.red + 0.587 * meant.green + 0.114 * meant.blue;
    CHECK(std::abs(got.red - luma) < 4.0);
    CHECK(got.red == got.green);
    CHECK(got.red == got.blue);
  }
}

TEST_CASE("pictures of odd size have no padding and no stray column", "[media]") {
  const Scratch scratch;
  for (const char* pixelFormat : {"yuv420p", "yuv444p", "bgra"}) {
    INFO(pixelFormat);
    MadePicture spec = pictures("ffv1", pixelFormat, evenStamps(2, 40));
    spec.width = 101;
    spec.height = 67;
    spec.quarters = true;
    const auto path = scratch / "odd.mkv";
    makeMedia(path, moving("matroska", spec));
    VideoReader reader = opened(path);
    const auto frame = reader.frameAt({});
    REQUIRE(frame);
    CHECK(frame->width == 101);
    CHECK(frame->height == 67);
    REQUIRE(frame->rgb.size() == 101U * 67U * 3U);
    CHECK(distance(pixel(*frame, 0.0, 0.0), quarterColour(0)) < 6);
    CHECK(distance(pixel(*frame, 0.995, 0.0), quarterColour(1)) < 6);
    CHECK(distance(pixel(*frame, 0.0, 0.99), quarterColour(2)) < 6);
    CHECK(distance(pixel(*frame, 0.995, 0.99), quarterColour(3)) < 6);
  }
}

TEST_CASE("rotated pictures are shown upright", "[media]") {
  const Scratch scratch;
  struct Case {
    int rotation;                         // counterclockwise
    int topLeft, topRight, bottomLeft;    // quarters of the stored picture
  };
  for (const Case& c : {Case{0, 0, 1, 2}, Case{90, 1, 3, 0}, Case{-90, 2, 0, 3}, Case{180, 3, 2, 1}}) {
    INFO(c.rotation);
    MadePicture spec = pictures("mpeg4", "yuv420p", evenStamps(5, 40));
    spec.quarters = true;
    spec.rotation = c.rotation;
    const auto path = scratch / "turned.mp4";
    makeMedia(path, moving("mp4", spec));
    VideoReader reader = opened(path);
    const auto frame = reader.frameAt(milliseconds(80));
    REQUIRE(frame);
    const bool lies = c.rotation == 90 || c.rotation == -90;
    CHECK(frame->width == (lies ? 96 : 128));
    CHECK(frame->height == (lies ? 128 : 96));
    CHECK(distance(pixel(*frame, 0.2, 0.2), quarterColour(c.topLeft)) < 14);
    CHECK(distance(pixel(*frame, 0.8, 0.2), quarterColour(c.topRight)) < 14);
    CHECK(distance(pixel(*frame, 0.2, 0.8), quarterColour(c.bottomLeft)) < 14);
    const auto info = probe(path);
    REQUIRE(info);
    CHECK(std::abs(info->video.at(0).rotationDegrees) == std::abs(c.rotation));
    CHECK(info->video.at(0).rotationDegrees == reader.info().rotationDegrees);
    CHECK(info->video.at(0).width == 128);
    CHECK(info->video.at(0).displayWidth == frame->width);
  }
}

TEST_CASE("oblong pixels become square and large pictures fit the limits", "[media]") {
  const Scratch scratch;
  MadePicture spec = pictures("mpeg4", "yuv420p", evenStamps(3, 40));
  spec.aspect = {4, 3};
  spec.width = 96;
  const auto path = scratch / "oblong.mp4";
  makeMedia(path, moving("mp4", spec));
  VideoReader whole = opened(path);
  CHECK(whole.info().width == 128);
  CHECK(whole.info().height == 96);
  VideoReaderOptions options;
  options.maxWidth = 64;
  options.maxHeight = 64;
  VideoReader small = opened(path, options);
  const auto frame = small.frameAt({});
  REQUIRE(frame);
  CHECK(frame->width == 64);
  CHECK(frame->height == 48);
  CHECK(distanceToIndex(*frame, 0) < 10);
}

TEST_CASE("the picture on show is found for any time, forwards and backwards", "[media]") {
  const Scratch scratch;
  const std::vector<int> even = evenStamps(60, 40);
  std::vector<int> uneven;
  for (int i = 0, at = 0; i < 60; ++i, at += 20 + (i * 37) % 90) uneven.push_back(at);
  struct Case {
    const char* format;
    const char* codec;
    const std::vector<int>* stamps;
  };
  for (const Case& c : {Case{"mp4", "libx264", &uneven}, Case{"mp4", "libx264", &even}, Case{"matroska", "libx264", &uneven},
                        Case{"mpegts", "libx264", &even}, Case{"webm", "libvpx", &uneven}, Case{"avi", "mpeg4", &even},
                        Case{"matroska", "mpeg4", &uneven}, Case{"matroska", "ffv1", &uneven}}) {
    if (!haveEncoder(c.codec)) continue;
    INFO(c.codec << " in " << c.format);
    const auto path = scratch / "clip";
    makeMedia(path, moving(c.format, pictures(c.codec, "yuv420p", *c.stamps)));
    const auto info = probe(path);
    REQUIRE(info);
    CHECK(info->video.at(0).frames == 60);
    CHECK(info->video.at(0).framesCounted);
    VideoReader reader = opened(path);
    for (const int index : {0, 1, 2, 30, 29, 31, 5, 59, 12, 11, 13, 47, 3}) {
      INFO("picture " << index);
      const int stamp = (*c.stamps)[static_cast<std::size_t>(index)];
      const int following = index < 59 ? (*c.stamps)[static_cast<std::size_t>(index) + 1] : stamp + 500;
      for (const int ms : {stamp + 2, (stamp + following) / 2, following - 2}) {
        const auto frame = reader.frameAt(milliseconds(ms));
        REQUIRE(frame);
        CHECK(std::abs(frame->time.seconds() - stamp / 1000.0) < 0.0015);
        CHECK(distanceToIndex(*frame, index) < 20);
      }
    }
    REQUIRE(reader.seek(milliseconds((*c.stamps)[20] + 1)));
    for (int i = 20; i < 60; ++i) {
      auto frame = reader.next();
      REQUIRE(frame);
      REQUIRE(*frame);
      CHECK(std::abs((**frame).time.seconds() - (*c.stamps)[static_cast<std::size_t>(i)] / 1000.0) < 0.0015);
    }
    const auto before = reader.frameAt(milliseconds(-500));
    REQUIRE(before);
    CHECK(before->time == reader.info().start);
  }
}

TEST_CASE("key frames are found alone and the nearest one to a time", "[media]") {
  const Scratch scratch;
  for (const char* format : {"mp4", "matroska"}) {
    INFO(format);
    const auto path = scratch / "clip";
    makeMedia(path, moving(format, pictures("mpeg4", "yuv420p", evenStamps(60, 40))));
    VideoReaderOptions options;
    options.keyFramesOnly = true;
    VideoReader keys = opened(path, options);
    for (int i = 0; i < 60; i += 12) {
      auto frame = keys.next();
      REQUIRE(frame);
      REQUIRE(*frame);
      CHECK((**frame).keyFrame);
      CHECK((**frame).time == milliseconds(40 * i));
    }
    auto end = keys.next();
    REQUIRE(end);
    CHECK_FALSE(*end);

    VideoReader reader = opened(path);
    for (const auto& [asked, found] : {std::pair{0, 0}, {200, 0}, {300, 480}, {480, 480}, {700, 480}, {760, 960}, {2300, 1920}}) {
      INFO(asked);
      const auto frame = reader.nearestKeyFrame(milliseconds(asked));
      REQUIRE(frame);
      CHECK(frame->time == milliseconds(found));
      CHECK(frame->keyFrame);
    }
    auto following = reader.next();
    REQUIRE(following);
    REQUIRE(*following);
    CHECK((**following).time == milliseconds(1960));
    const auto exact = reader.frameAt(milliseconds(810));
    REQUIRE(exact);
    CHECK(exact->time == milliseconds(800));
  }
}

TEST_CASE("pictures after a cut are decoded as far as the file goes", "[media]") {
  const Scratch scratch;
  makeMedia(scratch / "whole.mkv", moving("matroska", pictures("mpeg4", "yuv420p", evenStamps(60, 40))));
  copyStart(scratch / "whole.mkv", scratch / "cut.mkv", 0.5);
  VideoReader reader = opened(scratch / "cut.mkv");
  int count = 0;
  for (;; ++count) {
    auto frame = reader.next();
    REQUIRE(frame);
    if (!*frame) break;
  }
  CHECK(count > 10);
  CHECK(count < 50);
  const auto last = reader.frameAt(milliseconds(2390));
  REQUIRE(last);
  CHECK(last->time < milliseconds(2000));
  const auto info = probe(scratch / "cut.mkv");
  REQUIRE(info);
  CHECK(info->durationSeconds < 2.0);
}

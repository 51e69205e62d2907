// Snapping: the nearest of what there is, and how onsets and cuts of a real file are found.
#include <cmath>
#include <cstdlib>

#include "core/analysis/snapping.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::analysis;

namespace {

MediaTime s(double seconds) { return MediaTime::fromSeconds(seconds); }

VideoFrame plain(double at, std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  VideoFrame frame;
  frame.width = frame.height = 8;
  frame.time = s(at);
  for (int i = 0; i < 64; ++i) frame.rgb.insert(frame.rgb.end(), {red, green, blue});
  return frame;
}

}  // namespace

TEST_CASE("the nearest target within reach is taken, edges before the rest") {
  SnapTargets targets{{s(1.0), s(2.0)}, {s(1.04), s(2.0)}, {s(1.9)}, {}};
  CHECK(snapPoint(targets, s(1.01), s(0.1)) == SnapPoint{s(1.0), SnapKind::edge});
  CHECK(snapPoint(targets, s(1.03), s(0.1)) == SnapPoint{s(1.04), SnapKind::onset});
  CHECK(snapPoint(targets, s(2.02), s(0.1)) == SnapPoint{s(2.0), SnapKind::edge});
  CHECK(snapPoint(targets, s(1.92), s(0.1)) == SnapPoint{s(1.9), SnapKind::cut});
  CHECK_FALSE(snapPoint(targets, s(1.5), s(0.1)));
  // An edge does not hold itself back.
  CHECK(snapPoint(targets, s(1.01), s(0.1), s(1.0)) == SnapPoint{s(1.04), SnapKind::onset});
  CHECK_FALSE(snapPoint({{s(1.0)}, {}, {}, {}}, s(1.01), s(0.1), s(1.0)));
  targets.gridStep = s(0.5);
  CHECK(snapPoint(targets, s(1.52), s(0.1)) == SnapPoint{s(1.5), SnapKind::grid});
  CHECK(snapPoint({{}, {}, {}, s(1.0)}, s(-0.9), s(0.2)) == SnapPoint{s(-1.0), SnapKind::grid});
}

TEST_CASE("edges of rejected labels are no targets") {
  LabelTrack track;
  Label kept;
  kept.span = {s(1), s(2)};
  Label rejected;
  rejected.span = {s(3), s(4)};
  rejected.state = LabelState::rejected;
  track.labels = {kept, kept, rejected};
  CHECK(edgesOf({track}) == std::vector<MediaTime>{s(1), s(2)});
}

TEST_CASE("a cut is a change that stands out, a fade is none") {
  std::vector<Look> looks;
  for (int i = 0; i < 20; ++i) looks.push_back(lookOf(plain(i * 0.04, 10, 10, 10)));
  for (int i = 20; i < 40; ++i) looks.push_back(lookOf(plain(i * 0.04, 200, 30, 90)));
  CHECK(cutsAmong(looks) == std::vector<MediaTime>{s(0.8)});
  looks.clear();
  for (int i = 0; i < 40; ++i) looks.push_back(lookOf(plain(i * 0.04, static_cast<std::uint8_t>(6 * i), 0, 0)));
  CHECK(cutsAmong(looks).empty());
  CHECK(cutsAmong({}).empty());
}

TEST_CASE("onsets of a file come from its sound, wherever it is cut") {
  const test::Scratch scratch;
  ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1);
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels.assign(2, std::vector<float>(16000 * 6, 0.0F));
  for (const double start : {1.0, 4.3})
    for (std::size_t i = 0; i < 8000; ++i)
      sound.channels[1][static_cast<std::size_t>(start * 16000) + i] = 0.5F * std::exp(-0.001F * static_cast<float>(i)) * std::sin(0.3F * static_cast<float>(i));
  REQUIRE(media::writeWav(scratch / "two.wav", sound, media::WavFormat::float32));
  auto recording = Recording::open(scratch / "two.wav");
  REQUIRE(recording);
  const auto onsets = onsetsOf(**recording, {});
  REQUIRE(onsets);
  REQUIRE(onsets->size() == 2);
  CHECK((*onsets)[0].seconds() == Approx(1.0).margin(0.03));
  CHECK((*onsets)[1].seconds() == Approx(4.3).margin(0.03));
  std::stop_source source;
  source.request_stop();
  CHECK(onsetsOf(**recording, source.get_token()).error().code == ErrorCode::cancelled);
  CHECK(cutsOf(**recording, {})->empty());
}

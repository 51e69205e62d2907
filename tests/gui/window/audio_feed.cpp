// What the loudspeaker is given: every sample once and in order, silence for what is late, loops without a seam, and a
// playhead that knows which media time each frame belongs to.
#include "ui/playback/audio_feed.h"

#include <chrono>
#include <thread>

#include "tests/gui/window/sounds.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;

namespace {

constexpr int kRate = 8000;

// Pulls until `frames` frames that are not silence came, waiting for the decoder in between.
std::vector<float> pullSound(ui::AudioFeed& feed, std::size_t frames) {
  std::vector<float> left;
  for (int attempts = 0; left.size() < frames && attempts < 4000; ++attempts) {
    std::vector<float> block(2 * 64);
    feed.pull(block);
    bool sounding = false;
    for (std::size_t n = 0; n < 64; ++n) sounding = sounding || block[2 * n + 1] != 0.0F;
    // About the pace of a sound device: a puller without any would outrun the decoder and hear that, not the feed.
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    if (!sounding) continue;
    for (std::size_t n = 0; n < 64 && left.size() < frames; ++n) left.push_back(block[2 * n]);
  }
  return left;
}

std::filesystem::path ramp(const test::Scratch& scratch, double seconds) {
  const auto path = scratch / "ramp.wav";
  REQUIRE(media::writeWav(path, test::rampAndTone(seconds, kRate), media::WavFormat::float32));
  return path;
}

}  // namespace

TEST_CASE("The feed delivers the samples in order from where it was sent") {
  const test::Scratch scratch;
  ui::AudioFeed feed(ramp(scratch, 2.0), SampleRate(kRate));
  feed.seek(MediaTime::fromSeconds(0.5), std::nullopt);
  const std::vector<float> heard = pullSound(feed, 2000);
  REQUIRE(heard.size() == 2000);
  for (std::size_t n = 0; n < heard.size(); ++n) {
    REQUIRE(heard[n] == Approx((0.5 * kRate + static_cast<double>(n)) / (2.0 * kRate)).margin(1e-6));
  }
}

TEST_CASE("A loop goes from its end to its start without a gap") {
  const test::Scratch scratch;
  ui::AudioFeed feed(ramp(scratch, 2.0), SampleRate(kRate));
  const TimeRange loop{MediaTime::fromSeconds(0.25), MediaTime::fromSeconds(0.5)};
  feed.seek(MediaTime::fromSeconds(0.4), loop);
  const std::vector<float> heard = pullSound(feed, 6400);
  REQUIRE(heard.size() == 6400);
  const std::int64_t start = kRate / 4;
  const std::int64_t end = kRate / 2;
  std::int64_t expected = kRate * 4 / 10;
  for (const float value : heard) {
    REQUIRE(value == Approx(static_cast<double>(expected) / (2.0 * kRate)).margin(1e-6));
    if (++expected == end) expected = start;
  }
}

TEST_CASE("The playhead knows the media time of each frame, and forgets it at a seek") {
  const test::Scratch scratch;
  ui::AudioFeed feed(ramp(scratch, 2.0), SampleRate(kRate));
  CHECK_FALSE(feed.mediaAt(0));
  feed.seek(MediaTime::fromSeconds(1.0), std::nullopt);
  std::vector<float> block(2 * 400);
  std::optional<MediaTime> first;
  std::int64_t pulled = 0;
  for (int attempts = 0; !first && attempts < 2000; ++attempts) {
    feed.pull(block);
    first = feed.mediaAt(pulled);
    pulled += 400;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  REQUIRE(first);
  CHECK(first->seconds() == Approx(1.0).margin(1e-4));
  CHECK(feed.mediaAt(pulled - 400 + 80)->seconds() == Approx(1.01).margin(1e-4));
  feed.seek(MediaTime::fromSeconds(0.0), std::nullopt);
  CHECK_FALSE(feed.mediaAt(pulled));
}

TEST_CASE("Half speed has twice the frames, and each knows its media time; a band stops what is outside") {
  const test::Scratch scratch;
  ui::AudioFeed feed(ramp(scratch, 1.0), SampleRate(kRate));
  ui::Rendering rendering;
  rendering.speed = 0.5;
  feed.seek(MediaTime{}, std::nullopt, rendering);
  std::int64_t pulled = 0;
  std::vector<float> block(2 * 64);
  double last = 0.0;
  std::int64_t moving = 0;
  for (int attempts = 0; !feed.finished(pulled) && attempts < 4000; ++attempts) {
    feed.pull(block);
    pulled += 64;
    if (const auto at = feed.mediaAt(pulled - 1)) {
      CHECK(at->seconds() >= last);
      if (at->seconds() > last) moving += 64;
      last = at->seconds();
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  CHECK(last == Approx(1.0).margin(0.01));
  CHECK(static_cast<double>(moving) == Approx(2.0 * kRate).margin(256.0));
  rendering = {1.0, dsp::FrequencyBand{1500.0, 3000.0}};
  feed.seek(MediaTime{}, std::nullopt, rendering);
  double loudest = 0.0;
  for (int n = 0; n < 60; ++n) {
    feed.pull(block);
    // The tone of 440 Hz is on the right; its onset is a click.
    for (std::size_t i = 0; n > 50 && i < 64; ++i) loudest = std::max(loudest, static_cast<double>(std::abs(block[2 * i + 1])));
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  CHECK(loudest < 0.01);
}

TEST_CASE("The feed finishes after the last sample and not before") {
  const test::Scratch scratch;
  ui::AudioFeed feed(ramp(scratch, 0.2), SampleRate(kRate));
  feed.seek(MediaTime{}, std::nullopt);
  CHECK(pullSound(feed, 1600).size() >= 1599);
  std::vector<float> block(2 * 64);
  for (int attempts = 0; !feed.finished(1 << 20) && attempts < 2000; ++attempts) {
    feed.pull(block);
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  CHECK(feed.finished(1 << 20));
  CHECK_FALSE(feed.finished(100));
  CHECK_FALSE(feed.error());
}

TEST_CASE("A file that cannot be decoded ends at once and says why") {
  ui::AudioFeed feed("/proc/nowhere/at/all.wav", SampleRate(kRate));
  feed.seek(MediaTime{}, std::nullopt);
  for (int attempts = 0; !(feed.error() && feed.finished(0)) && attempts < 2000; ++attempts) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  REQUIRE(feed.error());
  CHECK(feed.error()->code == ErrorCode::notFound);
  CHECK(feed.finished(0));

  feed.seek(MediaTime::fromSeconds(1.0), std::nullopt);
  for (int attempts = 0; !feed.finished(0) && attempts < 2000; ++attempts) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  CHECK(feed.finished(0));
}

TEST_CASE("Any number of channels becomes stereo") {
  AudioBuffer sound;
  sound.rate = SampleRate(kRate);
  sound.channels = {{1.0F}};
  CHECK(ui::foldToStereo(sound) == std::vector<float>{1.0F, 1.0F});
  sound.channels = {{0.25F}, {0.5F}};
  CHECK(ui::foldToStereo(sound) == std::vector<float>{0.25F, 0.5F});
  // 5.1: the centre is on both sides, the low-frequency channel on neither, nothing clips.
  sound.channels = {{0.0F}, {0.0F}, {1.0F}, {1.0F}, {0.0F}, {0.0F}};
  const std::vector<float> folded = ui::foldToStereo(sound);
  CHECK(folded[0] == Approx(folded[1]));
  CHECK(folded[0] > 0.3F);
  CHECK(folded[0] < 0.5F);
  sound.channels.assign(8, {1.0F});
  for (const float value : ui::foldToStereo(sound)) CHECK(value == Approx(1.0F));
}

#include "core/data/min_max_pyramid.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>
#include <thread>
#include <vector>

#include "tests/support/catch.h"

using namespace chladni;

namespace {

std::vector<float> noise(std::size_t samples, unsigned seed = 1) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(-1.0F, 1.0F);
  std::vector<float> sound(samples);
  for (float& value : sound) value = uniform(random);
  return sound;
}

PeakSummary direct(const std::vector<float>& sound, std::int64_t first, std::int64_t last) {
  PeakSummary summary{sound[static_cast<std::size_t>(first)], sound[static_cast<std::size_t>(first)], 0.0F, true};
  double squares = 0.0;
  for (std::int64_t n = first; n < last; ++n) {
    const float value = sound[static_cast<std::size_t>(n)];
    summary.min = std::min(summary.min, value);
    summary.max = std::max(summary.max, value);
    squares += static_cast<double>(value) * value;
  }
  summary.rms = static_cast<float>(std::sqrt(squares / static_cast<double>(last - first)));
  return summary;
}

void requireSame(const PeakSummary& actual, const PeakSummary& expected) {
  REQUIRE(actual.known);
  REQUIRE(actual.min == expected.min);
  REQUIRE(actual.max == expected.max);
  REQUIRE(actual.rms == Approx(expected.rms).epsilon(1e-4));
}

}  // namespace

TEST_CASE("pixels agree with the samples they cover") {
  const std::vector<float> sound = noise(300000);
  MinMaxPyramid peaks(64);
  std::size_t place = 0;
  for (std::size_t step = 1; place < sound.size(); step = step * 7 % 5003 + 1) {
    const std::size_t count = std::min(step, sound.size() - place);
    peaks.append({sound.data() + place, count});
    place += count;
  }
  peaks.finish();
  REQUIRE(peaks.completedSamples() == 300000);
  for (const std::int64_t pixels : {1, 3, 700, 4000}) {
    const auto summary = peaks.summarise(1000, 290001, pixels);
    for (std::int64_t p = 0; p < pixels; ++p) {
      const double step = 289001.0 / static_cast<double>(pixels);
      const auto from = 1000 + static_cast<std::int64_t>(std::floor(step * static_cast<double>(p)));
      const auto to = p + 1 == pixels
                          ? 290001
                          : 1000 + static_cast<std::int64_t>(std::floor(step * static_cast<double>(p + 1)));
      const std::int64_t first = from / 64 * 64;
      const std::int64_t last = std::min<std::int64_t>((to + 63) / 64 * 64, 300000);
      requireSame(summary[static_cast<std::size_t>(p)], direct(sound, first, last));
    }
  }
}

TEST_CASE("the last short block appears when finished") {
  std::vector<float> sound(1000, 0.25F);
  sound[999] = -0.75F;
  MinMaxPyramid peaks(256);
  peaks.append(sound);
  CHECK(peaks.completedSamples() == 768);
  CHECK_FALSE(peaks.summarise(900, 1000, 1)[0].known);
  peaks.finish();
  CHECK(peaks.finished());
  CHECK(peaks.completedSamples() == 1000);
  CHECK(peaks.summarise(0, 1000, 1)[0].min == -0.75F);
  CHECK(peaks.summarise(0, 1000, 1)[0].rms == Approx(0.250998).epsilon(1e-5));
}

TEST_CASE("outside the sound nothing is known") {
  MinMaxPyramid peaks(256);
  peaks.append(noise(2560));
  peaks.finish();
  const auto summary = peaks.summarise(-2560, 5120, 3);
  CHECK_FALSE(summary[0].known);
  CHECK(summary[1].known);
  CHECK_FALSE(summary[2].known);
  CHECK(peaks.summarise(10, 10, 0).empty());
  MinMaxPyramid empty;
  empty.finish();
  CHECK(empty.completedSamples() == 0);
  CHECK_FALSE(empty.summarise(0, 100, 1)[0].known);
}

TEST_CASE("pixels narrower than a sample or a block still show it") {
  MinMaxPyramid peaks(256);
  const auto sound = noise(2560);
  peaks.append(sound);
  const auto summary = peaks.summarise(300, 310, 40);
  for (const PeakSummary& pixel : summary) requireSame(pixel, direct(sound, 256, 512));
}

TEST_CASE("not-a-number counts as silence") {
  std::vector<float> sound(512, std::numeric_limits<float>::quiet_NaN());
  sound[5] = 0.5F;
  MinMaxPyramid peaks(256);
  peaks.append(sound);
  const auto summary = peaks.summarise(0, 512, 2);
  CHECK(summary[0].min == 0.0F);
  CHECK(summary[0].max == 0.5F);
  CHECK(summary[1].rms == 0.0F);
}

TEST_CASE("readers see only completed blocks while the writer runs") {
  const std::int64_t total = 20'000'000;
  std::vector<float> ramp(65536);
  MinMaxPyramid peaks(64);
  std::atomic<bool> wrong{false};
  std::thread reader([&] {
    while (!peaks.finished()) {
      const std::int64_t seen = peaks.completedSamples();
      if (seen == 0) continue;
      for (const PeakSummary& pixel : peaks.summarise(0, seen, 50)) {
        if (!pixel.known || pixel.min != 0.5F || pixel.max != 0.5F || std::abs(pixel.rms - 0.5F) > 1e-3F) wrong = true;
      }
    }
  });
  std::fill(ramp.begin(), ramp.end(), 0.5F);
  for (std::int64_t n = 0; n < total; n += static_cast<std::int64_t>(ramp.size())) peaks.append(ramp);
  peaks.finish();
  reader.join();
  CHECK_FALSE(wrong);
}

TEST_CASE("bytes bring the same peaks back") {
  MinMaxPyramid peaks(128);
  peaks.append(noise(100001));
  peaks.finish();
  const auto bytes = peaks.toBytes();
  const auto again = MinMaxPyramid::fromBytes(bytes);
  REQUIRE(again);
  REQUIRE((*again)->finished());
  REQUIRE((*again)->completedSamples() == 100001);
  const auto before = peaks.summarise(0, 100001, 333);
  const auto after = (*again)->summarise(0, 100001, 333);
  for (std::size_t p = 0; p < before.size(); ++p) {
    REQUIRE(before[p].min == after[p].min);
    REQUIRE(before[p].max == after[p].max);
    REQUIRE(before[p].rms == after[p].rms);
  }
}

TEST_CASE("damaged bytes are refused") {
  MinMaxPyramid peaks(128);
  peaks.append(noise(10000));
  peaks.finish();
  const auto good = peaks.toBytes();
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, std::size_t{32}, good.size() - 1}) {
    const auto cut = MinMaxPyramid::fromBytes({good.data(), size});
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == ErrorCode::corruptData);
  }
  for (std::size_t place = 0; place < 32; ++place) {
    auto bad = good;
    bad[place] ^= std::byte{0x80};
    CHECK_FALSE(MinMaxPyramid::fromBytes(bad));
  }
  auto bad = good;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  std::memcpy(bad.data() + 32, &nan, sizeof nan);
  CHECK_FALSE(MinMaxPyramid::fromBytes(bad));
}

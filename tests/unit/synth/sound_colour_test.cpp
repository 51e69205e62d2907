#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/synth/decimate.h"
#include "core/synth/sound_colour.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::synth;

namespace {

constexpr SampleRate kRate(16000);

std::vector<float> tone(double hertz, double seconds, SampleRate rate = kRate) {
  std::vector<float> samples(static_cast<std::size_t>(seconds * rate.hz()));
  for (std::size_t n = 0; n < samples.size(); ++n)
    samples[n] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / rate.hz()));
  return samples;
}

double level(const std::vector<float>& samples, std::size_t from = 0) {
  double energy = 0.0;
  for (std::size_t n = from; n < samples.size(); ++n) energy += static_cast<double>(samples[n]) * samples[n];
  return std::sqrt(energy / static_cast<double>(samples.size() - from));
}

}  // namespace

TEST_CASE("Colour is repeatable, finite and within full scale") {
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    auto first = tone(440.0, 0.5);
    auto second = first;
    Random a(seed), b(seed);
    colour(first, kRate, 1.0, a);
    colour(second, kRate, 1.0, b);
    REQUIRE(first == second);
    REQUIRE(std::all_of(first.begin(), first.end(), [](float s) { return std::isfinite(s) && std::abs(s) <= 1.0001F; }));
    REQUIRE(level(first) > 1e-3);
  }
}

TEST_CASE("Strength zero only sets the level") {
  auto samples = tone(440.0, 0.2);
  const auto before = samples;
  Random random(1);
  colour(samples, kRate, 0.0, random);
  const float gain = samples[10] / before[10];
  for (std::size_t n = 0; n < samples.size(); ++n) REQUIRE(samples[n] == Approx(gain * before[n]).margin(1e-6));
}

TEST_CASE("A room rings on after the sound has ended") {
  auto samples = tone(440.0, 1.0);
  std::fill(samples.begin() + 4000, samples.end(), 0.0F);
  Random random(3);
  addRoom(samples, kRate, 1.5, 0.5, random);
  CHECK(level(samples, 8000) > 1e-3);
  auto silent = std::vector<float>(1000);
  addRoom(silent, kRate, 1.0, 0.5, random);
  CHECK(level(silent) < 1e-6);
}

TEST_CASE("Noise has the level asked for") {
  const auto clean = tone(440.0, 2.0);
  for (const double decibels : {10.0, 30.0}) {
    auto noisy = clean;
    Random random(5);
    addNoise(noisy, kRate, decibels, random);
    std::vector<float> noise(clean.size());
    for (std::size_t n = 0; n < noise.size(); ++n) noise[n] = noisy[n] - clean[n];
    CHECK(20.0 * std::log10(level(clean) / level(noise)) == Approx(decibels).margin(0.5));
  }
}

TEST_CASE("Decimation keeps what the new rate can say and removes the rest") {
  const auto low = decimate(tone(1000.0, 0.5, SampleRate(32000)), 2);
  const auto high = decimate(tone(12000.0, 0.5, SampleRate(32000)), 2);
  REQUIRE(low.size() == 8000);
  CHECK(level(low, 200) == Approx(0.5 / std::numbers::sqrt2).epsilon(0.02));
  CHECK(level(high, 200) < 1e-3);
}

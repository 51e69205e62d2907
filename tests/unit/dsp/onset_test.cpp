// Onsets of sounds whose onsets are known: clicks, notes over a drone, a crescendo that has none.
#include <algorithm>
#include <cmath>

#include "core/dsp/onset.h"
#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

namespace {

constexpr int kRate = 16000;

std::vector<double> onsetsOf(const std::vector<float>& sound, std::size_t piece = 0, int rate = kRate) {
  auto detector = OnsetDetector::create(SampleRate(rate));
  REQUIRE(detector);
  if (piece == 0) piece = std::max<std::size_t>(1, sound.size());
  for (std::size_t at = 0; at < sound.size(); at += piece)
    detector->push(std::span(sound).subspan(at, std::min(piece, sound.size() - at)));
  std::vector<double> seconds;
  for (const MediaTime time : detector->finish()) seconds.push_back(time.seconds());
  return seconds;
}

// A decaying tone from `start` on.
void addNote(std::vector<float>& sound, double start, double hertz, double amplitude, double rate = kRate) {
  for (auto n = static_cast<std::size_t>(start * rate); n < sound.size(); ++n) {
    const double t = static_cast<double>(n) / rate - start;
    if (t > 1.0) break;
    sound[n] += static_cast<float>(amplitude * std::exp(-9.0 * t) * std::sin(2.0 * std::numbers::pi * hertz * t));
  }
}

void near(const std::vector<double>& found, const std::vector<double>& wanted, double within = 0.025) {
  INFO(Catch::Detail::stringify(found));
  REQUIRE(found.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) CHECK(found[i] == Approx(wanted[i]).margin(within));
}

}  // namespace

TEST_CASE("notes are found where they begin, loud and quiet, at any rate") {
  const std::vector<double> starts{0.30, 0.90, 1.20, 2.05, 2.60};
  for (const int rate : {8000, 16000, 44100}) {
    std::vector<float> sound(static_cast<std::size_t>(rate) * 3, 0.0F);
    for (std::size_t i = 0; i < starts.size(); ++i) addNote(sound, starts[i], 300.0 + 170.0 * static_cast<double>(i), i % 2 == 0 ? 0.6 : 0.08, rate);
    near(onsetsOf(sound, 0, rate), starts);
  }
}

TEST_CASE("a note over a drone and noise is found") {
  auto sound = test::sine(kRate * 3, 110.0, kRate, 0.3);
  const auto noise = test::noise(sound.size());
  for (std::size_t i = 0; i < sound.size(); ++i) sound[i] += 0.01F * noise[i];
  addNote(sound, 1.5, 880.0, 0.4);
  const auto found = onsetsOf(sound);
  CHECK(std::count_if(found.begin(), found.end(), [](double at) { return std::abs(at - 1.5) < 0.03; }) == 1);
  // The drone itself begins at 0; noise makes few more.
  CHECK(found.size() <= 6);
}

TEST_CASE("silence, a steady tone and a slow crescendo have no onsets inside") {
  CHECK(onsetsOf(std::vector<float>(kRate * 2, 0.0F)).empty());
  CHECK(onsetsOf({}).empty());
  for (const bool swell : {false, true}) {
    auto sound = test::sine(kRate * 3, 440.0, kRate, 0.5);
    if (swell)
      for (std::size_t i = 0; i < sound.size(); ++i) sound[i] *= static_cast<float>(i) / static_cast<float>(sound.size());
    for (const double at : onsetsOf(sound)) {
      INFO(swell << " at " << at);
      CHECK((at < 0.1 || at > 2.9));
    }
  }
}

TEST_CASE("how the sound is cut into pieces changes nothing") {
  std::vector<float> sound = test::noise(kRate * 2);
  for (float& value : sound) value *= 0.02F;
  for (const double at : {0.4, 1.1, 1.7}) addNote(sound, at, 500.0, 0.5);
  const auto whole = onsetsOf(sound);
  CHECK(whole.size() >= 3);
  for (const std::size_t piece : {1UL, 97UL, 160UL, 4096UL}) CHECK(onsetsOf(sound, piece) == whole);
}

TEST_CASE("a detector without sense is refused") {
  CHECK_FALSE(OnsetDetector::create(SampleRate()));
  CHECK_FALSE(OnsetDetector::create(SampleRate(8000), {0.046, 0.0, 0.35, 0.84}));
  CHECK_FALSE(OnsetDetector::create(SampleRate(8000), {0.046, 0.01, 0.35, 1.0}));
  CHECK_FALSE(OnsetDetector::create(SampleRate(8000), {std::nan(""), 0.01, 0.35, 0.5}));
}

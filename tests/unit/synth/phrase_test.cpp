#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/synth/phrase_assembler.h"
#include "core/synth/phrase_writer.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::synth;

namespace {

constexpr SampleRate kRate(16000);

BankSound soundOf(double key) {
  BankSound sound{key, std::vector<float>(static_cast<std::size_t>(kRate.hz()))};
  const double hertz = 440.0 * std::exp2((key - 69.0) / 12.0);
  for (std::size_t n = 0; n < sound.samples.size(); ++n)
    sound.samples[n] = 0.3F * static_cast<float>(std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / kRate.hz()));
  return sound;
}

NoteBank smallBank() {
  NoteBank bank{kRate, {}};
  SoundGroup cello{"playing cello", "a studio", true, SoundKind::note, {}};
  for (int key = 40; key < 60; ++key) cello.sounds.push_back(soundOf(key));
  bank.groups.push_back(cello);
  for (const char* part : {"playing bass drum", "playing snare drum", "playing cymbal"})
    bank.groups.push_back({part, "a kit", true, SoundKind::hit, {soundOf(50), soundOf(55)}});
  bank.groups.push_back({"orchestra", "a hall", true, SoundKind::passage, {soundOf(60)}});
  return bank;
}

InstrumentMap smallMap() {
  InstrumentMap map;
  map.instruments["playing cello"] = {"playing cello", Manner::solo, 36, 72};
  map.instruments["playing drum kit"] = {"playing drum kit", Manner::kit, 35, 59};
  map.instruments["playing harp"] = {"playing harp", Manner::chords, 31, 96};
  map.instruments["playing bongo"] = {"playing bongo", Manner::hits, 60, 61};
  map.drumLabels = {{36, "playing bass drum"}, {60, "playing bongo"}, {61, "playing bongo"}};
  return map;
}

}  // namespace

TEST_CASE("Shifting by a ratio changes length and pitch together") {
  const auto sound = soundOf(60);
  const auto up = shifted(sound.samples, 2.0, 0, 1 << 20);
  CHECK(up.size() == Approx(sound.samples.size() / 2.0).margin(4));
  const auto octave = soundOf(72);
  for (std::size_t n = 100; n < 1000; ++n) REQUIRE(up[n] == Approx(octave.samples[n]).margin(0.02));
  CHECK(shifted(sound.samples, 1.0, 5, 10).size() == 10);
  CHECK(shifted({0.0F, 1.0F}, 1.0, 0, 10).empty());
}

TEST_CASE("Phrases have the length asked for, sound, and repeat with the seed") {
  const auto bank = smallBank();
  const auto map = smallMap();
  const PhraseAssembler assembler(bank, map);
  for (const char* label : {"playing cello", "playing drum kit", "playing snare drum", "orchestra"}) {
    REQUIRE(assembler.canPlay(label));
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Random a(seed), b(seed), c(seed + 1000);
      const auto phrase = assembler.phrase(label, 2.0, 1.0, a).samples;
      REQUIRE(phrase.size() == 32000);
      REQUIRE(std::any_of(phrase.begin(), phrase.end(), [](float s) { return std::abs(s) > 0.01F; }));
      REQUIRE(std::all_of(phrase.begin(), phrase.end(), [](float s) { return std::isfinite(s); }));
      REQUIRE(phrase == assembler.phrase(label, 2.0, 1.0, b).samples);
      REQUIRE(phrase != assembler.phrase(label, 2.0, 1.0, c).samples);
    }
  }
  CHECK_FALSE(assembler.canPlay("playing harp"));
}

TEST_CASE("A phrase says whether it is made of recordings") {
  auto bank = smallBank();
  for (auto group : smallBank().groups) {
    group.recorded = false;
    bank.groups.push_back(group);
  }
  const auto map = smallMap();
  const PhraseAssembler assembler(bank, map);
  for (const char* label : {"playing cello", "playing drum kit", "playing snare drum", "orchestra"}) {
    INFO(label);
    int recorded = 0;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      Random random(seed);
      recorded += assembler.phrase(label, 0.5, 0.5, random).recorded ? 1 : 0;
      CHECK_FALSE(assembler.phrase(label, 0.5, 0.0, random).recorded);
    }
    CHECK(recorded > 0);
    CHECK(recorded < 20);
  }
}

TEST_CASE("Written phrases stay in the instrument's range and inside the clip") {
  const auto map = smallMap();
  for (const char* label : {"playing cello", "playing harp"}) {
    const auto& instrument = map.instruments.at(label);
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
      Random random(seed);
      Part part;
      writePhrase(part, instrument, map.drumLabels, 4.0, random);
      REQUIRE_FALSE(part.notes.empty());
      for (const auto& note : part.notes) {
        REQUIRE((note.key >= instrument.lowestKey && note.key <= instrument.highestKey));
        REQUIRE((note.start >= 0.0 && note.start < 4.2 && note.duration > 0.0));
        REQUIRE((note.velocity >= 1 && note.velocity <= 127));
      }
      REQUIRE(std::is_sorted(part.bends.begin(), part.bends.end(), [](const auto& x, const auto& y) { return x.time < y.time; }));
    }
  }
}

TEST_CASE("Percussion strikes only the keys of its class") {
  const auto map = smallMap();
  Random random(4);
  Part part;
  part.bank = 128;
  writePhrase(part, map.instruments.at("playing bongo"), map.drumLabels, 4.0, random);
  REQUIRE_FALSE(part.notes.empty());
  for (const auto& note : part.notes) REQUIRE((note.key == 60 || note.key == 61));
}

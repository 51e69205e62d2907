#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/synth/score_animation.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::synth;

namespace {

constexpr SampleRate kRate(16000);

BankSound tone(double key) {
  BankSound sound{key, std::vector<float>(static_cast<std::size_t>(kRate.hz()))};
  for (std::size_t n = 0; n < sound.samples.size(); ++n)
    sound.samples[n] = 0.3F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 440.0 * std::exp2((key - 69.0) / 12.0) * static_cast<double>(n) / kRate.hz()));
  return sound;
}

NoteBank bank() {
  NoteBank made{kRate, {}};
  made.groups.push_back({"playing cello", "a studio", true, SoundKind::note, {tone(40), tone(45), tone(60)}});
  made.groups.push_back({"playing snare drum", "a kit", true, SoundKind::hit, {tone(50)}});
  made.groups.push_back({"orchestra", "a hall", true, SoundKind::passage, {tone(60)}});
  return made;
}

InstrumentMap map() {
  InstrumentMap made;
  made.instruments["playing cello"] = {"playing cello", Manner::solo, 36, 72};
  made.instruments["playing snare drum"] = {"playing snare drum", Manner::hits, 38, 40};
  made.instruments["orchestra"] = {"orchestra", Manner::chords, 30, 90};
  return made;
}

Piece oneNote(const SoundGroup& group, double key, double loudness) {
  return {2.0, {{&group, 40.0, 60.0, {{0.5, 1.0, key, loudness}}}}};
}

// Sum of differences from the picture of silence, and the mean height of what differs (0 at the top).
struct Lit {
  double amount = 0.0, height = 0.0;
};
Lit litBy(const ScoreAnimation& animation, double seconds) {
  constexpr int kSize = 48;
  const auto now = animation.paint(seconds, kSize), silence = animation.paint(0.2, kSize);
  Lit lit;
  for (int y = 0; y < kSize; ++y)
    for (int x = 0; x < kSize * 3; ++x) {
      const auto n = static_cast<std::size_t>(y * kSize * 3 + x);
      const double difference = std::abs(static_cast<double>(now.rgb[n]) - silence.rgb[n]);
      lit.amount += difference;
      lit.height += difference * y;
    }
  lit.height /= std::max(lit.amount, 1.0);
  return lit;
}

}  // namespace

TEST_CASE("Pieces repeat with the seed, stay within what the bank can play, and sound where notes are") {
  const auto notes = bank();
  const auto instruments = map();
  const PieceWriter writer(notes, instruments);
  CHECK(writer.groups() == 2);  // passages have no notes
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    Random one(seed), two(seed);
    const auto piece = writer.write(3.0, one);
    const auto sound = writer.play(piece);
    REQUIRE(sound == writer.play(writer.write(3.0, two)));
    REQUIRE(sound.size() == 48000);
    REQUIRE_FALSE(piece.voices.empty());
    for (const auto& voice : piece.voices)
      for (const auto& note : voice.notes) {
        REQUIRE(note.start < 3.0);
        if (voice.group->kind != SoundKind::note) continue;
        REQUIRE(note.key >= 40.0 - PieceWriter::kMostShift);
        REQUIRE(note.key <= 60.0 + PieceWriter::kMostShift);
      }
    for (const float sample : sound) REQUIRE(std::abs(sample) <= 0.8F + 1e-5F);
  }
  const auto piece = oneNote(notes.groups.front(), 45.0, 1.0);
  const auto sound = writer.play(piece);
  const auto level = [&](std::size_t first, std::size_t last) {
    return std::abs(*std::max_element(sound.begin() + static_cast<std::ptrdiff_t>(first), sound.begin() + static_cast<std::ptrdiff_t>(last)));
  };
  CHECK(level(0, 7900) == 0.0F);
  CHECK(level(8100, 15000) > 0.2F);
  CHECK(level(27000, 32000) == 0.0F);
}

TEST_CASE("Every style shows what sounds, and nothing when nothing does") {
  const auto notes = bank();
  for (const auto style : {AnimationStyle::rows, AnimationStyle::shapes}) {
    Random random(3);
    const ScoreAnimation animation(oneNote(notes.groups.front(), 50.0, 1.0), style, random);
    CHECK(litBy(animation, 0.3).amount == 0.0);
    CHECK(litBy(animation, 0.7).amount > 1000.0);
    CHECK(litBy(animation, 1.95).amount == 0.0);
  }
  for (const auto style : {AnimationStyle::roll, AnimationStyle::falling}) {
    Random random(3);
    const ScoreAnimation animation(oneNote(notes.groups.front(), 50.0, 1.0), style, random);
    CHECK(litBy(animation, 1.0).amount > 1000.0);  // it has moved on
  }
}

TEST_CASE("Higher notes stand higher, louder ones are larger") {
  const auto notes = bank();
  const auto shown = [&](double key, double loudness) {
    Random random(8);
    auto piece = oneNote(notes.groups.front(), key, loudness);
    return litBy(ScoreAnimation(std::move(piece), AnimationStyle::shapes, random), 0.6);
  };
  CHECK(shown(58.0, 1.0).height < shown(42.0, 1.0).height);
  CHECK(shown(50.0, 1.0).amount > 1.5 * shown(50.0, 0.3).amount);
  const PieceNote note{1.0, 0.5, 60.0, 0.8};
  CHECK(ScoreAnimation::loudnessAt(note, 0.9) == 0.0);
  CHECK(ScoreAnimation::loudnessAt(note, 1.0) == Approx(0.8));
  CHECK(ScoreAnimation::loudnessAt(note, 1.4) < 0.8);
  CHECK(ScoreAnimation::loudnessAt(note, 2.5) == 0.0);
}

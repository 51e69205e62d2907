#include "core/synth/blown_instruments.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/unit/synth/tone_measure.h"

using namespace chladni;
using namespace chladni::synth;

namespace {

constexpr double kRate = 16000.0;

// The middle half of a second of a note, after its attack.
std::vector<float> middle(const BankSound& sound) {
  REQUIRE(sound.samples.size() > 12000);
  return {sound.samples.begin() + 4000, sound.samples.begin() + 12000};
}

// How strong the harmonics `from` to `to` of 220 Hz are, by steps of `step`. Wide, as vibrato moves them.
double harmonics(const std::vector<float>& samples, int from, int to, int step) {
  double sum = 0.0;
  for (int n = from; n <= to; n += step)
    for (double cents = -40.0; cents <= 40.0; cents += 5.0) sum += amplitudeAt(samples, 220.0 * n * std::exp2(cents / 1200.0), kRate);
  return sum;
}

}  // namespace

TEST_CASE("Every blown class is played, in its range, by as many different players as asked for") {
  checkBank(blownNoteBank(mapOf(blownClasses()), {}, SampleRate(16000), 3, 4, 1), 3 * blownClasses().size());
}

TEST_CASE("The same seed makes the same players, another seed others") {
  const std::set<std::string> horn{"playing french horn"};
  const auto bank = [&](std::uint64_t seed) { return blownNoteBank(mapOf(blownClasses()), horn, SampleRate(16000), 1, 1, seed); };
  CHECK(bank(3).groups[0].sounds[0].samples == bank(3).groups[0].sounds[0].samples);
  CHECK(bank(3).groups[0].sounds[0].samples != bank(4).groups[0].sounds[0].samples);
}

TEST_CASE("Blown notes have the pitch of their key, clarinets odd harmonics, trumpets brighter ones than horns") {
  const auto bank = blownNoteBank(mapOf(blownClasses()), {}, SampleRate(16000), 8, 2, 7);
  std::map<std::string, double> even, high;
  for (const auto& group : bank.groups) {
    INFO(group.label << ", " << group.source);
    const auto& a3 = group.sounds.front();
    REQUIRE(a3.key == 57.0);
    const auto tone = middle(a3);
    double between = 0.0;
    for (double cents = -40.0; cents <= 40.0; cents += 5.0) between += amplitudeAt(tone, 275.0 * std::exp2(cents / 1200.0), kRate);
    CHECK(harmonics(tone, 1, 4, 1) > 4.0 * between);
    even[group.label] += harmonics(tone, 2, 4, 2) / harmonics(tone, 1, 5, 1) / 8.0;
    high[group.label] += harmonics(tone, 6, 12, 1) / harmonics(tone, 1, 12, 1) / 8.0;
  }
  CHECK(even["playing clarinet"] < 0.6 * even["playing saxophone"]);
  CHECK(high["playing trumpet"] > 1.5 * high["playing french horn"]);
}

TEST_CASE("Brass played softer loses its high harmonics, a flute stays as it was") {
  std::vector<float> bright(16000);
  for (int n = 1; n <= 30; ++n)
    for (std::size_t k = 0; k < bright.size(); ++k) bright[k] += 0.02F * static_cast<float>(std::sin(2.0 * M_PI * 220.0 * n * static_cast<double>(k) / kRate));
  Random random(5);
  for (const char* label : {"playing trumpet", "playing trombone", "playing french horn", "playing saxophone"}) {
    INFO(label);
    auto soft = bright;
    playSofter(soft, label, SampleRate(16000), random);
    CHECK(amplitudeAt(soft, 220.0, kRate) > 0.7 * amplitudeAt(bright, 220.0, kRate));
    CHECK(amplitudeAt(soft, 6600.0, kRate) < 0.15 * amplitudeAt(bright, 6600.0, kRate));
  }
  auto flute = bright;
  playSofter(flute, "playing flute", SampleRate(16000), random);
  CHECK(flute == bright);
}

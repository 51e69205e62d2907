#include "core/synth/modal_instruments.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/unit/synth/tone_measure.h"

using namespace chladni;
using namespace chladni::synth;

namespace {

double energy(const std::vector<float>& samples, std::size_t first, std::size_t last) {
  double sum = 0.0;
  for (auto n = first; n < std::min(last, samples.size()); ++n) sum += static_cast<double>(samples[n]) * samples[n];
  return sum;
}

// The second half-second of a note against the first.
double lateShare(const BankSound& sound) { return energy(sound.samples, 8000, 16000) / energy(sound.samples, 0, 8000); }

}  // namespace

TEST_CASE("Every modal class is played, in its range, by as many different instruments as asked for") {
  checkBank(modalNoteBank(mapOf(modalClasses()), {}, SampleRate(16000), 3, 4, 1), 3 * modalClasses().size());
}

TEST_CASE("The same seed makes the same modal instruments, another seed others") {
  const std::set<std::string> harp{"playing harp"};
  const auto bank = [&](std::uint64_t seed) { return modalNoteBank(mapOf(modalClasses()), harp, SampleRate(16000), 1, 1, seed); };
  CHECK(bank(3).groups[0].sounds[0].samples == bank(3).groups[0].sounds[0].samples);
  CHECK(bank(3).groups[0].sounds[0].samples != bank(4).groups[0].sounds[0].samples);
}

TEST_CASE("A modal harp has its fundamental where the key says, dies away, and a marimba dies sooner") {
  const auto bank = modalNoteBank(mapOf(modalClasses()), {"playing harp", "playing marimba, xylophone"}, SampleRate(16000), 8, 2, 7);
  double harpLate = 0.0, marimbaLate = 0.0;
  for (const auto& group : bank.groups) {
    INFO(group.label << ", " << group.source);
    const auto& a3 = group.sounds.front();
    REQUIRE(a3.key == 57.0);
    const std::vector<float> head(a3.samples.begin(), a3.samples.begin() + std::min<std::ptrdiff_t>(3200, static_cast<std::ptrdiff_t>(a3.samples.size())));
    CHECK(amplitudeAt(head, 220.0, 16000.0) > 5.0 * amplitudeAt(head, 247.5, 16000.0));
    const double late = lateShare(a3);
    CHECK(late < 1.0);
    (group.label == "playing harp" ? harpLate : marimbaLate) += late / 8.0;
  }
  CHECK(harpLate > 2.0 * marimbaLate);
}

TEST_CASE("The strings of a modal harp ring the shorter the higher they are") {
  const auto bank = modalNoteBank(mapOf(modalClasses()), {"playing harp"}, SampleRate(16000), 24, 2, 7);
  double low = 0.0, high = 0.0;
  for (const auto& group : bank.groups) {
    REQUIRE(group.sounds.front().key < group.sounds.back().key);
    low += lateShare(group.sounds.front());
    high += lateShare(group.sounds.back());
  }
  CHECK(low > 1.5 * high);
}

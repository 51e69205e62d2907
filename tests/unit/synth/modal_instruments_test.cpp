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
    const auto& a4 = group.sounds.back();
    REQUIRE(a4.key == 69.0);
    const std::vector<float> head(a4.samples.begin(), a4.samples.begin() + std::min<std::ptrdiff_t>(3200, static_cast<std::ptrdiff_t>(a4.samples.size())));
    CHECK(amplitudeAt(head, 440.0, 16000.0) > 5.0 * amplitudeAt(head, 495.0, 16000.0));
    const double late = energy(a4.samples, 8000, 16000) / energy(a4.samples, 0, 8000);
    CHECK(late < 1.0);
    (group.label == "playing harp" ? harpLate : marimbaLate) += late / 8.0;
  }
  CHECK(harpLate > 3.0 * marimbaLate);
}

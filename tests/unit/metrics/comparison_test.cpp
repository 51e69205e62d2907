// The signed-rank test, the bootstrap, McNemar's test, events and importance on examples worked out by hand.
#include <cmath>
#include <random>

#include "core/metrics/events.h"
#include "core/metrics/modality_importance.h"
#include "core/metrics/significance.h"
#include "core/metrics/wilcoxon.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::metrics;

TEST_CASE("Five pairs all one way give one star at best") {
  const std::vector<double> differences{0.3, 1.0, 2.0, 0.1, 4.0};
  const auto greater = wilcoxon(differences, Alternative::greater);
  REQUIRE(greater);
  CHECK(greater->statistic == 15.0);
  CHECK(greater->p == 0.03125);
  CHECK(significanceStars(greater->p) == "*");
  CHECK(wilcoxon(differences, Alternative::less)->p == 1.0);
  CHECK(wilcoxon(differences, Alternative::twoSided)->p == 0.0625);
}

TEST_CASE("Shared ranks have their own distribution") {
  // Ranks 1.5 1.5 3 with signs + + -: of 8 patterns 0, 1.5 (2), 3 (2), 4.5 (2), 6 sum up.
  const auto tied = wilcoxon(std::vector<double>{1.0, 1.0, -2.0, 0.0}, Alternative::greater);
  REQUIRE(tied);
  CHECK(tied->pairs == 3);
  CHECK(tied->plus == 3.0);
  CHECK(tied->minus == 3.0);
  CHECK(tied->p == Approx(5.0 / 8.0));
  CHECK(wilcoxon(std::vector<double>{0.0, 0.0}, Alternative::greater)->p == 1.0);
  CHECK_FALSE(wilcoxon(std::vector<double>{}, Alternative::greater));
  CHECK_FALSE(wilcoxon(std::vector<double>(kMostWilcoxonPairs + 1, 1.0), Alternative::greater));
  CHECK_FALSE(wilcoxon(std::vector<double>{1.0}, std::vector<double>{1.0, 2.0}, Alternative::greater));
}

TEST_CASE("The null distribution of the rank sum is symmetric and complete") {
  const auto counts = wilcoxonNullCounts(12);
  CHECK(counts.size() == 79);
  std::int64_t sum = 0;
  for (std::size_t s = 0; s < counts.size(); ++s) {
    sum += counts[s];
    CHECK(counts[s] == counts[counts.size() - 1 - s]);
  }
  CHECK(sum == 4096);
}

TEST_CASE("The bootstrap tells a clear difference from none, the same way every time") {
  std::vector<double> better(100, 1.0);
  std::vector<double> worse(100, 1.0);
  for (std::size_t i = 0; i < 30; ++i) worse[i] = 0.0;
  const auto clear = pairedBootstrap(better, worse, {});
  REQUIRE(clear);
  CHECK(clear->difference == Approx(0.3));
  CHECK(clear->p < 0.01);
  CHECK((clear->low > 0.15 && clear->low < 0.3));
  CHECK((clear->high > 0.3 && clear->high < 0.45));
  for (std::size_t i = 70; i < 100; ++i) better[i] = 0.0;
  const auto none = pairedBootstrap(better, worse, {});
  REQUIRE(none);
  CHECK(none->p > 0.5);
  const auto again = pairedBootstrap(better, worse, {});
  REQUIRE(again);
  CHECK(again->low == none->low);
  std::vector<double> graded(100);
  for (std::size_t i = 0; i < graded.size(); ++i) graded[i] = 1.0 / static_cast<double>(i + 1);
  CHECK(pairedBootstrap(graded, worse, {2000, 2, 0.95})->low != pairedBootstrap(graded, worse, {2000, 1, 0.95})->low);
  CHECK_FALSE(pairedBootstrap(better, std::vector<double>{1.0}, {}));
  std::stop_source stop;
  stop.request_stop();
  CHECK(pairedBootstrap(better, worse, {}, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("McNemar's test tosses the coins that differ") {
  CHECK(mcNemar(0, 0) == 1.0);
  CHECK(mcNemar(5, 0) == Approx(2.0 / 32.0));
  CHECK(mcNemar(1, 4) == Approx(2.0 * 6.0 / 32.0));
  CHECK(mcNemar(3, 3) == 1.0);
}

TEST_CASE("Events match once, within their tolerances") {
  const std::vector<Event> truth{{0, 0, 1.0, 2.0}, {0, 0, 1.3, 2.0}, {0, 1, 5.0, 15.0}};
  // The first found event fits both true ones, the second only the first: the best matching pairs both.
  const std::vector<Event> found{{0, 0, 1.2, 2.0}, {0, 0, 0.9, 2.1}, {0, 1, 5.2, 13.1}, {1, 1, 5.0, 15.0}};
  const auto scores = eventScores(truth, found, 3);
  REQUIRE(scores);
  CHECK(scores->matched == std::vector<std::int64_t>{2, 1, 0});
  CHECK(scores->overall.precision == Approx(0.75));
  CHECK(scores->overall.recall == 1.0);
  CHECK(scores->macro.precision == Approx(0.75));
  const auto strict = eventScores(truth, found, 3, {0.2, 0.0, true});
  REQUIRE(strict);
  CHECK(strict->matched == std::vector<std::int64_t>{2, 0, 0});
  CHECK(eventScores(truth, found, 3, {0.2, 0.0, false})->matched[1] == 1);
  CHECK_FALSE(eventScores(truth, std::vector<Event>{{0, 3, 0.0, 1.0}}, 3));
  CHECK_FALSE(eventScores(truth, std::vector<Event>{{0, 0, 2.0, 1.0}}, 3));
}

// Tries all ways to pair.
std::int64_t mostPairs(const std::vector<Event>& truth, const std::vector<Event>& found, const EventTolerance& tolerance, std::size_t at, unsigned taken) {
  if (at == found.size()) return 0;
  std::int64_t most = mostPairs(truth, found, tolerance, at + 1, taken);
  for (std::size_t t = 0; t < truth.size(); ++t) {
    const double end = std::max(tolerance.seconds, tolerance.shareOfLength * (truth[t].end - truth[t].start));
    const bool fits = truth[t].label == found[at].label && std::abs(truth[t].start - found[at].start) <= tolerance.seconds + 1e-9 &&
                      std::abs(truth[t].end - found[at].end) <= end + 1e-9;
    if (fits && (taken & (1U << t)) == 0) most = std::max(most, 1 + mostPairs(truth, found, tolerance, at + 1, taken | (1U << t)));
  }
  return most;
}

TEST_CASE("As many events are matched as can be") {
  std::mt19937 random(4);
  const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  const EventTolerance tolerance{0.3, 0.2, true};
  for (int round = 0; round < 300; ++round) {
    std::vector<Event> sides[2];
    for (auto& side : sides)
      for (int n = number(7); n >= 0; --n) {
        const double start = 0.1 * number(14);
        side.push_back({0, number(2), start, start + 0.1 * number(20)});
      }
    const auto scores = eventScores(sides[0], sides[1], 2, tolerance);
    REQUIRE(scores);
    CHECK(scores->matched[0] + scores->matched[1] == mostPairs(sides[0], sides[1], tolerance, 0, 0));
  }
}

TEST_CASE("A long row of events that all have to give way is matched without end of the stack") {
  constexpr int kEvents = 200'000;
  std::vector<Event> truth, found;
  for (int n = 0; n < kEvents; ++n) {
    truth.push_back({0, 0, n * 0.1, n * 0.1});
    if (n + 1 < kEvents) found.push_back({0, 0, n * 0.1 + 0.05, n * 0.1 + 0.05});
  }
  found.push_back({0, 0, -0.05, -0.05});  // fits the first only, which all others then pass on
  const auto scores = eventScores(truth, found, 1, {0.06, 0.0, true});
  REQUIRE(scores);
  CHECK(scores->matched[0] == kEvents);
}

TEST_CASE("Segments are counted with and without background") {
  const std::vector<std::int64_t> truth{9, 1, 1, 9, 2, 2};
  const std::vector<std::int64_t> predicted{9, 1, 2, 9, 9, 2};
  const auto scores = segmentScores(truth, predicted, 3, 9);
  REQUIRE(scores);
  CHECK(scores->accuracy == Approx(4.0 / 6.0));
  CHECK(scores->perRecording == std::vector<double>{2.0 / 3.0, 2.0 / 3.0});
  CHECK(scores->foregroundAccuracy.value() == Approx(0.5));
  CHECK(scores->detection.value() == Approx(5.0 / 6.0));
  CHECK_FALSE(segmentScores(truth, predicted, 4, 9));
  CHECK_FALSE(segmentScores(truth, predicted, 3, std::nullopt)->detection);
}

TEST_CASE("Importance leaves out classes that cannot have one") {
  const std::vector<std::optional<double>> both{0.5, 0.0, std::nullopt, 0.8};
  const std::vector<std::optional<double>> audio{0.4, 0.1, 0.2, 0.8};
  const std::vector<std::optional<double>> lyrics{0.1, 0.1, 0.2, 0.4};
  const auto classes = modalityImportance(both, audio, lyrics);
  REQUIRE(classes);
  CHECK((*classes)[0].audio.value() == Approx(0.8));
  CHECK((*classes)[0].lyrics.value() == Approx(0.2));
  CHECK_FALSE((*classes)[1].audio);
  CHECK_FALSE((*classes)[2].lyrics);
  const auto groups = groupedImportance(*classes, std::vector<std::int64_t>{0, 0, 1, 2}, 3);
  REQUIRE(groups);
  CHECK((*groups)[0].classes == 1);
  CHECK((*groups)[0].ratio.value() == Approx(4.0));
  CHECK_FALSE((*groups)[1].mean.audio);
  CHECK_FALSE((*groups)[2].ratio);
  CHECK_FALSE(groupedImportance(*classes, std::vector<std::int64_t>{0, 0, 1, 3}, 3));
}

// Agreement of two sets of labels, against figures worked out by hand.
#include "core/metrics/label_agreement.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::metrics;

namespace {

struct Spoken {
  double start;
  double end;
  const char* text;
};

LabelSet setOf(std::initializer_list<Spoken> labels) {
  LabelSet set;
  set.tracks.emplace_back().name = "t";
  for (const Spoken& one : labels) {
    Label& label = set.tracks[0].labels.emplace_back();
    label.span = {MediaTime::fromSeconds(one.start), MediaTime::fromSeconds(one.end)};
    label.text = one.text;
  }
  set.length = MediaTime::fromSeconds(10);
  return set;
}

}  // namespace

TEST_CASE("equal sets agree wholly") {
  const auto set = setOf({{0, 2, "a"}, {1, 3, "b"}, {5, 5, "a"}});
  const auto same = labelAgreement(set, set);
  REQUIRE(same);
  CHECK(same->overlap == 1.0);
  CHECK(same->kappa == 1.0);
  CHECK(same->events.f1 == 1.0);
  CHECK(same->disagreements.empty());
  CHECK(same->boundaries.count == 3);
}

TEST_CASE("differences are counted and listed in the order of time") {
  const auto a = setOf({{0, 2, "a"}, {4, 6, "a"}, {8, 9, "b"}});
  const auto b = setOf({{1, 3, "a"}, {4, 6, "b"}, {9.5, 10, "c"}});
  const auto both = labelAgreement(a, b);
  REQUIRE(both);
  // a: 1 s of 5 s shared; b: none of 3 s; c: none of 0.5 s.
  CHECK(both->overlap == Approx(1.0 / 8.5));
  CHECK(both->boundaries.count == 1);
  CHECK(both->boundaries.meanStart == Approx(1.0));
  CHECK(both->boundaries.largest == Approx(1.0));
  CHECK(both->events.f1 == 0.0);
  // Alike: a for 1 s; nothing from 3 to 4, 6 to 8 and 9 to 9.5.
  CHECK(both->observed == Approx(0.45));
  REQUIRE(both->disagreements.size() == 4);
  CHECK((both->disagreements[0].kind == DisagreementKind::boundaries));
  CHECK((both->disagreements[1].kind == DisagreementKind::otherText));
  CHECK((both->disagreements[2].kind == DisagreementKind::onlyFirst));
  CHECK((both->disagreements[3].kind == DisagreementKind::onlySecond));
}

TEST_CASE("rejected labels do not count, and nothing cannot be compared") {
  auto a = setOf({{0, 2, "a"}});
  a.tracks[0].labels[0].state = LabelState::rejected;
  CHECK(labelAgreement(a, setOf({{0, 2, "a"}}))->first == 0);
  CHECK_FALSE(labelAgreement(a, a));
  CHECK_FALSE(labelAgreement(setOf({{0, 2, "a"}}), a, {{}, 0.0}));
  CHECK_FALSE(labelAgreement(setOf({{0, 2, "a"}}), a, {{}, 1e-8}));
}

TEST_CASE("Points that match are no disagreement, and have no overlap") {
  const auto a = setOf({{1, 1, "click"}, {2, 2, "click"}});
  const auto b = setOf({{1.001, 1.001, "click"}, {2.001, 2.001, "click"}});
  LabelAgreementOptions options;
  options.tolerance.seconds = 0.2;
  const auto both = labelAgreement(a, b, options);
  REQUIRE(both);
  CHECK(both->events.f1 == 1.0);
  CHECK(both->disagreements.empty());
  CHECK(both->boundaries.count == 2);
  CHECK_FALSE(both->overlap);
  options.tolerance.seconds = 0.0005;
  CHECK(labelAgreement(a, b, options)->disagreements.size() == 4);
}

TEST_CASE("Edges exactly as far apart as is tolerated match everywhere") {
  LabelAgreementOptions options;
  options.tolerance.seconds = 0.3;
  const auto both = labelAgreement(setOf({{1, 2, "a"}}), setOf({{1.3, 2.3, "a"}}), options);
  REQUIRE(both);
  CHECK(both->events.f1 == 1.0);
  CHECK(both->disagreements.empty());
}

// Reports, top-k, many labels, agreement and balance on tables small enough to work out by hand.
#include "core/metrics/agreement.h"
#include "core/metrics/class_balance.h"
#include "core/metrics/classification_report.h"
#include "core/metrics/multi_label.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::metrics;

namespace {

ScoreTable table(std::int64_t items, std::int64_t classes, std::vector<double> values) {
  ScoreTable made(items, classes);
  REQUIRE(values.size() == made.values.size());
  made.values = std::move(values);
  return made;
}

LabelTable labels(std::int64_t items, std::int64_t classes, std::vector<std::uint8_t> values) {
  LabelTable made(items, classes);
  REQUIRE(values.size() == made.values.size());
  made.values = std::move(values);
  return made;
}

}  // namespace

TEST_CASE("A report counts true classes in rows") {
  const std::vector<std::int64_t> truth{0, 0, 1, 1, 1, 2};
  const std::vector<std::int64_t> predicted{0, 1, 1, 1, 0, 1};
  const auto report = classificationReport(truth, predicted, 4);
  REQUIRE(report);
  CHECK(report->confusion == std::vector<std::vector<std::int64_t>>{{1, 1, 0, 0}, {1, 2, 0, 0}, {0, 1, 0, 0}, {0, 0, 0, 0}});
  CHECK(report->accuracy == Approx(0.5));
  CHECK(report->perClass[1].precision == Approx(0.5));
  CHECK(report->perClass[1].recall == Approx(2.0 / 3.0));
  CHECK(report->perClass[1].f1 == Approx(4.0 / 7.0));
  CHECK(report->perClass[2].f1 == 0.0);
  CHECK(report->support == std::vector<std::int64_t>{2, 3, 1, 0});
  CHECK(report->macro.recall == Approx((0.5 + 2.0 / 3.0) / 4.0));
  CHECK(report->weighted.recall == Approx(report->accuracy));
}

TEST_CASE("A report refuses what does not fit") {
  const std::vector<std::int64_t> two{0, 1};
  const std::vector<std::int64_t> one{0};
  const std::vector<std::int64_t> outside{0, 2};
  CHECK_FALSE(classificationReport(two, one, 2));
  CHECK_FALSE(classificationReport({}, {}, 2));
  const auto refused = classificationReport(two, outside, 2);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("item 1") != std::string::npos);
}

TEST_CASE("The table of a report lines names of any language up") {
  const std::vector<std::int64_t> truth{0, 1};
  const auto report = classificationReport(truth, truth, 2);
  REQUIRE(report);
  const std::vector<std::string> names{"a very long class name", "größe"};
  const auto text = reportText(*report, names, 3);
  CHECK(text.find("a very long class name      1.000     1.000     1.000         1\n") != std::string::npos);
  CHECK(text.find("                 größe      1.000") != std::string::npos);
}

TEST_CASE("Top-k accuracy gives ties to the lower index") {
  const auto scores = table(2, 3, {0.2, 0.2, 0.1, 0.5, 0.9, 0.7});
  const std::vector<std::int64_t> truth{1, 0};
  CHECK(topAccuracy(scores, truth, 1).value() == 0.0);
  CHECK(topAccuracy(scores, truth, 2).value() == 0.5);
  CHECK(topAccuracy(scores, truth, 3).value() == 1.0);
  CHECK_FALSE(topAccuracy(scores, truth, 0));
  CHECK_FALSE(topAccuracy(scores, std::vector<std::int64_t>{1, 3}, 1));
  const auto diverged = table(1, 2, {0.0, std::nan("")});
  CHECK_FALSE(topAccuracy(diverged, std::vector<std::int64_t>{0}, 1));
}

TEST_CASE("Items without true or predicted classes count nothing, or one when asked") {
  const auto truth = labels(3, 3, {1, 1, 0, 0, 0, 0, 0, 0, 1});
  const auto predicted = labels(3, 3, {1, 0, 1, 0, 0, 0, 0, 0, 0});
  const auto zero = itemwiseScores(truth, predicted);
  REQUIRE(zero);
  CHECK(zero->accuracy == Approx(1.0 / 9.0));
  CHECK(zero->precision == Approx(0.5 / 3.0));
  CHECK(zero->recall == Approx(0.5 / 3.0));
  CHECK(zero->f1 == Approx(0.5 / 3.0));
  const auto one = itemwiseScores(truth, predicted, EmptySet::one);
  REQUIRE(one);
  CHECK(one->accuracy == Approx((1.0 / 3.0 + 1.0) / 3.0));
  CHECK(one->precision == Approx(2.5 / 3.0));
  CHECK(one->recall == Approx(1.5 / 3.0));
  const auto byLabel = labelwiseReport(truth, predicted);
  REQUIRE(byLabel);
  CHECK(byLabel->support == std::vector<std::int64_t>{1, 1, 1});
  CHECK(byLabel->micro.precision == Approx(0.5));
  CHECK(byLabel->micro.recall == Approx(1.0 / 3.0));
  CHECK(byLabel->macro.f1 == Approx(1.0 / 3.0));
  CHECK_FALSE(itemwiseScores(truth, labels(3, 2, {0, 0, 0, 0, 0, 0})));
}

TEST_CASE("A score at the threshold is not above it") {
  CHECK(above(table(1, 3, {0.5, 0.500001, 0.4}), 0.5).values == std::vector<std::uint8_t>{0, 1, 0});
}

TEST_CASE("Kappa of a worked example") {
  // Observed 0.7, by chance 0.5.
  const auto plain = agreement({{20, 5}, {10, 15}});
  REQUIRE(plain);
  CHECK(plain->observed == Approx(0.7));
  CHECK(plain->kappa.value() == Approx(0.4));
  const auto linear = agreement({{5, 1, 0}, {0, 5, 0}, {1, 0, 5}}, KappaWeight::linear);
  const auto quadratic = agreement({{5, 1, 0}, {0, 5, 0}, {1, 0, 5}}, KappaWeight::quadratic);
  REQUIRE((linear && quadratic));
  CHECK(linear->kappa.value() > quadratic->kappa.value());
  CHECK_FALSE(agreement({{3, 0}, {0, 0}})->kappa);
  CHECK_FALSE(agreement({{1, 2}}));
  CHECK_FALSE(agreement({{0}}));
}

TEST_CASE("Rare classes weigh more, and a set says how uneven it is") {
  const auto set = labels(4, 3, {1, 0, 0, 1, 0, 0, 1, 1, 0, 1, 0, 0});
  const auto weights = balanceWeights(set);
  CHECK(weights.ofClass[0] == Approx(1000.0 / 4.01));
  CHECK(weights.ofClass[2] == Approx(100000.0));
  CHECK(weights.ofClip[2] == Approx(1000.0 / 4.01 + 1000.0 / 1.01));
  const auto uneven = imbalance(set);
  CHECK(uneven.largestToSmallest == 4.0);
  CHECK(uneven.emptyClasses == 1);
  CHECK((uneven.evenness > 0.0 && uneven.evenness < 1.0));
  CHECK(imbalance(labels(2, 2, {1, 0, 0, 1})).evenness == Approx(1.0));
}

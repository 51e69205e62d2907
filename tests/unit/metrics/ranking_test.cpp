// Ranking, aggregation, retrieval and calibration on tables small enough to work out by hand.
#include <cmath>
#include <limits>

#include "core/metrics/aggregation.h"
#include "core/metrics/calibration.h"
#include "core/metrics/ranking.h"
#include "core/metrics/retrieval.h"
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

}  // namespace

TEST_CASE("Average precision takes equal scores together") {
  const std::vector<double> scores{0.9, 0.5, 0.5, 0.1};
  CHECK(averagePrecision(scores, std::vector<std::uint8_t>{1, 1, 0, 0}).value() == Approx(0.5 + 0.5 * 2.0 / 3.0));
  CHECK(averagePrecision(scores, std::vector<std::uint8_t>{1, 0, 1, 0}).value() == Approx(0.5 + 0.5 * 2.0 / 3.0));
  CHECK_FALSE(averagePrecision(scores, std::vector<std::uint8_t>{0, 0, 0, 0}));
  CHECK(rocArea(scores, std::vector<std::uint8_t>{0, 1, 0, 0}).value() == Approx(1.5 / 3.0));
  CHECK_FALSE(rocArea(scores, std::vector<std::uint8_t>{1, 1, 1, 1}));
}

TEST_CASE("Curves end where everything is called") {
  const std::vector<double> scores{3.0, 2.0, 2.0, 1.0};
  const std::vector<std::uint8_t> labels{1, 0, 1, 0};
  const auto pr = precisionRecallCurve(scores, labels);
  REQUIRE(pr.size() == 3);
  CHECK(pr[0].x == 0.5);
  CHECK(pr[1].y == Approx(2.0 / 3.0));
  CHECK(pr.back().y == 0.5);
  const auto roc = rocCurve(scores, labels);
  CHECK(roc.back().x == 1.0);
  CHECK(roc.back().y == 1.0);
  CHECK(roc[1].x == 0.5);
}

TEST_CASE("The normal quantile inverts the normal distribution far into its tails") {
  for (const double x : {-8.0, -3.5, -1.0, -0.01, 0.0, 0.4, 2.0, 5.0}) {
    const double p = 0.5 * std::erfc(-x / std::sqrt(2.0));
    CHECK(normalQuantile(p) == Approx(x).epsilon(1e-9).margin(1e-12));
  }
  CHECK(dPrime(0.5) == Approx(0.0).margin(1e-12));
  CHECK(dPrime(1.0) == std::numeric_limits<double>::infinity());
  CHECK(std::isnan(normalQuantile(1.5)));
}

TEST_CASE("Classes without positives stay out of the means and are counted") {
  LabelTable labels(3, 3);
  labels.values = {1, 0, 1, 0, 0, 1, 1, 0, 1};
  const auto report = rankingReport(table(3, 3, {0.9, 0.1, 0.2, 0.8, 0.2, 0.3, 0.7, 0.3, 0.4}), labels);
  REQUIRE(report);
  CHECK(report->classesWithoutPositives == 1);
  CHECK(report->classesWithoutNegatives == 1);
  CHECK_FALSE(report->averagePrecision[1]);
  CHECK_FALSE(report->rocArea[2]);
  CHECK(report->meanAveragePrecision.value() == Approx(((1.0 + 2.0 / 3.0) / 2.0 + 1.0) / 2.0));
  CHECK(report->meanRocArea.value() == Approx(0.5));
  CHECK_FALSE(rankingReport(table(1, 2, {0.1, 0.2}), labels));
}

TEST_CASE("Views are averaged as probabilities, not as logits") {
  const std::vector<ScoreTable> views{table(1, 2, {0.0, 1000.0}), table(1, 2, {0.0, 0.0})};
  CHECK(meanProbabilities(views, Probability::softmax)->values == std::vector<double>{0.25, 0.75});
  CHECK(meanProbabilities(views, Probability::sigmoid)->values == std::vector<double>{0.5, 0.75});
  CHECK_FALSE(meanProbabilities({}, Probability::softmax));
  const std::vector<ScoreTable> unlike{table(1, 2, {0.0, 1.0}), table(2, 1, {0.0, 0.0})};
  CHECK_FALSE(meanProbabilities(unlike, Probability::sigmoid));
}

TEST_CASE("Ties in retrieval") {
  const auto tied = table(2, 2, {1.0, 1.0, 0.0, 1.0});
  const auto ours = retrievalReport(tied);
  REQUIRE(ours);
  CHECK(ours->recallAt1 == 1.0);
  CHECK(ours->medianRank == 1.0);
  CHECK(ours->queriesWithTies == 1);
  const auto published = retrievalReport(tied, TieRule::everyPosition);
  REQUIRE(published);
  CHECK(published->recallAt1 == Approx(2.0 / 3.0));
  CHECK_FALSE(retrievalReport(table(1, 2, {0.0, 1.0})));
}

TEST_CASE("Embeddings are means over tokens of unit length") {
  const auto unit = unitEmbeddings(table(4, 2, {1.0, 1.0, 5.0, 7.0, 0.0, 0.0, 0.0, 0.0}), 2);
  REQUIRE(unit);
  CHECK(unit->values[0] == Approx(0.6));
  CHECK(unit->values[1] == Approx(0.8));
  CHECK(unit->values[3] == 0.0);
  CHECK_FALSE(unitEmbeddings(table(3, 1, {1.0, 1.0, 1.0}), 2));
}

TEST_CASE("Bins of calibration hold their upper edge") {
  const auto found = calibration({{0.0, 0.5, 0.51, 1.0}, {0, 1, 0, 1}}, 2);
  REQUIRE(found);
  CHECK(found->bins[0].count == 2);
  CHECK(found->bins[0].confidence == Approx(0.25));
  CHECK(found->bins[0].accuracy == Approx(0.5));
  CHECK(found->bins[1].confidence == Approx(0.755));
  CHECK(found->expectedError == Approx(0.5 * 0.25 + 0.5 * 0.255));
  CHECK(found->maximumError == Approx(0.255));
  CHECK(found->brier == Approx((0.25 + 0.51 * 0.51) / 4.0));
  CHECK_FALSE(calibration({{1.2}, {1}}, 10));
  CHECK_FALSE(calibration({{}, {}}, 10));
}

TEST_CASE("Temperature undoes a known scale") {
  // 3 of 4 right at logits of 4 against 0: the likeliest gap is log 3.
  const auto logits = table(4, 2, {4.0, 0.0, 4.0, 0.0, 4.0, 0.0, 4.0, 0.0});
  const auto fit = fitTemperature(logits, std::vector<std::int64_t>{0, 0, 0, 1});
  REQUIRE(fit);
  CHECK(fit->temperature == Approx(4.0 / std::log(3.0)).epsilon(1e-6));
  CHECK(fit->lossAfter < fit->lossBefore);
  CHECK(fit->lossAfter == Approx(-0.75 * std::log(0.75) - 0.25 * std::log(0.25)));
  LabelTable labels(4, 1);
  labels.values = {1, 1, 1, 0};
  const auto many = fitTemperature(table(4, 1, {4.0, 4.0, 4.0, 4.0}), labels);
  REQUIRE(many);
  CHECK(many->temperature == Approx(4.0 / std::log(3.0)).epsilon(1e-6));
  CHECK_FALSE(fitTemperature(logits, std::vector<std::int64_t>{0, 0, 0, 2}));
}

// golden.metrics: reports, rankings, aggregation over frames, retrieval, balanced sampling and learning-rate schedules of
// the AST and CAV-MAE programs. The parameters of a schedule are in its name.
#include <algorithm>
#include <regex>

#include "core/metrics/aggregation.h"
#include "core/metrics/class_balance.h"
#include "core/metrics/classification_report.h"
#include "core/metrics/ranking.h"
#include "core/metrics/retrieval.h"
#include "core/training/schedules.h"
#include "tests/golden/metrics_compare.h"

using namespace chladni;
using namespace chladni::metrics;
using chladni::test::RecordedMeasures;
using chladni::test::requireClose;
using chladni::test::valueOf;

namespace {

constexpr double kTolerance = 1e-5;

// What the reference library gives a class without positives is 0; such a class has no average precision here.
std::vector<double> orZero(const std::vector<std::optional<double>>& values) {
  std::vector<double> all;
  for (const auto& value : values) all.push_back(value.value_or(0.0));
  return all;
}

template <double ClassScores::*field>
std::vector<double> column(const ClassificationReport& report) {
  std::vector<double> all;
  for (const auto& scores : report.perClass) all.push_back(scores.*field);
  return all;
}

std::vector<double> summary(const RetrievalReport& report) {
  return {report.recallAt1, report.recallAt5, report.recallAt10, report.medianRank};
}

double parameter(const std::string& name, const std::string& pattern) {
  std::smatch match;
  INFO(name << " lacks " << pattern);
  REQUIRE(std::regex_search(name, match, std::regex(pattern)));
  return std::stod(match[1]);
}

}  // namespace

TEST_CASE("Items of one class are reported as recorded") {
  RecordedMeasures file("metrics");
  const auto logits = file.scores("single/logits");
  const auto target = file.labels("single/target");
  const auto ranking = valueOf(rankingReport(logits, target));
  requireClose("ap", orZero(ranking.averagePrecision), file.values("single/ap"), kTolerance);
  requireClose("auc", orZero(ranking.rocArea), file.values("single/auc"), kTolerance);
  requireClose("mAP", ranking.meanAveragePrecision.value(), file.value("single/mAP"), kTolerance);
  requireClose("mAUC", ranking.meanRocArea.value(), file.value("single/mAUC"), kTolerance);
  requireClose("d_prime", ranking.dPrime.value(), file.value("single/d_prime"), kTolerance);
  requireClose("acc", valueOf(accuracy(logits, target)), file.value("single/acc"), kTolerance);

  const auto report = valueOf(classificationReport(largest(target), largest(logits), logits.classes));
  requireClose("acc of the report", report.accuracy, file.value("single/acc"), kTolerance);
  requireClose("precision", column<&ClassScores::precision>(report), file.values("single/precision"), kTolerance);
  requireClose("recall", column<&ClassScores::recall>(report), file.values("single/recall"), kTolerance);
  requireClose("f1", column<&ClassScores::f1>(report), file.values("single/f1"), kTolerance);
  CHECK(report.support == file.integers("single/support"));
  std::vector<std::int64_t> confusion;
  for (const auto& row : report.confusion) confusion.insert(confusion.end(), row.begin(), row.end());
  CHECK(confusion == file.integers("single/confusion_true_rows"));
  file.requireAllSeen("single/");
}

TEST_CASE("Scores with ties rank as recorded") {
  RecordedMeasures file("metrics");
  const auto ranking = valueOf(rankingReport(file.scores("multi/scores"), file.labels("multi/target")));
  requireClose("ap", orZero(ranking.averagePrecision), file.values("multi/ap"), kTolerance);
  requireClose("auc", orZero(ranking.rocArea), file.values("multi/auc"), kTolerance);
  requireClose("mAP", ranking.meanAveragePrecision.value(), file.value("multi/mAP"), kTolerance);
  requireClose("d_prime", ranking.dPrime.value(), file.value("multi/d_prime"), kTolerance);
  file.requireAllSeen("multi/");
}

TEST_CASE("Frames are averaged as recorded, both ways") {
  RecordedMeasures file("metrics");
  const auto recorded = file.tensor("frames/logits");  // [frame, item, class]
  REQUIRE(recorded.shape.size() == 3);
  std::vector<ScoreTable> views;
  for (std::int64_t frame = 0; frame < recorded.shape[0]; ++frame) {
    ScoreTable view(recorded.shape[1], recorded.shape[2]);
    const auto size = static_cast<std::ptrdiff_t>(view.values.size());
    std::copy_n(recorded.values.begin() + frame * size, size, view.values.begin());
    views.push_back(std::move(view));
  }
  requireClose("softmax", valueOf(meanProbabilities(views, Probability::softmax)).values,
               file.values("frames/softmax_mean"), kTolerance);
  requireClose("sigmoid", valueOf(meanProbabilities(views, Probability::sigmoid)).values,
               file.values("frames/sigmoid_mean"), kTolerance);
  file.requireAllSeen("frames/");
}

TEST_CASE("Retrieval across modalities ranks as recorded") {
  RecordedMeasures file("metrics");
  const auto embed = [&](const std::string& name) {
    const auto shape = file.tensor(name).shape;
    REQUIRE(shape.size() == 3);
    return valueOf(unitEmbeddings(file.scores(name), shape[1]));
  };
  const auto audio = embed("retrieval/audio_tokens");
  const auto video = embed("retrieval/video_tokens");
  requireClose("audio", audio.values, file.values("retrieval/audio_emb"), kTolerance);
  requireClose("video", video.values, file.values("retrieval/video_emb"), kTolerance);
  const auto table = valueOf(similarity(audio, video));
  requireClose("similarity", table.values, file.values("retrieval/sim_audio_to_video"), kTolerance);
  requireClose("a2v", summary(valueOf(retrievalReport(table))), file.values("retrieval/a2v_R1_R5_R10_MR"), kTolerance);
  requireClose("v2a", summary(valueOf(retrievalReport(transposed(table)))), file.values("retrieval/v2a_R1_R5_R10_MR"),
               kTolerance);
  file.requireAllSeen("retrieval/");
}

TEST_CASE("Retrieval with ties") {
  RecordedMeasures file("metrics");
  const auto table = file.scores("retrieval_tie/sim");
  const auto published = valueOf(retrievalReport(table, TieRule::everyPosition));
  CHECK(published.queriesWithTies > 0);
  CHECK(valueOf(retrievalReport(table)).medianRank <= published.medianRank);
  requireClose("tie", summary(published), file.values("retrieval_tie/R1_R5_R10_MR"), kTolerance);
  file.requireAllSeen("retrieval_tie/");
}

TEST_CASE("Balanced sampling weighs as recorded") {
  RecordedMeasures file("metrics");
  const auto weights = balanceWeights(file.labels("balance/multi_hot"));
  requireClose("class", weights.ofClass, file.values("balance/class_weight"), kTolerance);
  requireClose("clip", weights.ofClip, file.values("balance/sample_weight"), kTolerance);
  file.requireAllSeen("balance/");
}

TEST_CASE("Learning rates run as recorded, in millionths") {
  RecordedMeasures file("metrics");
  const std::string number = "([0-9.]+(?:e[+-]?[0-9]+)?)";
  int steps = 0;
  int warmups = 0;
  for (const auto& name : file.names("lr/")) {
    const auto recorded = file.values(name);
    const double base = parameter(name, "lr" + number + "(?:_|$)");
    std::vector<double> ours;
    if (name.find("ast_warmup") != std::string::npos) {
      const auto every = static_cast<std::int64_t>(parameter(name, "every([0-9]+)steps"));
      for (std::size_t i = 0; i < recorded.size(); ++i)
        ours.push_back(1e6 * training::astWarmup(base, static_cast<std::int64_t>(i) * every));
      ++warmups;
    } else {
      const training::StepSchedule schedule{base, static_cast<std::int64_t>(parameter(name, "start([0-9]+)")),
                                            static_cast<std::int64_t>(parameter(name, "step([0-9]+)")),
                                            parameter(name, "decay" + number)};
      for (std::size_t i = 0; i < recorded.size(); ++i)
        ours.push_back(1e6 * training::rateInEpoch(schedule, static_cast<std::int64_t>(i) + 1));
      ++steps;
    }
    requireClose(name, ours, recorded, kTolerance);
  }
  CHECK(steps > 0);
  CHECK(warmups > 0);
}

TEST_CASE("Nothing else is recorded") {
  static const std::vector<std::string> groups{"single",       "multi", "frames", "retrieval", "retrieval_tie",
                                               "balance",      "lr"};
  for (const auto& group : test::GoldenFile("metrics").groups()) {
    INFO(group);
    CHECK(std::find(groups.begin(), groups.end(), group) != groups.end());
  }
}

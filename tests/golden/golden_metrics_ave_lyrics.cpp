// golden.metrics_ave_lyrics: the report of segments, measures of many labels, modality importance and the exact
// signed-rank test, recorded in double precision.
#include <cmath>
#include <regex>
#include <set>

#include "core/metrics/aggregation.h"
#include "core/metrics/classification_report.h"
#include "core/metrics/modality_importance.h"
#include "core/metrics/multi_label.h"
#include "core/metrics/ranking.h"
#include "core/metrics/wilcoxon.h"
#include "tests/golden/metrics_compare.h"

using namespace chladni;
using namespace chladni::metrics;
using chladni::test::RecordedMeasures;
using chladni::test::requireClose;
using chladni::test::valueOf;

namespace {

constexpr double kTolerance = 1e-9;

std::vector<double> list(const ClassScores& scores) { return {scores.precision, scores.recall, scores.f1}; }
std::vector<double> list(const ItemwiseScores& scores) {
  return {scores.accuracy, scores.precision, scores.recall, scores.f1};
}

// Average precision with "score above the threshold" instead of "at or above it", at every distinct score: an item at
// its own threshold is not called, so what ranks last never counts.
double strictAveragePrecision(const std::vector<double>& scores, const std::vector<std::uint8_t>& labels) {
  const std::set<double, std::greater<>> thresholds(scores.begin(), scores.end());
  double positives = 0.0;
  for (const auto label : labels) positives += label;
  double area = 0.0;
  double before = 0.0;
  for (const double threshold : thresholds) {
    double called = 0.0;
    double right = 0.0;
    for (std::size_t i = 0; i < scores.size(); ++i) {
      called += scores[i] > threshold;
      right += scores[i] > threshold && labels[i] != 0;
    }
    if (called == 0.0) continue;
    area += (right / positives - before) * right / called;
    before = right / positives;
  }
  return area;
}

std::vector<std::optional<double>> precisions(const std::vector<double>& values) { return {values.begin(), values.end()}; }

}  // namespace

TEST_CASE("The report of single labels is the recorded one") {
  RecordedMeasures file("metrics_ave_lyrics");
  const auto classes = file.integers("single.in.num_classes").at(0);
  const auto report =
      valueOf(classificationReport(file.integers("single.in.true"), file.integers("single.in.pred"), classes));
  std::vector<double> precision, recall, f1;
  std::vector<std::int64_t> confusion;
  for (std::size_t k = 0; k < report.perClass.size(); ++k) {
    precision.push_back(report.perClass[k].precision);
    recall.push_back(report.perClass[k].recall);
    f1.push_back(report.perClass[k].f1);
    confusion.insert(confusion.end(), report.confusion[k].begin(), report.confusion[k].end());
  }
  requireClose("precision", precision, file.values("single.out.precision"), kTolerance);
  requireClose("recall", recall, file.values("single.out.recall"), kTolerance);
  requireClose("f1", f1, file.values("single.out.f1"), kTolerance);
  CHECK(report.support == file.integers("single.out.support"));
  CHECK(confusion == file.integers("single.out.confusion"));
  requireClose("accuracy", report.accuracy, file.value("single.out.accuracy"), kTolerance);
  requireClose("macro", list(report.macro), file.values("single.out.macro"), kTolerance);
  requireClose("weighted", list(report.weighted), file.values("single.out.weighted"), kTolerance);
  file.requireAllSeen("single.");
}

TEST_CASE("Many labels an item measure as recorded") {
  RecordedMeasures file("metrics_ave_lyrics");
  const auto logits = file.scores("multi.in.logits");
  const auto labels = file.labels("multi.in.labels");
  const auto p = probabilities(logits, Probability::sigmoid);
  requireClose("probabilities", p.values, file.values("multi.out.probabilities"), kTolerance);
  requireClose("threshold", lyricsThreshold(), file.value("multi.out.threshold"), kTolerance);
  const auto predicted = above(p, lyricsThreshold());
  CHECK(predicted.values == file.labels("multi.out.pred").values);
  const auto zero = list(valueOf(itemwiseScores(labels, predicted)));
  requireClose("zero for empty", zero, file.values("multi.out.acc_p_r_f1_zero_for_empty"), kTolerance);
  requireClose("samples averages", zero, file.values("multi.out.sklearn_jaccard_samples"), kTolerance);
  requireClose("one for empty", list(valueOf(itemwiseScores(labels, predicted, EmptySet::one))),
               file.values("multi.out.acc_p_r_f1_one_for_empty"), kTolerance);

  const auto ranking = valueOf(rankingReport(p, labels));
  std::vector<double> ap, area, d, strict;
  for (std::int64_t k = 0; k < p.classes; ++k) {
    ap.push_back(ranking.averagePrecision[static_cast<std::size_t>(k)].value());
    area.push_back(ranking.rocArea[static_cast<std::size_t>(k)].value());
    d.push_back(dPrime(area.back()));
    strict.push_back(strictAveragePrecision(p.column(k), labels.column(k)));
  }
  requireClose("ap", ap, file.values("multi.out.ap"), kTolerance);
  requireClose("map", ranking.meanAveragePrecision.value(), file.value("multi.out.map"), kTolerance);
  requireClose("map_micro", ranking.microAveragePrecision.value(), file.value("multi.out.map_micro"), kTolerance);
  requireClose("roc_auc", area, file.values("multi.out.roc_auc"), kTolerance);
  requireClose("d_prime", d, file.values("multi.out.d_prime"), kTolerance);
  // The literal reading of the formula is not ours, and differs wherever a class's last item is a positive.
  const auto literal = file.values("multi.out.ap_strict_reading");
  requireClose("strict", strict, literal, kTolerance);
  for (std::size_t k = 0; k < ap.size(); ++k) CHECK(ap[k] >= literal[k] - kTolerance);
  file.requireAllSeen("multi.");
}

TEST_CASE("Modality importance is the recorded one") {
  RecordedMeasures file("metrics_ave_lyrics");
  const auto both = precisions(file.values("importance.in.ap_mm"));
  const auto audioOnly = precisions(file.values("importance.in.ap_a"));
  const auto lyricsOnly = precisions(file.values("importance.in.ap_l"));
  const auto classes = valueOf(modalityImportance(both, audioOnly, lyricsOnly));
  std::vector<double> audio, lyrics;
  for (const auto& importance : classes) {
    audio.push_back(importance.audio.value());
    lyrics.push_back(importance.lyrics.value());
  }
  requireClose("audio", audio, file.values("importance.out.audio"), kTolerance);
  requireClose("lyrics", lyrics, file.values("importance.out.lyrics"), kTolerance);

  const auto coarseAudio = file.values("importance.out.coarse_audio");
  const auto groups = valueOf(groupedImportance(classes, file.integers("importance.in.coarse_index"),
                                                static_cast<std::int64_t>(coarseAudio.size())));
  audio.clear();
  lyrics.clear();
  std::vector<double> ratio;
  for (const auto& group : groups) {
    audio.push_back(group.mean.audio.value());
    lyrics.push_back(group.mean.lyrics.value());
    ratio.push_back(group.ratio.value());
  }
  requireClose("coarse audio", audio, coarseAudio, kTolerance);
  requireClose("coarse lyrics", lyrics, file.values("importance.out.coarse_lyrics"), kTolerance);
  requireClose("ratio", ratio, file.values("importance.out.coarse_ratio"), kTolerance);
  file.requireAllSeen("importance.");
}

TEST_CASE("The signed-rank test is exact") {
  RecordedMeasures file("metrics_ave_lyrics");
  const auto x = file.scores("wilcoxon.in.x");
  const auto y = file.scores("wilcoxon.in.y");
  const std::vector<std::pair<std::string, Alternative>> alternatives{
      {"greater", Alternative::greater}, {"less", Alternative::less}, {"two_sided", Alternative::twoSided}};
  for (const auto& [name, alternative] : alternatives) {
    std::vector<double> statistic, p;
    for (std::int64_t row = 0; row < x.items; ++row) {
      const auto result = valueOf(wilcoxon(x.row(row), y.row(row), alternative));
      statistic.push_back(result.statistic);
      p.push_back(result.p);
    }
    requireClose(name, statistic, file.values("wilcoxon.out.stat_" + name), kTolerance);
    requireClose(name, p, file.values("wilcoxon.out.p_" + name), kTolerance);
  }
  const auto counts = file.names("wilcoxon.out.null_counts_n");
  REQUIRE_FALSE(counts.empty());
  for (const auto& name : counts) {
    INFO(name);
    CHECK(wilcoxonNullCounts(std::stoll(name.substr(name.rfind('n') + 1))) == file.integers(name));
  }
  const auto tied = valueOf(wilcoxon(file.values("wilcoxon.ties.in.diff"), Alternative::greater));
  requireClose("ties", tied.plus, file.value("wilcoxon.ties.out.w_plus"), kTolerance);
  requireClose("ties", tied.p, file.value("wilcoxon.ties.out.p_greater_enumerated"), kTolerance);
  file.requireAllSeen("wilcoxon.");
}

TEST_CASE("Nothing else is recorded") {
  static const std::regex known("(single|multi|importance|wilcoxon)[.].*");
  for (const auto& name : test::GoldenFile("metrics_ave_lyrics").names()) {
    INFO(name);
    CHECK(std::regex_match(name, known));
  }
}

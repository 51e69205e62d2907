#include "core/analysis/evaluation.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace chladni::analysis {

namespace {

std::vector<std::int64_t> classesIn(std::span<const std::uint8_t> row) {
  std::vector<std::int64_t> found;
  for (std::size_t k = 0; k < row.size(); ++k)
    if (row[k] != 0) found.push_back(static_cast<std::int64_t>(k));
  return found;
}

// The first item that has no class or several.
std::optional<std::int64_t> notOfOneClass(const metrics::LabelTable& labels) {
  for (std::int64_t item = 0; item < labels.items; ++item)
    if (classesIn(labels.row(item)).size() != 1) return item;
  return std::nullopt;
}

// Logits that give these probabilities; a mean over windows has no logits of its own.
metrics::ScoreTable logitsOf(const ScoredItems& scored) {
  constexpr double kLeast = 1e-12;
  metrics::ScoreTable logits = scored.scores;
  for (double& value : logits.values) {
    const double p = std::clamp(value, kLeast, 1.0 - kLeast);
    value = scored.task == EvaluationTask::multiLabel ? std::log(p) - std::log1p(-p) : std::log(p);
  }
  return logits;
}

Result<void> checkItems(const ScoredItems& scored) {
  auto fine = metrics::check(scored.scores, scored.labels);
  if (!fine) return fine;
  if (static_cast<std::int64_t>(scored.classes.size()) != scored.scores.classes ||
      static_cast<std::int64_t>(scored.items.size()) != scored.scores.items)
    return fail(ErrorCode::invalidArgument, "an evaluation needs a name for every item and every class");
  if (scored.task == EvaluationTask::multiLabel) return {};
  if (const auto item = notOfOneClass(scored.labels))
    return fail(ErrorCode::invalidArgument, scored.items[static_cast<std::size_t>(*item)] +
                                                ": where one class is right, every item needs exactly one");
  return {};
}

// How often the right class is among the k highest scores; nothing when it could not fail to be.
Result<std::optional<double>> amongHighest(const ScoredItems& scored, std::span<const std::int64_t> truth, std::int64_t k) {
  if (scored.scores.classes <= k) return std::optional<double>();
  auto share = metrics::topAccuracy(scored.scores, truth, k);
  if (!share) return fail(share.error());
  return std::optional(*share);
}

Result<StrongestScores> strongestOf(const ScoredItems& scored) {
  const auto truth = metrics::largest(scored.labels);
  auto decisions = metrics::topDecisions(scored.scores, truth);
  if (!decisions) return fail(decisions.error());
  auto calibration = metrics::calibration(*decisions);
  if (!calibration) return fail(calibration.error());
  auto three = amongHighest(scored, truth, 3), five = amongHighest(scored, truth, 5);
  if (!three) return fail(three.error());
  if (!five) return fail(five.error());
  auto predicted = metrics::largest(scored.scores);
  auto report = metrics::classificationReport(truth, predicted, scored.scores.classes);
  if (!report) return fail(report.error());
  return StrongestScores{std::move(*report), *three, *five, std::move(*calibration), std::move(predicted)};
}

Result<void> addSingle(const ScoredItems& scored, Evaluation& found) {
  const auto truth = metrics::largest(scored.labels);
  const auto& predicted = found.strongest->predicted;
  const auto& report = found.strongest->report;
  found.accuracy = report.accuracy;
  found.macro = report.macro;
  found.weighted = report.weighted;
  found.perClass = report.perClass;
  found.support = report.support;
  found.confusion = report.confusion;
  for (std::size_t i = 0; i < truth.size(); ++i)
    found.items.push_back({scored.items[i], {truth[i]}, {predicted[i]}, truth[i] == predicted[i] ? 1.0 : 0.0});
  if (scored.task == EvaluationTask::segments) {
    auto segments = metrics::segmentScores(truth, predicted, scored.segmentsPerRecording, scored.background);
    if (!segments) return fail(segments.error());
    found.segments = std::move(*segments);
  }
  found.calibration = found.strongest->calibration;
  auto temperature = metrics::fitTemperature(logitsOf(scored), truth);
  if (!temperature) return fail(temperature.error());
  found.temperature = *temperature;
  return {};
}

// For each class the items that are neither, only called, only true, and both.
std::vector<std::int64_t> decisionCounts(const std::vector<std::uint8_t>& truth, const std::vector<std::uint8_t>& called) {
  std::vector<std::int64_t> counts(4, 0);
  for (std::size_t i = 0; i < truth.size(); ++i) ++counts[(truth[i] != 0 ? 2U : 0U) + (called[i] != 0 ? 1U : 0U)];
  return counts;
}

double overlap(const EvaluatedItem& item) {
  std::vector<std::int64_t> both;
  std::set_intersection(item.truth.begin(), item.truth.end(), item.predicted.begin(), item.predicted.end(),
                        std::back_inserter(both));
  const std::size_t either = item.truth.size() + item.predicted.size() - both.size();
  return either > 0 ? static_cast<double>(both.size()) / static_cast<double>(either) : 0.0;
}

Result<void> addMany(const ScoredItems& scored, Evaluation& found) {
  const auto called = metrics::above(scored.scores, scored.threshold);
  auto itemwise = metrics::itemwiseScores(scored.labels, called);
  if (!itemwise) return fail(itemwise.error());
  found.itemwise = *itemwise;
  found.accuracy = itemwise->accuracy;
  auto report = metrics::labelwiseReport(scored.labels, called);
  if (!report) return fail(report.error());
  found.micro = report->micro;
  found.macro = report->macro;
  found.weighted = report->weighted;
  found.perClass = std::move(report->perClass);
  found.support = std::move(report->support);
  for (std::int64_t k = 0; k < scored.labels.classes; ++k)
    found.confusion.push_back(decisionCounts(scored.labels.column(k), called.column(k)));
  for (std::int64_t i = 0; i < scored.labels.items; ++i) {
    EvaluatedItem item{scored.items[static_cast<std::size_t>(i)], classesIn(scored.labels.row(i)), classesIn(called.row(i)), 0.0};
    item.score = overlap(item);
    found.items.push_back(std::move(item));
  }
  auto decisions = metrics::allDecisions(scored.scores, scored.labels);
  if (!decisions) return fail(decisions.error());
  auto calibration = metrics::calibration(*decisions);
  if (!calibration) return fail(calibration.error());
  found.calibration = std::move(*calibration);
  auto temperature = metrics::fitTemperature(logitsOf(scored), scored.labels);
  if (!temperature) return fail(temperature.error());
  found.temperature = *temperature;
  return {};
}

// A curve as a picture needs it: ends and evenly spread points between them.
std::vector<metrics::CurvePoint> thinned(std::vector<metrics::CurvePoint> curve) {
  constexpr std::size_t kMostPoints = 64;
  if (curve.size() <= kMostPoints) return curve;
  std::vector<metrics::CurvePoint> kept;
  for (std::size_t i = 0; i < kMostPoints; ++i) kept.push_back(curve[i * (curve.size() - 1) / (kMostPoints - 1)]);
  return kept;
}

void addCurves(const ScoredItems& scored, Evaluation& found) {
  for (std::int64_t k = 0; k < scored.labels.classes; ++k) {
    const auto labels = scored.labels.column(k);
    const bool any = std::find(labels.begin(), labels.end(), 1) != labels.end();
    found.precisionRecall.push_back(any ? thinned(metrics::precisionRecallCurve(scored.scores.column(k), labels)) : std::vector<metrics::CurvePoint>{});
  }
}

}  // namespace

std::string_view name(EvaluationTask task) {
  if (task == EvaluationTask::multiLabel) return "multi-label";
  return task == EvaluationTask::segments ? "segments" : "multi-class";
}

Result<Evaluation> evaluationOf(const ScoredItems& scored) {
  auto fine = checkItems(scored);
  if (!fine) return fail(fine.error());
  Evaluation found;
  found.task = scored.task;
  found.classes = scored.classes;
  found.threshold = scored.threshold;
  auto ranking = metrics::rankingReport(scored.scores, scored.labels);
  if (!ranking) return fail(ranking.error());
  found.ranking = std::move(*ranking);
  addCurves(scored, found);
  if (!notOfOneClass(scored.labels)) {
    auto strongest = strongestOf(scored);
    if (!strongest) return fail(strongest.error());
    found.strongest = std::move(*strongest);
  }
  auto added = scored.task == EvaluationTask::multiLabel ? addMany(scored, found) : addSingle(scored, found);
  if (!added) return fail(added.error());
  return found;
}

}  // namespace chladni::analysis

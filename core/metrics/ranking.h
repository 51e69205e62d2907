// Measures of how well scores rank items: precision-recall and ROC curves, average precision, ROC area, d-prime.
// Items with equal scores enter a curve together, so their order does not matter. Average precision is the step-wise
// area: the sum over thresholds of the gain in recall times the precision there, the threshold itself included (not
// interpolated). Agrees with scikit-learn's average_precision_score and roc_auc_score. Pure functions, thread-safe.
// Absence is std::nullopt: no average precision without positives, no ROC area without both kinds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/metrics/score_table.h"

namespace chladni::metrics {

struct CurvePoint {
  double threshold = 0.0;  // items with this score or more are called positive
  double x = 0.0;          // recall, or share of negatives called positive
  double y = 0.0;          // precision, or recall
};

// One point for each distinct score, highest first. `scores` and `labels` are of one length, scores finite.
std::vector<CurvePoint> precisionRecallCurve(std::span<const double> scores, std::span<const std::uint8_t> labels);
std::vector<CurvePoint> rocCurve(std::span<const double> scores, std::span<const std::uint8_t> labels);

std::optional<double> averagePrecision(std::span<const double> scores, std::span<const std::uint8_t> labels);
std::optional<double> rocArea(std::span<const double> scores, std::span<const std::uint8_t> labels);

// sqrt(2) times the standard normal quantile of a ROC area; infinite at 0 and 1.
double dPrime(double rocArea);
double normalQuantile(double p);

struct RankingReport {
  std::vector<std::optional<double>> averagePrecision;  // per class
  std::vector<std::optional<double>> rocArea;
  // Over the classes that have one; without any, nullopt.
  std::optional<double> meanAveragePrecision;
  std::optional<double> meanRocArea;
  std::optional<double> dPrime;                      // of meanRocArea
  std::optional<double> microAveragePrecision;       // all scores and labels as one list
  std::int64_t classesWithoutPositives = 0;          // left out of the means
  std::int64_t classesWithoutNegatives = 0;          // left out of the mean ROC area
};

Result<RankingReport> rankingReport(const ScoreTable& scores, const LabelTable& labels);

}  // namespace chladni::metrics

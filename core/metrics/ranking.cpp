#include "core/metrics/ranking.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <numeric>

namespace chladni::metrics {

namespace {

// What is called positive when everything scored `threshold` or more is.
struct Cut {
  double threshold;
  std::int64_t positives;
  std::int64_t negatives;
};

std::vector<Cut> cuts(std::span<const double> scores, std::span<const std::uint8_t> labels) {
  CHLADNI_ASSERT(scores.size() == labels.size());
  std::vector<std::size_t> order(scores.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return scores[a] > scores[b]; });
  std::vector<Cut> found;
  Cut running{0.0, 0, 0};
  for (std::size_t i = 0; i < order.size(); ++i) {
    ++(labels[order[i]] != 0 ? running.positives : running.negatives);
    running.threshold = scores[order[i]];
    if (i + 1 == order.size() || scores[order[i + 1]] != running.threshold) found.push_back(running);
  }
  return found;
}

double share(std::int64_t part, std::int64_t whole) {
  return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0.0;
}

double gaussianTail(double x) { return 0.5 * std::erfc(-x / std::numbers::sqrt2); }

std::optional<double> meanOf(const std::vector<std::optional<double>>& values) {
  double sum = 0.0;
  std::int64_t count = 0;
  for (const auto& value : values) {
    if (!value) continue;
    sum += *value;
    ++count;
  }
  if (count == 0) return std::nullopt;
  return sum / static_cast<double>(count);
}

}  // namespace

std::vector<CurvePoint> precisionRecallCurve(std::span<const double> scores, std::span<const std::uint8_t> labels) {
  const auto all = cuts(scores, labels);
  std::vector<CurvePoint> curve;
  for (const Cut& cut : all)
    curve.push_back({cut.threshold, share(cut.positives, all.back().positives),
                     share(cut.positives, cut.positives + cut.negatives)});
  return curve;
}

std::vector<CurvePoint> rocCurve(std::span<const double> scores, std::span<const std::uint8_t> labels) {
  const auto all = cuts(scores, labels);
  std::vector<CurvePoint> curve;
  for (const Cut& cut : all)
    curve.push_back({cut.threshold, share(cut.negatives, all.back().negatives), share(cut.positives, all.back().positives)});
  return curve;
}

std::optional<double> averagePrecision(std::span<const double> scores, std::span<const std::uint8_t> labels) {
  const auto curve = precisionRecallCurve(scores, labels);
  if (curve.empty() || curve.back().x == 0.0) return std::nullopt;
  double area = 0.0;
  double before = 0.0;
  for (const CurvePoint& point : curve) {
    area += (point.x - before) * point.y;
    before = point.x;
  }
  return area;
}

std::optional<double> rocArea(std::span<const double> scores, std::span<const std::uint8_t> labels) {
  const auto all = cuts(scores, labels);
  if (all.empty() || all.back().positives == 0 || all.back().negatives == 0) return std::nullopt;
  double area = 0.0;  // trapezoids, in counts
  Cut before{0.0, 0, 0};
  for (const Cut& cut : all) {
    area += static_cast<double>(cut.negatives - before.negatives) * static_cast<double>(cut.positives + before.positives) / 2.0;
    before = cut;
  }
  return area / (static_cast<double>(before.positives) * static_cast<double>(before.negatives));
}

// A rational first guess (Abramowitz and Stegun 26.2.23, error below 4.5e-4), then Halley's steps on the tail function.
double normalQuantile(double p) {
  if (std::isnan(p) || p < 0.0 || p > 1.0) return std::numeric_limits<double>::quiet_NaN();
  if (p == 0.0) return -std::numeric_limits<double>::infinity();
  if (p == 1.0) return std::numeric_limits<double>::infinity();
  if (p > 0.5) return -normalQuantile(1.0 - p);  // the lower tail keeps its digits
  const double t = std::sqrt(-2.0 * std::log(p));
  double x = (2.515517 + t * (0.802853 + t * 0.010328)) / (1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))) - t;
  for (int step = 0; step < 3; ++step) {
    const double density = std::exp(-x * x / 2.0) / std::sqrt(2.0 * std::numbers::pi);
    if (density == 0.0) break;
    const double newton = (gaussianTail(x) - p) / density;
    x -= newton / (1.0 + x * newton / 2.0);
  }
  return x;
}

double dPrime(double area) { return std::numbers::sqrt2 * normalQuantile(area); }

Result<RankingReport> rankingReport(const ScoreTable& scores, const LabelTable& labels) {
  auto fine = check(scores, labels);
  if (!fine) return fail(fine.error());
  RankingReport report;
  for (std::int64_t k = 0; k < scores.classes; ++k) {
    const auto own = scores.column(k);
    const auto truth = labels.column(k);
    const auto positives = std::count_if(truth.begin(), truth.end(), [](std::uint8_t label) { return label != 0; });
    report.classesWithoutPositives += positives == 0;
    report.classesWithoutNegatives += positives == labels.items;
    report.averagePrecision.push_back(averagePrecision(own, truth));
    report.rocArea.push_back(rocArea(own, truth));
  }
  report.meanAveragePrecision = meanOf(report.averagePrecision);
  report.meanRocArea = meanOf(report.rocArea);
  if (report.meanRocArea) report.dPrime = dPrime(*report.meanRocArea);
  report.microAveragePrecision = averagePrecision(scores.values, labels.values);
  return report;
}

}  // namespace chladni::metrics

#include "core/metrics/calibration.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace chladni::metrics {

namespace {

constexpr double kSmallestSlope = 0.01;  // 1 / temperature
constexpr double kLargestSlope = 100.0;

// Mean loss of logits times a slope, and its derivative by the slope. Both losses are convex in the slope.
struct Loss {
  double value = 0.0;
  double derivative = 0.0;
};

Loss softmaxLoss(const ScoreTable& logits, std::span<const std::int64_t> truth, double slope) {
  Loss sum;
  for (std::int64_t item = 0; item < logits.items; ++item) {
    const auto row = logits.row(item);
    const double largest = *std::max_element(row.begin(), row.end());
    const double own = row[static_cast<std::size_t>(truth[static_cast<std::size_t>(item)])] - largest;
    double total = 0.0;
    double weighted = 0.0;
    for (const double logit : row) {
      const double weight = std::exp((logit - largest) * slope);
      total += weight;
      weighted += weight * (logit - largest);
    }
    sum.value += std::log(total) - own * slope;
    sum.derivative += weighted / total - own;
  }
  const auto items = static_cast<double>(logits.items);
  return {sum.value / items, sum.derivative / items};
}

Loss sigmoidLoss(const ScoreTable& logits, const LabelTable& labels, double slope) {
  Loss sum;
  for (std::size_t i = 0; i < logits.values.size(); ++i) {
    const double z = logits.values[i];
    const double label = labels.values[i] != 0 ? 1.0 : 0.0;
    sum.value += std::max(z, 0.0) * slope + std::log1p(std::exp(-std::abs(z) * slope)) - label * z * slope;
    sum.derivative += (1.0 / (1.0 + std::exp(-z * slope)) - label) * z;
  }
  const auto decisions = static_cast<double>(logits.values.size());
  return {sum.value / decisions, sum.derivative / decisions};
}

// The slope where the derivative changes sign, by halving on a logarithmic scale.
TemperatureFit fit(const std::function<Loss(double)>& lossAt) {
  double low = std::log(kSmallestSlope);
  double high = std::log(kLargestSlope);
  for (int step = 0; step < 80; ++step) {
    const double middle = (low + high) / 2.0;
    (lossAt(std::exp(middle)).derivative > 0.0 ? high : low) = middle;
  }
  const double slope = std::exp((low + high) / 2.0);
  return {1.0 / slope, lossAt(1.0).value, lossAt(slope).value};
}

Result<void> checkClasses(const ScoreTable& scores, std::span<const std::int64_t> truth) {
  auto fine = check(scores);
  if (!fine) return fine;
  const bool inRange = std::all_of(truth.begin(), truth.end(), [&](std::int64_t k) { return k >= 0 && k < scores.classes; });
  if (static_cast<std::int64_t>(truth.size()) != scores.items || !inRange)
    return fail(ErrorCode::invalidArgument, "every item needs one true class below " + std::to_string(scores.classes));
  return {};
}

std::size_t binOf(double confidence, std::size_t bins) {
  const double place = std::ceil(confidence * static_cast<double>(bins)) - 1.0;
  return static_cast<std::size_t>(std::clamp(place, 0.0, static_cast<double>(bins - 1)));
}

}  // namespace

Result<Decisions> topDecisions(const ScoreTable& probabilities, std::span<const std::int64_t> truth) {
  auto fine = checkClasses(probabilities, truth);
  if (!fine) return fail(fine.error());
  Decisions found;
  const auto predicted = largest(probabilities);
  for (std::size_t i = 0; i < predicted.size(); ++i) {
    found.confidence.push_back(probabilities.row(static_cast<std::int64_t>(i))[static_cast<std::size_t>(predicted[i])]);
    found.right.push_back(predicted[i] == truth[i] ? 1 : 0);
  }
  return found;
}

Result<Decisions> allDecisions(const ScoreTable& probabilities, const LabelTable& labels) {
  auto fine = check(probabilities, labels);
  if (!fine) return fail(fine.error());
  return Decisions{probabilities.values, labels.values};
}

Result<Calibration> calibration(const Decisions& decisions, std::int64_t bins) {
  if (decisions.confidence.empty() || decisions.confidence.size() != decisions.right.size() || bins < 1)
    return fail(ErrorCode::invalidArgument, "calibration needs at least one decision and one bin");
  Calibration found;
  const auto count = static_cast<std::size_t>(bins);
  found.bins.resize(count);
  for (std::size_t b = 0; b < count; ++b) {
    found.bins[b].lower = static_cast<double>(b) / static_cast<double>(count);
    found.bins[b].upper = static_cast<double>(b + 1) / static_cast<double>(count);
  }
  for (std::size_t i = 0; i < decisions.confidence.size(); ++i) {
    const double p = decisions.confidence[i];
    if (!(p >= 0.0 && p <= 1.0)) return fail(ErrorCode::invalidArgument, "confidences must be probabilities between 0 and 1");
    const double right = decisions.right[i] != 0 ? 1.0 : 0.0;
    ReliabilityBin& bin = found.bins[binOf(p, count)];
    ++bin.count;
    bin.confidence += p;
    bin.accuracy += right;
    found.brier += (p - right) * (p - right);
  }
  const auto total = static_cast<double>(decisions.confidence.size());
  found.brier /= total;
  for (ReliabilityBin& bin : found.bins) {
    if (bin.count == 0) continue;
    bin.confidence /= static_cast<double>(bin.count);
    bin.accuracy /= static_cast<double>(bin.count);
    const double gap = std::abs(bin.confidence - bin.accuracy);
    found.expectedError += gap * static_cast<double>(bin.count) / total;
    found.maximumError = std::max(found.maximumError, gap);
  }
  return found;
}

Result<TemperatureFit> fitTemperature(const ScoreTable& logits, std::span<const std::int64_t> truth) {
  auto fine = checkClasses(logits, truth);
  if (!fine) return fail(fine.error());
  return fit([&](double slope) { return softmaxLoss(logits, truth, slope); });
}

Result<TemperatureFit> fitTemperature(const ScoreTable& logits, const LabelTable& labels) {
  auto fine = check(logits, labels);
  if (!fine) return fail(fine.error());
  return fit([&](double slope) { return sigmoidLoss(logits, labels, slope); });
}

}  // namespace chladni::metrics

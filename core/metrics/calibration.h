// Calibration: do probabilities mean what they say? A decision is a confidence in 0..1 and whether it was right. Bins of
// equal width cover 0..1; a bin holds (lower, upper], the first also 0. The expected calibration error is the mean gap
// between confidence and share of right decisions over bins, weighted by their decisions; the maximum error is the
// largest gap. Temperature scaling divides logits by the one positive number that makes the true labels likeliest.
// Sources: Guo et al. 2017, "On Calibration of Modern Neural Networks". Pure functions, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/metrics/score_table.h"

namespace chladni::metrics {

struct Decisions {
  std::vector<double> confidence;
  std::vector<std::uint8_t> right;
};
// One decision an item: its most probable class.
Result<Decisions> topDecisions(const ScoreTable& probabilities, std::span<const std::int64_t> truth);
// One decision for each item and class: the probability of the class, right where the item carries it.
Result<Decisions> allDecisions(const ScoreTable& probabilities, const LabelTable& labels);

struct ReliabilityBin {
  double lower = 0.0;
  double upper = 0.0;
  std::int64_t count = 0;
  double confidence = 0.0;  // mean of the bin's decisions; 0 without any
  double accuracy = 0.0;    // share of them that were right
};

struct Calibration {
  double expectedError = 0.0;
  double maximumError = 0.0;
  double brier = 0.0;  // mean of (confidence - right)^2
  std::vector<ReliabilityBin> bins;
};
// Fails with invalidArgument on no decisions, no bins, or a confidence outside 0..1.
Result<Calibration> calibration(const Decisions& decisions, std::int64_t bins = 15);

struct TemperatureFit {
  double temperature = 1.0;  // in [0.01, 100]
  double lossBefore = 0.0;   // mean negative log-likelihood at temperature 1
  double lossAfter = 0.0;
};
Result<TemperatureFit> fitTemperature(const ScoreTable& logits, std::span<const std::int64_t> truth);  // softmax
Result<TemperatureFit> fitTemperature(const ScoreTable& logits, const LabelTable& labels);             // sigmoid

}  // namespace chladni::metrics

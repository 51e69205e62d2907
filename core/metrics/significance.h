// Is one model better than another on the same items? Paired bootstrap: items are drawn with replacement, both models
// are measured on the draw, and the spread of the difference says how far chance alone could carry it. The p value is
// two-sided, of the difference's distribution moved to zero (Efron and Tibshirani 1993, section 16.4), with one added to
// both counts so that it is never 0. The same seed gives the same answer on every machine. Thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>
#include <vector>

#include "core/base/result.h"

namespace chladni::metrics {

struct BootstrapOptions {
  std::int64_t draws = 2000;
  std::uint64_t seed = 1;
  double confidence = 0.95;  // of the interval
};

struct Difference {
  double first = 0.0;   // the measure on all items
  double second = 0.0;
  double difference = 0.0;  // first - second
  double low = 0.0;         // percentile interval of the difference
  double high = 0.0;
  double p = 1.0;
};

struct PairOfMeasures {
  double first = 0.0;
  double second = 0.0;
};
// Both models measured on these items; an item may occur more than once.
using PairedMeasure = std::function<PairOfMeasures(std::span<const std::size_t> items)>;

// Fails with invalidArgument without items or draws, with cancelled when stopped.
Result<Difference> pairedBootstrap(std::size_t items, const PairedMeasure& measure, const BootstrapOptions& options,
                                   std::stop_token stop = {});

// The measure is the mean of one number an item (1 for a right answer, 0 for a wrong one).
Result<Difference> pairedBootstrap(std::span<const double> first, std::span<const double> second,
                                   const BootstrapOptions& options, std::stop_token stop = {});

// McNemar's exact test: of the items that only one model gets right, could each be a fair coin? Two-sided.
double mcNemar(std::int64_t onlyFirstRight, std::int64_t onlySecondRight);

}  // namespace chladni::metrics

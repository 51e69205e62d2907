// ClassificationReport: what became of items with one class each. Precision, recall and F1 per class with its support,
// their plain (macro) and support-weighted means, and the confusion counts with true classes as rows. A quotient of
// nothing by nothing is 0, and such a class stays in the means, as in scikit-learn's report. Plain data, thread-safe.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace chladni::metrics {

struct ClassScores {
  double precision = 0.0;
  double recall = 0.0;
  double f1 = 0.0;
};

struct ClassificationReport {
  std::int64_t items = 0;
  double accuracy = 0.0;
  ClassScores macro;
  ClassScores weighted;
  std::vector<ClassScores> perClass;
  std::vector<std::int64_t> support;                  // items whose true class it is
  std::vector<std::vector<std::int64_t>> confusion;   // [true, predicted]
};

// Classes are 0 .. classes-1. Fails with invalidArgument on unequal lengths, no items or a class out of range.
Result<ClassificationReport> classificationReport(std::span<const std::int64_t> truth,
                                                  std::span<const std::int64_t> predicted, std::int64_t classes);

// F1 of true positives, false positives and false negatives, with nothing by nothing 0.
ClassScores scoresOf(std::int64_t truePositives, std::int64_t falsePositives, std::int64_t falseNegatives);

// The text table that scikit-learn's users know: names to the left, two decimals, a final line end. The three last
// rows are accuracy, macro avg and weighted avg. `names` has one name a class.
std::string reportText(const ClassificationReport& report, std::span<const std::string> names, int decimals = 2);

}  // namespace chladni::metrics

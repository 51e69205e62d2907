// Item-wise measures of many labels an item: the set of true classes Y against the set of predicted classes P, averaged
// over items. accuracy |Y and P| / |Y or P|, precision |Y and P| / |P|, recall |Y and P| / |Y|, F1 2 |Y and P| / (|Y| + |P|).
// Nothing by nothing counts 0 by default, which is scikit-learn's average='samples'. Pure functions, thread-safe.
#pragma once

#include <cstdint>

#include "core/metrics/classification_report.h"
#include "core/metrics/score_table.h"

namespace chladni::metrics {

enum class EmptySet { zero, one };

struct ItemwiseScores {
  double accuracy = 0.0;
  double precision = 0.0;
  double recall = 0.0;
  double f1 = 0.0;
};

// The threshold of the audio and lyrics work, on probabilities: sigmoid(-1.5).
double lyricsThreshold();

// Classes whose score is above the threshold.
LabelTable above(const ScoreTable& scores, double threshold);

Result<ItemwiseScores> itemwiseScores(const LabelTable& truth, const LabelTable& predicted, EmptySet empty = EmptySet::zero);

struct LabelwiseReport {
  std::vector<ClassScores> perClass;
  std::vector<std::int64_t> support;  // items that carry the class
  ClassScores macro;
  ClassScores weighted;  // by support
  ClassScores micro;     // of all decisions together
};
Result<LabelwiseReport> labelwiseReport(const LabelTable& truth, const LabelTable& predicted);

}  // namespace chladni::metrics

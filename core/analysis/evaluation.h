// Evaluation: every figure about scores of which the truth is known, as `chladni-cli evaluate` reports it and the window
// shows it. Scores are probabilities, one row an item: a clip, or one segment of a recording. Without a screen, a model
// or a file: evaluationOf() works on tables alone. Plain data, thread-safe. Fails with invalidArgument when tables do
// not fit together.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/metrics/calibration.h"
#include "core/metrics/classification_report.h"
#include "core/metrics/events.h"
#include "core/metrics/modality_importance.h"
#include "core/metrics/multi_label.h"
#include "core/metrics/ranking.h"

namespace chladni::analysis {

enum class EvaluationTask { multiClass, multiLabel, segments };
std::string_view name(EvaluationTask task);  // "multi-class", "multi-label", "segments"

struct ScoredItems {
  EvaluationTask task = EvaluationTask::multiClass;
  std::vector<std::string> classes;
  std::vector<std::string> items;  // their names, one a row
  metrics::ScoreTable scores;      // probabilities
  metrics::LabelTable labels;      // one class an item, unless multiLabel
  double threshold = 0.5;                     // multiLabel: above it a class is called
  std::int64_t segmentsPerRecording = 1;      // segments: rows of one recording follow each other
  std::optional<std::int64_t> background;     // segments: the class that means no event
};

struct EvaluatedItem {
  std::string name;
  std::vector<std::int64_t> truth;      // classes
  std::vector<std::int64_t> predicted;  // classes; one unless multiLabel
  double score = 0.0;                   // 1 or 0; multiLabel: shared classes over all true or predicted ones
};

// How well the highest score tells the one class that is right; k beyond the number of classes is left out.
struct StrongestScores {
  metrics::ClassificationReport report;
  std::optional<double> topThree, topFive;
  metrics::Calibration calibration;     // of the highest score
  std::vector<std::int64_t> predicted;  // class of the highest score, of each item
};

struct Evaluation {
  EvaluationTask task = EvaluationTask::multiClass;
  std::vector<std::string> classes;
  double accuracy = 0.0;  // mean of the items' scores
  std::optional<StrongestScores> strongest;         // where every item has exactly one class
  std::optional<metrics::ItemwiseScores> itemwise;  // multiLabel
  std::optional<metrics::ClassScores> micro;        // multiLabel
  metrics::ClassScores macro;
  metrics::ClassScores weighted;
  std::vector<metrics::ClassScores> perClass;
  std::vector<std::int64_t> support;
  // [true, predicted]; multiLabel: for each class [not true, true][not called, called], row after row.
  std::vector<std::vector<std::int64_t>> confusion;
  metrics::RankingReport ranking;
  std::vector<std::vector<metrics::CurvePoint>> precisionRecall;  // per class, thinned; empty without examples
  metrics::Calibration calibration;
  metrics::TemperatureFit temperature;  // to divide logits by, on top of what the model does already
  std::optional<metrics::SegmentScores> segments;
  std::optional<std::vector<metrics::Importance>> modalityImportance;  // per class, set by who measured it
  double threshold = 0.5;                                              // multiLabel
  std::vector<EvaluatedItem> items;
};

Result<Evaluation> evaluationOf(const ScoredItems& scored);

}  // namespace chladni::analysis

// Agreement of two sets of labels of one recording, say of two annotators or of an annotator and a model. Rejected labels
// do not count. Labels of all tracks are taken together; a label is told by its text.
// - Overlap: for each text, the time that both have divided by the time that either has.
// - Boundaries: of matched labels (equal text, most overlap first), second minus first, in seconds.
// - Kappa: Cohen's, over a grid of steps, each with what the labels say there: nothing, one text, or several.
// - Events: F1 with tolerance (events.h), the first set as the truth.
// Pure functions, thread-safe.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/data/label.h"
#include "core/metrics/events.h"

namespace chladni::metrics {

struct LabelAgreementOptions {
  EventTolerance tolerance;
  double stepSeconds = 0.1;  // of the grid of kappa
};

enum class DisagreementKind { onlyFirst, onlySecond, otherText, boundaries };

struct Disagreement {
  DisagreementKind kind = DisagreementKind::onlyFirst;
  TimeRange span;  // of both labels together
  std::optional<Label> first;
  std::optional<Label> second;
};

struct BoundaryDifferences {
  std::int64_t count = 0;  // matched labels
  double meanStart = 0.0;
  double meanEnd = 0.0;
  double meanAbsoluteStart = 0.0;
  double meanAbsoluteEnd = 0.0;
  double largest = 0.0;  // of all, without its sign
};

struct TextAgreement {
  std::string text;
  std::optional<double> overlap;  // 0..1; nothing where all are points
  double f1 = 0.0;
  std::int64_t first = 0;   // labels
  std::int64_t second = 0;
  std::int64_t matched = 0;
};

struct LabelAgreement {
  std::int64_t first = 0;
  std::int64_t second = 0;
  std::optional<double> overlap;  // over all texts, weighted by time; nothing where all are points
  BoundaryDifferences boundaries;
  double observed = 0.0;        // share of steps that say the same
  std::optional<double> kappa;  // nothing when chance alone agrees always
  ClassScores events;
  std::vector<TextAgreement> perText;       // by text
  std::vector<Disagreement> disagreements;  // by time
};

// Fails with invalidArgument on a step or tolerance that is not above 0, when both sets are empty, or when the grid would
// have more than ten million steps.
Result<LabelAgreement> labelAgreement(const LabelSet& first, const LabelSet& second, const LabelAgreementOptions& options = {});

}  // namespace chladni::metrics

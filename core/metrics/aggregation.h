// From the logits of several views of an item (ten video frames with one sound, windows of a recording) to one row of
// probabilities: each view's logits become probabilities on their own, which are then averaged. Softmax where one class
// is right, sigmoid where many may be. Pure functions, thread-safe.
#pragma once

#include <span>

#include "core/metrics/score_table.h"

namespace chladni::metrics {

enum class Probability { softmax, sigmoid };

// Row by row.
ScoreTable probabilities(const ScoreTable& logits, Probability kind);

// Mean over views of their probabilities. Fails with invalidArgument without views or when their sizes differ.
Result<ScoreTable> meanProbabilities(std::span<const ScoreTable> logitsOfView, Probability kind);

}  // namespace chladni::metrics

// Teaching the head of a classifier with corrections: a part of them, split by source file, is held out and tells whether
// the head got better; the rest is learned, held near the old head (core/reduction/linear_classifier.h). The held-out part
// is the same for the same files whatever is added, renamed or moved: what a file holds decides. Where the manifest names
// a split ("test", "validation", "held-out"), that decides instead. The temperature is fitted by cross-validation over the
// sources learned from, held near the old one too. Deterministic. Pure: no files; blocking.
// Fails with corruptData (corrections of fewer than two sources), invalidArgument (shares out of range), cancelled.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/correction_set.h"
#include "core/inference/linear_head.h"

namespace chladni::analysis {

struct ImproveOptions {
  double heldOutShare = 0.2;  // of the sources, in 0..0.9
  double reach = 2.0;         // how far a logit may move (reduction::TeachOptions)
  double keep = 4.0;          // how much each class that nobody corrected counts, in corrections; 0: it may be forgotten
};

// Of the held-out part; a stretch is one prediction, the mean of the probabilities of its windows.
struct HeadFigures {
  double accuracy = 0.0;       // of the highest score where a stretch has one class, else as `evaluate` counts it
  double expectedError = 0.0;  // of calibration
  double loss = 0.0;           // mean negative log-likelihood
};

struct Improvement {
  inference::LinearMap head;  // as the package's weights file will round it
  double temperature = 1.0;
  HeadFigures before;
  HeadFigures after;
  std::int64_t sources = 0;
  std::vector<std::string> learned;  // names of stretches
  std::vector<std::string> held;
  [[nodiscard]] bool worse() const { return after.accuracy < before.accuracy; }
};

Result<Improvement> improveHead(const CorrectionSet& corrections, const inference::LinearMap& head,
                                const inference::ModelSpec& spec, const ImproveOptions& options, std::stop_token stop);

}  // namespace chladni::analysis

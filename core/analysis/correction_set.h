// Corrections ready to learn from: for each labelled stretch what the head of a model is given, window by window,
// computed once (never again for a stretch that is in `memory`); silent windows are left out. Blocking; for workers and the command line. Stretches whose sound cannot
// be read, and stretches that are not of one class for a model of one class, are left out and named. Plain data; share
// when const.
// Fails with unsupported (the model has no head that can be taught), notFound (labels that it does not know, with names
// that are like them), corruptData (nothing is left), cancelled.
#pragma once

#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/classification.h"
#include "core/analysis/example_scores.h"
#include "core/analysis/feature_memory.h"

namespace chladni::analysis {

struct CorrectedStretch {
  std::string name;                  // as the manifest has it
  std::string source;                // hash of what the file holds: stretches of one file share it, wherever it lies
  std::string split;                 // of the manifest
  std::vector<std::uint8_t> truth;   // [class]
  Matrix features;                   // [window, width]
  std::vector<double> seconds;       // [window], of media
};

struct CorrectionSet {
  std::vector<CorrectedStretch> stretches;
  std::vector<LeftOut> leftOut;
};

Result<CorrectionSet> gatherCorrections(std::span<const ManifestExample> examples, const inference::LoadedModel& model,
                                        const ClassifyOptions& windows, const ProgressSink& progress, std::stop_token stop,
                                        FeatureMemory* memory = nullptr);

}  // namespace chladni::analysis

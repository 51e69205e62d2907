// From labelled media to scored items: a sound classifier runs over every example of a manifest, whose labels are looked
// up among its classes (by name, or by ontology id where the package has them). Blocking, for workers and the command
// line. Examples whose sound cannot be read, and examples of several labels for a model of one class, are left out and
// named. Fails with notFound on a label that the model does not know, with unsupported for a model without
// classes, with corruptData when nothing is left. Stopped, it gives what was finished.
#pragma once

#include <functional>
#include <span>
#include <stop_token>

#include "core/analysis/classification.h"
#include "core/analysis/evaluation.h"
#include "core/analysis/manifest_examples.h"

namespace chladni::analysis {

struct LeftOut {
  std::string item;
  std::string reason;
};

struct ScoredExamples {
  ScoredItems items;
  std::vector<LeftOut> leftOut;
  Provenance provenance;
  double secondsOfMedia = 0.0;
  double secondsOfCompute = 0.0;
  bool stopped = false;
};

Result<ScoredExamples> scoreExamples(std::span<const ManifestExample> examples, const inference::LoadedModel& model,
                                     const ClassifyOptions& windows, const ProgressSink& progress, std::stop_token stop);

// How much of each class's average precision is lost when the model is given the sound alone and the lyrics alone, on the
// examples that have both (core/metrics/modality_importance.h). Fails also with unsupported for a model that does not take both,
// with notFound when no example has lyrics, with cancelled.
Result<std::vector<metrics::Importance>> scoreModalities(std::span<const ManifestExample> examples, const inference::LoadedModel& model,
                                                         const ClassifyOptions& windows, const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::analysis

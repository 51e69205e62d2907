// Audio-visual event localisation of a whole recording: features of both backbones, second by second, go through the
// localiser in stretches of the length it was trained on; the last stretch moves back to be whole. Blocking; for workers.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/recording.h"
#include "core/base/progress.h"
#include "core/data/prediction.h"
#include "core/inference/localiser.h"
#include "core/inference/model_family.h"

namespace chladni::analysis {

// The loaded backbones; one that the model does not need may be null.
struct Backbones {
  std::shared_ptr<const inference::LoadedModel> sound;
  std::shared_ptr<const inference::LoadedModel> picture;
};
using ModelLoader = std::function<Result<std::shared_ptr<const inference::LoadedModel>>(const std::string& package)>;

// Loads what `model` says it needs. Fails with notFound naming the missing package.
Result<Backbones> loadBackbones(const inference::LoadedModel& model, const ModelLoader& load);

// Of a whole recording. Rows of the matrices are segments.
struct LocalisedRecording {
  std::vector<std::string> classes;
  std::vector<TimeRange> segments;
  Matrix scores;     // [segment, class], rows sum to 1
  Matrix attention;  // [segment, region], rows sum to 1; empty without a picture
  int gridRows = 0;
  int gridColumns = 0;
  Provenance provenance;
  double secondsOfMedia = 0.0;
  double secondsOfCompute = 0.0;
};

Result<LocalisedRecording> localise(const Recording& recording, const inference::LoadedModel& model,
                                    const Backbones& backbones, const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::analysis

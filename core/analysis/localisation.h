// Audio-visual event localisation of a whole recording: features of both backbones, second by second, go through the
// localiser in stretches of the length it was trained on; the last stretch moves back to be whole. Features may come from
// the recording, or from files that somebody made before. Blocking; for workers.
// Fails with unsupported (the model localises nothing), notFound, incompatibleModel (features that do not fit), cancelled.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/recording.h"
#include "core/base/progress.h"
#include "core/data/prediction.h"
#include "core/data/region_attention.h"
#include "core/inference/localiser.h"
#include "core/inference/model_family.h"

namespace chladni::analysis {

// The loaded backbones; one that the model does not need may be null.
struct Backbones {
  std::shared_ptr<const inference::LoadedModel> sound;
  std::shared_ptr<const inference::LoadedModel> picture;
};
using ModelLoader = std::function<Result<std::shared_ptr<const inference::LoadedModel>>(const std::string& package)>;

// What a localiser reads, row by row of the same length of time; a modality that it does not use is empty.
struct LocaliserFeatures {
  std::optional<inference::FeatureBlock> sound;
  std::optional<inference::FeatureBlock> picture;
  // Of both; of one alone when the other is not there.
  [[nodiscard]] std::int64_t rows() const;
  [[nodiscard]] double hopSeconds() const;
};

// Where the package that a localiser names lies: inside its own folder, beside it, or, when neither is there, the name as
// it is, for the registry.
std::string backboneFolder(const std::string& package, const inference::ModelSpec& localiser);

// Loads what `model` says it needs and `given` does not hold, from where backboneFolder() has it. Fails with notFound naming the missing package, and with incompatibleModel when a
// backbone gives no features of the shape that the model was trained on.
Result<Backbones> loadBackbones(const inference::LoadedModel& model, const ModelLoader& load,
                                 const LocaliserFeatures& given = {});

// Of those that `given` does not hold yet. The output of each backbone is the one whose shape the model was trained on.
Result<LocaliserFeatures> localiserFeatures(const Recording& recording, const inference::LoadedModel& model,
                                            const Backbones& backbones, LocaliserFeatures given,
                                            const ProgressSink& progress, std::stop_token stop);

// Of a whole recording. Rows of the matrices are segments.
struct LocalisedRecording {
  std::vector<std::string> classes;
  std::vector<TimeRange> segments;
  Matrix scores;     // [segment, class], rows sum to 1
  Matrix attention;  // [segment, region], rows sum to 1; empty without a picture
  int gridRows = 0;
  int gridColumns = 0;
  // Of models learnt from one label per clip: scores of each stretch as a whole, [stretch, class]; else empty.
  std::vector<TimeRange> stretches;
  Matrix clips;
  Provenance provenance;
  double secondsOfMedia = 0.0;
  double secondsOfCompute = 0.0;
};

Result<LocalisedRecording> localise(const Recording& recording, const inference::LoadedModel& model,
                                    const Backbones& backbones, const ProgressSink& progress, std::stop_token stop,
                                    LocaliserFeatures given = {});
// The same as a classifier's result, a window for each segment; of the clip the mean over segments, or what a model that
// learned from one label a clip says of it.
Prediction predictionOf(const LocalisedRecording& found);
// Null when the model attends to no regions.
std::shared_ptr<const RegionAttention> regionsOf(const LocalisedRecording& found, const inference::ModelSpec& spec);

// From features alone; secondsOfMedia is what they cover.
Result<LocalisedRecording> localise(const LocaliserFeatures& features, const inference::LoadedModel& model,
                                    std::stop_token stop);

}  // namespace chladni::analysis

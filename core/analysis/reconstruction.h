// Asking a masked autoencoder to paint what was hidden of a clip, and the pictures that show it. Blocking; for workers.
#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <vector>

#include "core/analysis/recording.h"
#include "core/data/reconstruction.h"
#include "core/inference/model_family.h"
#include "core/inference/reconstructor.h"

namespace chladni::analysis {

// How predictions are brought back to the input's units when a model's targets are normalised patch by patch: with the true
// mean and deviation of each patch, which leak what a model cannot know, or with those of the visible patches near by.
enum class PatchStatistics { truth, neighbours };

struct ReconstructedClip {
  TimeRange span;
  Reconstruction result;
  PlanePictures sound, picture;    // empty without that modality
  std::vector<std::string> modes;  // of masking that the model knows
  bool guessedStatistics = false;  // PatchStatistics::neighbours was asked for and made a difference
};

// The clip of the model's length about `at`; an empty request.mode is the model's first. Fails with unsupported (the model
// paints nothing), invalidArgument, and as clipAround() does.
Result<ReconstructedClip> reconstruct(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                                      inference::MaskRequest request, PatchStatistics statistics, std::stop_token stop);

PlanePictures soundPlanes(const Reconstruction& reconstruction);
PlanePictures picturePlanes(const Reconstruction& reconstruction);

// Rewrites what was predicted for hidden patches with means and deviations interpolated from visible patches (inverse square
// of the distance). False, and nothing is changed, when the targets were not normalised or no patch is visible.
bool guessPatchStatistics(Reconstruction& reconstruction);

}  // namespace chladni::analysis

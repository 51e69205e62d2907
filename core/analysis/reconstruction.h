// Asking a masked autoencoder to paint what was hidden of a clip, and the pictures that show it. Blocking; for workers.
#pragma once

#include <filesystem>
#include <map>
#include <stop_token>
#include <string>

#include "core/analysis/recording.h"
#include "core/data/reconstruction.h"
#include "core/inference/model_family.h"
#include "core/inference/reconstructor.h"

namespace chladni::analysis {

struct ReconstructedClip {
  TimeRange span;
  Reconstruction result;
};

// The clip of the model's length about `at`. Fails with unsupported (the model paints nothing), invalidArgument, and as
// clipAround() does.
Result<ReconstructedClip> reconstruct(const Recording& recording, const inference::LoadedModel& model, MediaTime at,
                                      const inference::MaskRequest& request, std::stop_token stop);

// The planes as a model and a student see them: `original`, `masked` (hidden patches at the plane's mean), `predicted`,
// `pasted` (visible patches kept, hidden ones painted), `error` (absolute difference where hidden, 0 elsewhere).
// [column, bin] of the sound; [row, column * 3 + channel] of the picture.
struct PlanePictures {
  Matrix original, masked, predicted, pasted, error;
};
PlanePictures soundPlanes(const Reconstruction& reconstruction);
PlanePictures picturePlanes(const Reconstruction& reconstruction);

}  // namespace chladni::analysis

// Reconstruction: what a masked autoencoder was shown and what it painted. Immutable after building. Grids of patches
// are row by row: rows are low to high frequency (or y from the top), columns time (or x).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/data/attention_map.h"
#include "core/data/matrix.h"

namespace chladni {

struct ReconstructedPlane {
  PatchGrid grid;
  std::vector<std::uint8_t> mask;  // [patch], 1 = hidden from the model
  std::vector<float> patchLoss;    // [patch], in the units of the loss (squared or absolute error)
  double loss = 0.0;               // mean over hidden patches
};

struct Reconstruction {
  // Sound: [column of time, bin], in the normalised units that the model sees; `predicted` holds the model's output
  // everywhere, brought back to those units when its targets are normalised patch by patch (see `trueStatistics`).
  ReconstructedPlane sound;
  Matrix soundInput, soundPredicted;
  // [column of time * bins + bin], 1 = hidden, for models that hide other shapes than whole patches (`sound.mask` then
  // marks every patch of which something was hidden); empty: whole patches.
  std::vector<std::uint8_t> soundPixels;
  // Picture: [row, column * 3 + channel], normalised units likewise. Empty when the model was shown none.
  ReconstructedPlane picture;
  Matrix pictureInput, picturePredicted;
  // Targets are normalised patch by patch: `predicted` was scaled with the true mean and deviation of each patch, which
  // a model cannot know. Views must say so.
  bool trueStatistics = false;
  std::map<std::string, double> losses;  // by the names of training: "mae", "mae_a", "mae_v", "contrastive"
  std::string title;                     // "time masking · 75 % · seed 1"
};

// The planes as a model and a student see them: `masked` has hidden values at the plane's mean, `pasted` the visible ones
// kept and the hidden ones painted, `error` the absolute difference where hidden, 0 elsewhere. [column, bin] of the sound;
// [row, column * 3 + channel] of the picture; hidden[row * columns + column], 1 = the model could not see it.
struct PlanePictures {
  Matrix original, masked, predicted, pasted, error;
  std::vector<std::uint8_t> hidden;
};

}  // namespace chladni

// What a model is given of a whole recording, as a TileSource: windows of the model's own length follow each other from the
// start, the last one ends with the sound, as when the model classifies. Each column is a column of exactly the tensor that
// the model would be given for its window: front end, padding and normalisation included, values without a unit. Columns of
// coarser levels hold the largest value; until all windows of a tile were computed it is marked as sampled.
// Any thread may compute; the recording is shared. Failures are those of reading it and of its front end.
#pragma once

#include <memory>

#include "core/analysis/recording.h"
#include "core/data/tile_source.h"
#include "core/inference/model_spec.h"

namespace chladni::analysis {

// A source without levels, which fails with unsupported, when the model hears nothing or the recording has no sound.
std::shared_ptr<TileSource> modelInputTiles(std::shared_ptr<const Recording> recording, const inference::ModelSpec& spec);

// Seconds from one window to the next: what the columns of one window cover.
double modelInputPeriod(const inference::ModelSpec& spec);

}  // namespace chladni::analysis

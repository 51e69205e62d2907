// The steps of painting hidden sound around the model itself: masks from a request, pictures and losses from what was
// painted. Free functions of LyricsModel::reconstruct. Sound [1, frames, bins], ids [1, token] or undefined.
#pragma once

#include <string>

#include "core/inference/reconstructor.h"
#include "models/lyrics_mae/lyrics_inference.h"

namespace chladni::models::lyrics_mae {

// invalidArgument for a mask that does not fit the grid or leaves nothing to see, unsupported for another mode.
Result<void> checkRequest(const inference::MaskRequest& request, const LyricsConfig& config);

struct LyricsMasks {
  nn::TokenMask sound, text;
};
// Drawn from the seed, the sound first, or painted by hand. Without lyrics every one of their tokens is hidden.
LyricsMasks masksFor(const inference::MaskRequest& request, const LyricsConfig& config, bool lyrics);

Reconstruction describe(const LyricsNet& net, const at::Tensor& sound, const at::Tensor& ids, const Painted& painted,
                        std::int64_t padId);
std::string maskTitle(const inference::MaskRequest& request);

}  // namespace chladni::models::lyrics_mae

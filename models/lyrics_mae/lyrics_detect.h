// Names and sizes of audio + lyrics weights. canonicalise() brings names to those of LyricsNet: wrappers of the training
// program ("module.") go, CAV-MAE's "v" outside the blocks becomes "t". detectConfig() reads the sizes from names and
// shapes; heads cannot be told from them (64 channels each, 32 in the decoder, unless hinted). Every change is a line.
// Fails with incompatibleModel naming the tensor that is missing or of an impossible shape.
#pragma once

#include <optional>

#include "core/nn/published_weights.h"
#include "models/lyrics_mae/lyrics_config.h"

namespace chladni::models::lyrics_mae {

Result<nn::CanonicalWeights> canonicalise(const nn::NamedTensors& published);

struct DetectHints {
  std::optional<std::int64_t> heads, decoderHeads;
  std::int64_t bins = 128;
};

Result<LyricsConfig> detectConfig(const nn::NamedTensors& canonical, const DetectHints& hints = {});

}  // namespace chladni::models::lyrics_mae

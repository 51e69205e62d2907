// Names and sizes of CAV-MAE weights. canonicalise() takes the wrappers of the training program ("module.") off names;
// detectConfig() reads sizes and the kind of model from names and shapes. Heads cannot be told from them (64 channels
// each, 32 in the decoder, unless hinted). Every change is a line.
// Fails with incompatibleModel naming the tensor that is missing or of an impossible shape.
#pragma once

#include <optional>

#include "core/nn/published_weights.h"
#include "models/cavmae/cavmae_config.h"

namespace chladni::models::cavmae {

Result<nn::CanonicalWeights> canonicalise(const nn::NamedTensors& published);

struct DetectHints {
  std::optional<std::int64_t> heads, decoderHeads;
  std::int64_t melBands = 128;
};

// A file with a head is a classifier, one with a decoder a pretraining model; with both, the head decides.
Result<CavmaeConfig> detectConfig(const nn::NamedTensors& canonical, const DetectHints& hints = {});

}  // namespace chladni::models::cavmae

// The configuration of weights from their names and shapes, and from settings for what those do not say:
//   grid          "7x7", rows by columns of regions; without it a square number of regions is taken for a square
//   attention     "published" or "paper"
//   fusion_blocks of DMRN, whose blocks share their weights: "1" without it
//   weak          "true" for weights learnt from one label per clip
//   segments      seconds seen at once: "10" without it
// Fails with incompatibleModel naming the tensor that is missing or of an impossible shape, or the setting.
#pragma once

#include <map>
#include <string>

#include "core/nn/published_weights.h"
#include "models/ave/ave_config.h"

namespace chladni::models::ave {

using Settings = std::map<std::string, std::string>;

Result<AveConfig> detectConfig(AveKind kind, const nn::NamedTensors& tensors, const Settings& settings = {});

// From the names of published modules and of common variations to those of AveNet: wrappers ("module.") go, gru_* become
// lstm_*, the recurrent layer of a unimodal net becomes rnn. One line for each kind of change.
Result<nn::CanonicalWeights> canonicalise(AveKind kind, const nn::NamedTensors& published);

}  // namespace chladni::models::ave

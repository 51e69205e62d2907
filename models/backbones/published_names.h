// From the names and axes under which backbones were published to ours: the PyTorch ports as they are, with what only
// training needs left out; Keras and TensorFlow variables ("block1_conv1/kernel", "conv2d_3/bias") renamed and turned.
// Every tensor that is renamed, turned, made or left out has a line that says why; what no rule knows keeps its name, so
// that the comparison with the network reports it. Fails with incompatibleModel for files that only look alike.
#pragma once

#include "core/nn/published_weights.h"

namespace chladni::models::backbones {

struct PublishedWeights : nn::CanonicalWeights {
  bool keras = false;  // the names were those of Keras or TensorFlow
};

Result<PublishedWeights> canonicalise(std::string_view family, const nn::NamedTensors& published);

}  // namespace chladni::models::backbones

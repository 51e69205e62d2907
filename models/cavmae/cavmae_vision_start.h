// A starting point for pretraining, as the authors make theirs ("ori_mae_11"): a vision masked autoencoder turned into a
// model of sound and pictures. Both branches get the first blocks, the unified blocks the rest (their norms three times
// over); the kernel of pictures, summed over colours, also serves the sound. What it lacks keeps its fresh value.
// Every tensor taken or left is a line. Fails with incompatibleModel naming what is missing or of another size.
// Sources: Gong et al. 2023, adaptation script; He et al. 2022 (ViT-Base with decoder).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "models/cavmae/cavmae_detect.h"
#include "models/cavmae/cavmae_net.h"

namespace chladni::models::cavmae {

enum class VisionRule { copy, firstRows, sumOfColours, withoutClassToken };

struct VisionMove {
  std::string from;  // of the vision model
  std::string to;    // of ours
  VisionRule rule = VisionRule::copy;
  bool operator==(const VisionMove&) const = default;
};

// In the order of our names. Of config: depths only; audio and image depth are equal.
std::vector<VisionMove> visionMoves(const CavmaeConfig& config);
bool isVisionMae(const nn::NamedTensors& canonical);
// Sizes of the model that a vision model becomes, its last block being the unified one.
Result<CavmaeConfig> configFromVision(const nn::NamedTensors& canonical, const DetectHints& hints);
// `fresh` has config's sizes and starting values.
Result<nn::CanonicalWeights> startFromVision(const CavmaeNet& fresh, const nn::NamedTensors& vision);

}  // namespace chladni::models::cavmae

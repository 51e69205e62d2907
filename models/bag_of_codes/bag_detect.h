// The sizes of a checkpoint from the shapes of its tensors. What shapes cannot tell is a setting of the import: "bins"
// and "frames" of the picture (96 and 100), "bicubic" ("tensorflow" -0.5, "pytorch" -0.75 or a number; -0.5).
// Fails with incompatibleModel naming the tensor, invalidArgument naming the setting.
#pragma once

#include "core/nn/weights.h"
#include "models/bag_of_codes/bag_config.h"

namespace chladni::models::bag {

// Weights and centres together, under the names of a package.
Result<BagConfig> detectConfig(const nn::NamedTensors& tensors, const std::map<std::string, std::string>& settings);

}  // namespace chladni::models::bag

// The configuration of ASiT weights from their names and shapes. What no shape tells comes from settings, else from the
// published sizes: "heads" (64 channels each), "bins" (128), "last_gelu" ("true", "false"; else true unless the
// reconstruction head has the paper's bottleneck of 256). Fails with incompatibleModel naming the tensor that is missing
// or of an impossible shape, or invalidArgument naming the setting.
#pragma once

#include <map>
#include <string>

#include "core/nn/weights.h"
#include "models/asit/asit_config.h"

namespace chladni::models::asit {

using Settings = std::map<std::string, std::string>;

Result<AsitConfig> detectConfig(const nn::NamedTensors& canonical, const Settings& settings);
// A whole number above 0; `fallback` when it is not there.
Result<std::int64_t> wholeSetting(const Settings& settings, const std::string& name, std::int64_t fallback);

}  // namespace chladni::models::asit

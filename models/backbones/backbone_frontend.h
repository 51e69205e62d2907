// What a backbone sees: the published front end of each kind as the numbers of a new package.
// Fails with invalidArgument naming the setting and the values it may have.
#pragma once

#include "core/inference/model_family.h"
#include "models/backbones/backbone_kind.h"

namespace chladni::models::backbones {

using Settings = std::map<std::string, std::string>;

// Fills frontend, windowSeconds, hopSeconds and what else the kind's input needs of "architecture". `keras`: the weights
// were trained with Keras' preprocessing unless the settings say otherwise.
Result<void> settleFrontend(inference::ModelSpec& spec, const Kind& kind, const Settings& settings, bool keras);
// Fails for a setting that the kind does not know.
Result<void> checkSettings(const Kind& kind, const Settings& settings);
// The value of a setting, one of `allowed`, the first of them when it is not given.
Result<std::string> setting(const Settings& settings, const std::string& name, const std::vector<std::string>& allowed);

}  // namespace chladni::models::backbones

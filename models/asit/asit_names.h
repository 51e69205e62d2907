// From the names under which ASiT weights are published to those of AsitNet. Understood: the authors' checkpoints with
// student and teacher side by side ("teacher.backbone...", "student.module.backbone..."), one of the two alone with or
// without wrappers, a bare backbone ("blocks.0...") and a fine-tuned head beside or inside the backbone. Every change is
// a line of the report. Fails with incompatibleModel when the network asked for is not there or two tensors are one.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/nn/published_weights.h"

namespace chladni::models::asit {

// network: "teacher" or "student"; without meaning for files that hold only one.
Result<nn::CanonicalWeights> canonicalise(const nn::NamedTensors& published, const std::string& network);

}  // namespace chladni::models::asit

// From the names under which AST weights are published to those of AstNet. Understood: the authors' data-parallel files
// ("module.v..."), the same without the wrapper or nested under "model.", and the HuggingFace port, whose separate
// query, key and value become one. The unused ImageNet heads are dropped. Every change is a line of the report.
// Fails with incompatibleModel when a query, key or value lacks its partners.
#pragma once

#include <string>

#include "core/base/result.h"
#include "core/nn/published_weights.h"

namespace chladni::models::ast {

struct AstWeights : nn::CanonicalWeights {
  bool huggingFace = false;
};

Result<AstWeights> canonicalise(const nn::NamedTensors& published);

// The canonical name of one tensor of the HuggingFace port and, for query, key and value (0, 1, 2), which part of the
// fused tensor it is; empty for a name that the port does not have.
struct PortName {
  std::string name;
  int part = -1;
};
PortName fromPort(const std::string& name);

}  // namespace chladni::models::ast

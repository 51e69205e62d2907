// The configuration of AST weights from their names and shapes alone. The number of heads (64 channels each), the input's
// length and the strides are not in the shapes one by one: `hints` settle them, else the published combinations are
// tried. Fails with incompatibleModel naming the tensor that is missing or of an impossible shape.
#pragma once

#include <optional>

#include "core/nn/weights.h"
#include "models/ast/ast_config.h"

namespace chladni::models::ast {

struct DetectHints {
  std::optional<std::int64_t> heads, frames, strideFrequency, strideTime;
  std::int64_t bins = 128;
};

Result<AstConfig> detectConfig(const nn::NamedTensors& canonical, bool huggingFace, const DetectHints& hints = {});

}  // namespace chladni::models::ast

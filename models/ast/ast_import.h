// Makes a package from a published AST file: reads it, finds names and sizes, accounts for every tensor, and writes
// model.json, weights.safetensors and CARD.md. Accepted only when every difference has its reason; else nothing is
// written and the report says why. Settings, else a safetensors file's metadata, may settle what shapes do not say:
// "heads", "frames", "stride_frequency", "stride_time", "bins" as whole numbers. Fails with invalidArgument for any other
// setting.
#pragma once

#include "core/inference/model_family.h"

namespace chladni::models::ast {

Result<inference::ImportReport> importAst(const inference::ImportOptions& options);

}  // namespace chladni::models::ast

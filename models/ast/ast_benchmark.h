// Figures of AST base (ViT-B, 514 tokens) with random weights. See models/benchmarks.h.
#pragma once

#include "models/benchmarks.h"

namespace chladni::models::ast {

// One clip to logits.
Result<BenchmarkFigure> benchmarkClassify(const inference::RuntimeOptions& options, std::stop_token stop);
// The last layer's attention of one patch of a new clip.
Result<BenchmarkFigure> benchmarkAttend(const inference::RuntimeOptions& options, std::stop_token stop);

}  // namespace chladni::models::ast

// Figures of AST base (ViT-B, 514 tokens) with random weights. See models/benchmarks.h.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/inference/benchmark_figure.h"
#include "core/inference/model_family.h"

namespace chladni::models::ast {

// One clip to logits.
Result<inference::BenchmarkFigure> benchmarkClassify(const inference::RuntimeOptions& options, std::stop_token stop);
// The last layer's attention of one patch of a new clip.
// A patch of a clip not seen before; another patch of the same clip.
Result<inference::BenchmarkFigure> benchmarkFirstLook(const inference::RuntimeOptions& options, std::stop_token stop);
Result<inference::BenchmarkFigure> benchmarkAttend(const inference::RuntimeOptions& options, std::stop_token stop);
// A step of learning.
Result<inference::BenchmarkFigure> benchmarkTraining(const inference::RuntimeOptions& options, std::stop_token stop);

}  // namespace chladni::models::ast

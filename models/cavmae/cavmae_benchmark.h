// Figures of a base CAV-MAE with random weights on this machine, beside the matrix products of its blocks alone. Runs for
// seconds. Fails as inference does, and with cancelled.
#pragma once

#include <stop_token>

#include "core/base/result.h"
#include "core/inference/benchmark_figure.h"
#include "core/inference/model_family.h"

namespace chladni::models::cavmae {

// Three quarters of a clip hidden and painted again.
Result<inference::BenchmarkFigure> benchmarkReconstruct(const inference::RuntimeOptions& options, std::stop_token stop);
// A step of pretraining: both losses, per clip of a batch of four.
Result<inference::BenchmarkFigure> benchmarkTraining(const inference::RuntimeOptions& options, std::stop_token stop);

}  // namespace chladni::models::cavmae

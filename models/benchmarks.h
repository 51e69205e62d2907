// Figures of full-size networks with random weights, for `chladni-cli bench`: each beside its floor, which is measured in
// the same run. Tensor-free. Runs for seconds; looks at the stop token between repetitions.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/benchmark_figure.h"
#include "core/inference/model_family.h"

namespace chladni::models {

std::vector<std::string> benchmarkNames();
// `name`: one of benchmarkNames().
Result<inference::BenchmarkFigure> runBenchmark(const std::string& name, const inference::RuntimeOptions& options,
                                     std::stop_token stop);

}  // namespace chladni::models

// Figures of full-size networks with random weights, for `chladni-cli bench`: each beside its floor, which is measured in
// the same run. Tensor-free. Runs for seconds; looks at the stop token between repetitions.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/inference/model_family.h"

namespace chladni::models {

struct BenchmarkFigure {
  std::string name;
  std::string per;        // "10 s clip, 514 tokens"
  std::string precision;  // "fp32", "bf16"
  int threads = 1;
  double ms = 0.0;       // best of a few
  double floorMs = 0.0;  // its linear layers alone
};

std::vector<std::string> benchmarkNames();
// `name`: one of benchmarkNames().
Result<BenchmarkFigure> runBenchmark(const std::string& name, const inference::RuntimeOptions& options,
                                     std::stop_token stop);

}  // namespace chladni::models

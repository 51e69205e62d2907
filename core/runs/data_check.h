// checkData: what a training would say about its data before it begins, without beginning: the same reading, decoding and
// report as `chladni-cli train`, and the same cache, so that the training does not decode again. For workers.
// Fails as reading the data, the package to start from, and decoding do, in one line; with cancelled.
#pragma once

#include <cstdint>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/training/data_report.h"
#include "core/training/recipe.h"

namespace chladni::runs {

struct DataCheck {
  training::DataReport report;
  std::vector<std::string> remarks;  // the report's warnings and what a small set should be told, one line each
  std::vector<std::int64_t> perClass;  // examples to learn from, in the order of report.classes
  std::int64_t stepsPerEpoch = 0;
  double clipSeconds = 0.0;
};

Result<DataCheck> checkData(const training::Recipe& recipe, const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::runs

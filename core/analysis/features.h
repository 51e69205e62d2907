// Features of a recording from a backbone, one row for each of its windows (a second, for those of AVE). Rows are made and
// handed on in blocks, so that hours need no more memory than minutes. Blocking; for workers.
// A file has round(duration / hop) rows, at least one: AVE's clips of 9.98 s have ten. What the last window lacks is silence.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include "core/analysis/recording.h"
#include "core/base/progress.h"
#include "core/inference/feature_extractor.h"
#include "core/inference/model_family.h"

namespace chladni::analysis {

using FeatureSink = std::function<Result<void>(const inference::FeatureBlock& rows)>;

struct FeatureOptions {
  std::string tap;          // of the backbone; empty: its first
  std::int64_t firstRow = 0;
  std::int64_t rows = -1;   // -1: to the end
};

std::int64_t featureRows(const Recording& recording, const inference::FeatureExtractor& extractor);
// Fails with unsupported (the model gives no features), notFound (the file lacks what it needs), cancelled, and what the
// sink fails with.
Result<void> extractFeatures(const Recording& recording, const inference::LoadedModel& backbone, const FeatureOptions& options,
                             const FeatureSink& sink, const ProgressSink& progress, std::stop_token stop);
// All rows in one block.
Result<inference::FeatureBlock> allFeatures(const Recording& recording, const inference::LoadedModel& backbone,
                                            const FeatureOptions& options, const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::analysis

// The windows of a recording as classify() shows them to a model, batch after batch: sound streamed by a reader thread,
// video frames fetched beside it. Where windows lie is told in classification.h. Blocking; for workers.
// Fails with invalidArgument (a window that the model cannot take, a stretch that ends before it starts), notFound or
// corruptData (nothing there that the model could use), cancelled, and what the sink fails with.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include "core/analysis/classification.h"
#include "core/analysis/model_clip.h"

namespace chladni::analysis {

using WindowSink = std::function<Result<void>(const std::vector<ModelClip>& batch)>;

// The sink is called at least once, never with an empty batch.
Result<void> eachWindow(const Recording& recording, const inference::ModelSpec& spec, const ClassifyOptions& options,
                        const WindowSink& sink, std::stop_token stop);

// Quieter than anything that could be named (kSilenceDecibels). A model that looks as well may see something where
// nothing is heard.
bool isSilent(const ModelClip& clip);

}  // namespace chladni::analysis

// Finding what goes with what across modalities: a query's embedding against those of a folder of media. The clip in the
// middle of each file speaks for it. Blocking; for workers.
#pragma once

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/progress.h"
#include "core/base/result.h"
#include "core/inference/embedder.h"
#include "core/inference/model_family.h"

namespace chladni::analysis {

struct RetrievalOptions {
  inference::Modality from = inference::Modality::sound;
  inference::Modality to = inference::Modality::picture;
  std::size_t top = 10;
};

struct RetrievalHit {
  std::filesystem::path path;
  double similarity = 0.0;  // cosine, -1..1
};

struct RetrievalResult {
  std::vector<RetrievalHit> hits;     // best first; equal ones in order of path
  std::vector<std::string> skipped;   // one line for each file that could not be used, with the reason
};

// Regular files of a folder and what lies below it, sorted; links are not followed.
Result<std::vector<std::filesystem::path>> filesBelow(const std::filesystem::path& folder);

// Fails with unsupported (no embeddings, or not of that modality), and when the query itself cannot be used.
Result<RetrievalResult> retrieve(const std::filesystem::path& query, const std::vector<std::filesystem::path>& library,
                                 const inference::LoadedModel& model, const RetrievalOptions& options,
                                 const ProgressSink& progress, std::stop_token stop);

}  // namespace chladni::analysis

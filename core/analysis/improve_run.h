// From a manifest of corrections to a better package: listening, teaching, measuring, writing. What the command line and the
// window both do, so that both get the same figures. The parent is never changed; when the held-out part says that the
// new head is worse, nothing is written unless it is wanted all the same. Blocking; for workers and the command line.
// Fails as its parts do (correction_set.h, improvement.h, improved_package.h); cancelled leaves nothing behind.
#pragma once

#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>

#include "core/analysis/correction_set.h"
#include "core/analysis/improved_package.h"

namespace chladni::analysis {

struct ImproveRun {
  std::filesystem::path manifest;
  std::string labelsName;             // of the manifest, UTF-8, for the record
  std::filesystem::path destination;  // there is nothing yet, or an empty folder
  ClassifyOptions windows;
  ImproveOptions settings;
  bool force = false;            // written although it is worse
  FeatureMemory* memory = nullptr;  // what earlier runs listened to; may be null
};

struct ImproveOutcome {
  Improvement improvement;
  std::vector<LeftOut> leftOut;
  std::string device, precision;
  double seconds = 0.0;
  bool written = false;
};

Result<ImproveOutcome> improvePackage(const inference::ModelRegistry& registry, const inference::RuntimeOptions& runtime,
                                      const inference::LoadedModel& model, const ImproveRun& run, const ProgressSink& progress,
                                      std::stop_token stop);

}  // namespace chladni::analysis

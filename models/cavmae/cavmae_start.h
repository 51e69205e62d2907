// Where the training of a CAV-MAE starts and where it ends: the sizes that a recipe asks for or a package has, its
// weights, and the package that results. Seed torch's generator first. One thread; throws c10::Error.
// Fails with incompatibleModel (a start of another family or size), invalidArgument (a recipe that makes no net), io.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/training/training_job.h"
#include "models/cavmae/cavmae_net.h"

namespace chladni::models::cavmae {

struct TrainingStart {
  CavmaeConfig config;                          // of the net that learns
  std::optional<inference::ModelSpec> package;  // that it starts from
  bool sameClasses = false;                     // as the package's, in the same order: its head is kept
};
Result<TrainingStart> trainingStart(const training::TrainingJob& job, Task task);

// Fresh values, then those of the package. Returns what could not be taken over, one line each.
Result<std::vector<std::string>> fill(CavmaeNet& net, const TrainingStart& start);

// How a parameter learns: blocks by their depth, the head by itself.
struct ParameterPlace {
  std::int64_t layersAbove = 0;
  bool block = false, head = false;
};
ParameterPlace placeOf(const CavmaeConfig& config, const std::string& name);

Result<void> writePackage(const training::TrainingJob& job, const TrainingStart& start, const CavmaeNet& net,
                          const std::filesystem::path& folder, const std::string& metricsJson);

}  // namespace chladni::models::cavmae

// The families that can be trained, one for each pair of family and task. Immutable; any thread.
#pragma once

#include <string>

#include "core/training/training_job.h"

namespace chladni::models {

// Fails with unsupported, naming what can be trained.
Result<const training::TrainingFamily*> trainingFamily(const std::string& family, const std::string& task);

}  // namespace chladni::models

// runTraining(): the training loop of every family. Takes batches, learns, reports, measures, keeps checkpoints, obeys
// pause and stop, and leaves a model package in the run folder. A run that was killed at any moment and resumed gives
// bit for bit the weights of one that was not, on the CPU in fp32 with the same number of threads: a checkpoint holds
// parameters, momenta, averages, the generator, the family's own state and the place in the data.
// A full disk pauses until there is room or a stop. Losses that are not numbers are passed over a few times, naming
// sample and layer. Fails as TrainingFamily::train says.
#pragma once

#include <functional>

#include "core/nn/trainable.h"
#include "core/training/training_job.h"

namespace chladni::nn {

struct LoopOptions {
  std::function<std::uintmax_t(const std::filesystem::path&)> freeBytes;  // for tests; the file system's own otherwise
};

Result<void> runTraining(Trainable& trainable, const training::TrainingJob& job, const LoopOptions& options = {});

}  // namespace chladni::nn

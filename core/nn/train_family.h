// What every family does around its training: threads and seed before its net is made, a word about what a start gave, the
// manifest of what comes out, and means of losses over held-out batches. One thread. `job` is borrowed for the call.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/inference/model_spec.h"
#include "core/nn/trainable.h"
#include "core/training/training_job.h"

namespace chladni::nn {

// Threads (of the calling thread, too), seeds and memory as a training with this recipe wants them.
void prepareToLearn(const training::TrainingJob& job);

// Notes of what became of the tensors of a start; its failure names the start.
Result<void> tellStart(const training::TrainingJob& job, const Result<std::vector<std::string>>& lines);

// What is the same in the package of any trained model; tasks, classes and architecture are the family's. `start`: null
// when it began from nothing; `how` it went on from there.
inference::ModelSpec trainedSpec(const training::TrainingJob& job, std::string_view family, const std::filesystem::path& folder,
                                 const std::string& metricsJson, const inference::ModelSpec* start = nullptr, const char* how = "finetuned");

// Means over items of a loss and its parts.
class LossMeans {
 public:
  void add(const TrainLosses& losses, std::int64_t items);
  [[nodiscard]] bool empty() const { return count_ == 0.0; }
  // "loss", then the parts, and the loss as what is to become small. Without batches no values and a main figure of 0.
  [[nodiscard]] TrainFigures figures() const;

 private:
  std::vector<std::pair<std::string, double>> sums_;
  double count_ = 0.0;
};

}  // namespace chladni::nn

// trainClassifier(): the training loop of every classifier, whatever the family. The caller brings a module, a function
// that turns a batch [batch, row, column] into one or more tables of logits [batch, class] (the first is the model's,
// the others are additional heads that only help learning) and an ExampleSource. Examples are made by threads of its
// own; this thread learns. Softmax cross-entropy; warm-up and cosine; the moving average of the parameters is what
// `evaluate` and `checkpoint` see and what is left in the module at the end.
// Stops early when asked (error cancelled, after a checkpoint). Fails with what the source fails with, or internal when
// the loss is no longer finite.
#pragma once

#include <functional>
#include <stop_token>
#include <vector>

#include <torch/nn/module.h>

#include "core/base/result.h"
#include "core/training/example_source.h"
#include "core/training/train_config.h"
#include "core/training/train_progress.h"

namespace chladni::nn {

struct ClassifierTraining {
  torch::nn::Module* module = nullptr;  // trained in place
  std::function<std::vector<at::Tensor>(const at::Tensor& batch)> logits;
  std::function<void(const training::TrainProgress&)> report;            // every config.reportEvery steps
  std::function<Result<void>(const training::TrainProgress&)> evaluate;    // the module holds the averaged parameters meanwhile
  std::function<Result<void>(const training::TrainProgress&)> checkpoint;  // likewise
};

Result<training::TrainProgress> trainClassifier(const training::TrainConfig& config, const training::ExampleSource& source,
                                      const ClassifierTraining& training, std::stop_token stop = {});

}  // namespace chladni::nn

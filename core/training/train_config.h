// TrainConfig: what a training run of a classifier is told, as stored in config.json of its run folder. Plain data;
// the defaults are those of the shipped instrument model. Rates are reached after warm-up and fall along a cosine.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace chladni::training {

struct TrainConfig {
  std::int64_t seed = 1;
  std::int64_t batch = 48;
  std::int64_t steps = 4000;
  double minutes = 0.0;         // stop after this long even when steps are left, with the schedule run to its end; 0: no limit
  double rate = 1.5e-3;         // of AdamW: embeddings, norms, head, biases
  double matrixRate = 0.02;     // of the orthogonalised momentum: matrices of the blocks
  std::int64_t warmup = 80;    // steps
  double weightDecay = 0.05;
  double labelSmoothing = 0.1;
  double auxiliaryLoss = 0.5;   // weight of the additional heads of a family's training form
  double gradientLimit = 2.0;   // of the norm
  double averaging = 0.998;     // of the exponential moving average that becomes the model
  std::int64_t threads = 1;     // of the tensor library
  std::int64_t loaders = 1;     // threads that make examples
  std::int64_t evaluateEvery = 500;    // steps; 0: only at the end
  std::int64_t checkpointEvery = 500;  // steps; 0: only at the end
  std::int64_t reportEvery = 20;       // steps
};

// Fails with invalidArgument naming the field.
Result<void> check(const TrainConfig& config);

}  // namespace chladni::training

// What the training loop says, as events of docs/training.md, from the numbers of its course. Plain values; one thread.
#pragma once

#include <map>
#include <string>

#include "core/nn/trainable.h"
#include "core/serial/json_value.h"
#include "core/training/run_state.h"
#include "core/training/training_job.h"

namespace chladni::nn {

serial::JsonValue figuresJson(const TrainFigures& figures);

struct StartFacts {
  std::int64_t parameters = 0, processes = 1, steps = 0, stepsPerEpoch = 0;
  std::string device;
};
serial::JsonValue startEvent(const training::TrainingJob& job, const training::RunState& state, const StartFacts& facts);

struct StepFacts {
  std::int64_t steps = 0;
  double loss = 0.0, rate = 0.0, gradientNorm = 0.0;
  double samplesPerSecond = 0.0;
  double inputWait = 0.0;  // share of the time
  double done = 0.0;       // share of the whole run
};
// With the memory that this process has now.
serial::JsonValue stepEvent(const training::RunState& state, const StepFacts& facts, const std::map<std::string, double>& parts);

// `measured`: the figures of now, null when nothing was measured.
serial::JsonValue epochEvent(const training::RunState& state, const TrainFigures* measured);

}  // namespace chladni::nn

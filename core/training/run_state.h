// RunState: every number of a training's course that is not a tensor, as a checkpoint keeps it. Doubles are written so
// that they read back equal. Plain data. Reading fails with corruptData naming the field.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/result.h"
#include "core/serial/json_value.h"
#include "core/training/schedules.h"

namespace chladni::training {

struct RunState {
  std::int64_t step = 0;     // steps done
  std::int64_t batches = 0;  // batches taken: the place in the data
  std::int64_t epoch = 0;    // whole epochs done
  std::int64_t optimiserSteps = 0;
  std::int64_t badInARow = 0;       // batches whose loss was not a number
  std::int64_t averagedEpochs = 0;
  double loss = 0.0;                // smoothed
  double epochLoss = 0.0;           // sum over the steps of this epoch
  std::int64_t epochSteps = 0;      // that are in it
  double seconds = 0.0;             // of learning, over all processes
  std::optional<double> best;       // main figure
  std::int64_t bestStep = 0;
  std::int64_t withoutProgress = 0;  // evaluations since
  PlateauSchedule::State plateau;
};

serial::JsonValue toJson(const RunState& state);
Result<RunState> runStateFromJson(const serial::JsonValue& json);

}  // namespace chladni::training

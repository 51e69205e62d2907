// What a training will cost on this machine, from its first few steps: time, memory and room on disk. Pure. The first step
// is not counted, since it waits for data and warms up; of the others the middle one counts. Measuring the held-out part
// is not in the time.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/runs/run_history.h"
#include "core/training/recipe.h"

namespace chladni::runs {

struct RunEstimate {
  double secondsPerStep = 0.0;
  double secondsPerEpoch = 0.0;
  double seconds = 0.0;  // of the whole run, if nothing ends it earlier
  std::int64_t steps = 0, stepsPerEpoch = 0;
  double memoryMegabytes = 0.0;        // the most so far
  std::uintmax_t checkpointBytes = 0;  // one of them
  std::uintmax_t diskBytes = 0;        // run folder with what it keeps
  std::string device, precision;
};

// Steps that must have been told.
inline constexpr std::size_t kLeastSteps = 4;
// Nothing before that, or when their times say nothing.
std::optional<RunEstimate> estimateOf(const RunHistory& history, const training::Recipe& recipe);

}  // namespace chladni::runs

#include "core/runs/run_estimate.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace chladni::runs {

namespace {

constexpr double kBytesOfFloat = 4.0;

double bytesPerWeight(const std::string& dtype) { return dtype == "fp32" ? 4.0 : 2.0; }

// The weights, what the optimiser remembers of each (two moments, or one for the others), and their running mean.
double copiesIn(const training::Recipe& recipe) { return 1.0 + (recipe.optimiser == "adam" || recipe.optimiser == "adamw" ? 2.0 : 1.0) + (recipe.ema > 0.0 ? 1.0 : 0.0); }

}  // namespace

std::optional<RunEstimate> estimateOf(const RunHistory& history, const training::Recipe& recipe) {
  const StepColumns& told = history.steps;
  if (told.size() < kLeastSteps) return std::nullopt;
  std::vector<double> each;
  for (std::size_t n = 1; n < told.size(); ++n) {
    const double steps = told.step[n] - told.step[n - 1], seconds = told.seconds[n] - told.seconds[n - 1];
    if (steps > 0.0 && seconds > 0.0) each.push_back(seconds / steps);
  }
  if (each.empty()) return std::nullopt;
  std::nth_element(each.begin(), each.begin() + static_cast<std::ptrdiff_t>(each.size() / 2), each.end());
  RunEstimate made;
  made.secondsPerStep = each[each.size() / 2];
  made.steps = history.stepsInAll;
  made.stepsPerEpoch = history.stepsPerEpoch;
  made.secondsPerEpoch = made.secondsPerStep * static_cast<double>(made.stepsPerEpoch);
  made.seconds = made.secondsPerStep * static_cast<double>(made.steps);
  if (recipe.minutes > 0.0) made.seconds = std::min(made.seconds, 60.0 * recipe.minutes);
  for (const double megabytes : told.memoryMegabytes)
    if (std::isfinite(megabytes)) made.memoryMegabytes = std::max(made.memoryMegabytes, megabytes);
  const auto weights = static_cast<double>(history.parameters);
  made.checkpointBytes = static_cast<std::uintmax_t>(weights * kBytesOfFloat * copiesIn(recipe));
  // The newest ones, the best one, and the model.
  made.diskBytes = made.checkpointBytes * static_cast<std::uintmax_t>(std::max<std::int64_t>(recipe.keepLast, 1) + 1) +
                   static_cast<std::uintmax_t>(weights * bytesPerWeight(recipe.dtype));
  made.device = history.device;
  made.precision = history.precision;
  return made;
}

}  // namespace chladni::runs

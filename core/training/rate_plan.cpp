#include "core/training/rate_plan.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chladni::training {

RatePlan::RatePlan(const Recipe& recipe)
    : recipe_(recipe), plateau_(recipe.rate, recipe.stepDecay, recipe.patience) {}

double RatePlan::warm(double rate, std::int64_t step) const {
  if (recipe_.warmup == "ast") return astWarmup(rate, step);
  if (step >= recipe_.warmupSteps) return rate;
  return rate * static_cast<double>(step + 1) / static_cast<double>(recipe_.warmupSteps);
}

double RatePlan::rateAt(const TrainPlace& place) const {
  if (recipe_.schedule == "step")
    return warm(rateInEpoch({recipe_.rate, recipe_.stepStart, recipe_.stepEvery, recipe_.stepDecay}, place.epoch + 1), place.step);
  if (recipe_.schedule == "plateau") return warm(plateau_.rate(), place.step);
  if (recipe_.schedule == "constant") return warm(recipe_.rate, place.step);
  // The cosine runs over what follows the warm-up.
  const double start = std::min(0.99, static_cast<double>(recipe_.warmupSteps) / static_cast<double>(std::max<std::int64_t>(place.steps, 1)));
  const double share = std::clamp((place.share - start) / (1.0 - start), 0.0, 1.0);
  const double fallen = recipe_.lastRate + 0.5 * (recipe_.rate - recipe_.lastRate) * (1.0 + std::cos(std::numbers::pi * share));
  return warm(fallen, place.step);
}

}  // namespace chladni::training

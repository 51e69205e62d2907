#include "core/training/rate_plan.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace chladni::training {

RatePlan::RatePlan(const Recipe& recipe)
    : recipe_(recipe), plateau_(recipe.rate, recipe.stepDecay, recipe.patience) {}

std::int64_t RatePlan::warmupSteps(const TrainPlace& place) const {
  return recipe_.warmupEpochs > 0 ? recipe_.warmupEpochs * place.stepsPerEpoch : recipe_.warmupSteps;
}

double RatePlan::warm(double rate, const TrainPlace& place) const {
  if (recipe_.warmup == "ast") return astWarmup(rate, place.step);
  const auto steps = warmupSteps(place);
  if (place.step >= steps) return rate;
  return rate * static_cast<double>(place.step + 1) / static_cast<double>(steps);
}

double RatePlan::decayAt(const TrainPlace& place) const {
  if (recipe_.lastWeightDecay < 0.0) return recipe_.weightDecay;
  const double share = std::clamp(place.share, 0.0, 1.0);
  return recipe_.lastWeightDecay + 0.5 * (recipe_.weightDecay - recipe_.lastWeightDecay) * (1.0 + std::cos(std::numbers::pi * share));
}

double RatePlan::rateAt(const TrainPlace& place) const {
  if (recipe_.schedule == "step")
    return warm(rateInEpoch({recipe_.rate, recipe_.stepStart, recipe_.stepEvery, recipe_.stepDecay}, place.epoch + 1), place);
  if (recipe_.schedule == "plateau") return warm(plateau_.rate(), place);
  if (recipe_.schedule == "constant") return warm(recipe_.rate, place);
  // The cosine runs over what follows the warm-up.
  const double start = std::min(0.99, static_cast<double>(warmupSteps(place)) / static_cast<double>(std::max<std::int64_t>(place.steps, 1)));
  const double share = std::clamp((place.share - start) / (1.0 - start), 0.0, 1.0);
  const double fallen = recipe_.lastRate + 0.5 * (recipe_.rate - recipe_.lastRate) * (1.0 + std::cos(std::numbers::pi * share));
  return warm(fallen, place);
}

}  // namespace chladni::training

#include "core/training/schedules.h"

#include <cmath>
#include <numbers>

#include "core/base/assert.h"

namespace chladni::training {

double rateInEpoch(const StepSchedule& schedule, std::int64_t epoch) {
  CHLADNI_ASSERT(epoch >= 1 && schedule.every >= 1);
  const std::int64_t done = epoch - 1;
  if (done < schedule.start) return schedule.base;
  return schedule.base * std::pow(schedule.decay, static_cast<double>((done - schedule.start) / schedule.every + 1));
}

double astWarmup(double rate, std::int64_t step) {
  if (step >= kAstWarmupSteps) return rate;
  const std::int64_t stair = step / kAstWarmupStair * kAstWarmupStair;
  return rate * static_cast<double>(stair) / static_cast<double>(kAstWarmupSteps);
}

double rateAtStep(const CosineSchedule& schedule, std::int64_t step) {
  if (step < schedule.warmup) {
    // The last step of the warm-up has the full rate already.
    const double whole = static_cast<double>(schedule.warmup - 1);
    return whole > 0.0 ? schedule.first + (schedule.base - schedule.first) * static_cast<double>(step) / whole : schedule.first;
  }
  if (step >= schedule.steps) return schedule.last;
  const double share = static_cast<double>(step - schedule.warmup) / static_cast<double>(schedule.steps - schedule.warmup);
  return schedule.last + 0.5 * (schedule.base - schedule.last) * (1.0 + std::cos(std::numbers::pi * share));
}

PlateauSchedule::PlateauSchedule(double base, double factor, std::int64_t patience)
    : rate_(base), factor_(factor), patience_(patience) {
  CHLADNI_ASSERT(base > 0.0 && factor > 0.0 && factor < 1.0 && patience >= 0);
}

double PlateauSchedule::next(double metric) {
  constexpr double kBetter = 1e-4;
  if (!std::isfinite(best_) || metric > best_ + kBetter * std::abs(best_)) {
    best_ = metric;
    waited_ = 0;
  } else if (++waited_ > patience_) {
    rate_ *= factor_;
    waited_ = 0;
  }
  return rate_;
}

PlateauSchedule::State PlateauSchedule::state() const {
  return {rate_, waited_, std::isfinite(best_) ? std::optional<double>(best_) : std::nullopt};
}

void PlateauSchedule::restore(const State& state) {
  rate_ = state.rate;
  waited_ = state.waited;
  best_ = state.best.value_or(-std::numeric_limits<double>::infinity());
}

}  // namespace chladni::training

// RatePlan: the learning rate of every step as a recipe says it: warm-up, then constant, cosine, step or plateau.
// A pure function of place and plateau, so that a resumed run goes on with the same rates. One thread.
#pragma once

#include "core/training/recipe.h"
#include "core/training/schedules.h"

namespace chladni::training {

struct TrainPlace {
  std::int64_t step = 0;   // steps done before
  std::int64_t steps = 1;  // expected in all
  std::int64_t epoch = 0;  // whole epochs done before
  std::int64_t stepsPerEpoch = 1;
  double share = 0.0;      // of the run that has passed, by steps or by time, whichever is further
};

class RatePlan {
 public:
  explicit RatePlan(const Recipe& recipe);
  // Rate of the step at `place`, before factors of groups.
  [[nodiscard]] double rateAt(const TrainPlace& place) const;
  [[nodiscard]] double decayAt(const TrainPlace& place) const;
  // After an evaluation; `metric` larger is better.
  void measured(double metric) { plateau_.next(metric); }
  [[nodiscard]] const PlateauSchedule& plateau() const { return plateau_; }
  void restore(const PlateauSchedule::State& state) { plateau_.restore(state); }

 private:
  [[nodiscard]] double warm(double rate, const TrainPlace& place) const;
  [[nodiscard]] std::int64_t warmupSteps(const TrainPlace& place) const;
  Recipe recipe_;
  PlateauSchedule plateau_;
};

}  // namespace chladni::training

// Learning rates over time. The step schedule multiplies by `decay` at the end of epochs start, start + every, ...; the
// plateau schedule when the main metric has not improved for a while; the AST warm-up climbs in stairs of 50 steps to the
// base rate at step 1000 (so its first 50 steps learn nothing, as the published program does); the cosine schedule climbs
// in a straight line and falls along half a cosine, as the self-supervised recipes do for rate, decay and momentum.
// Epochs count from 1, steps from 0. PlateauSchedule belongs to one thread; the rest are pure functions.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace chladni::training {

struct StepSchedule {
  double base = 1e-4;
  std::int64_t start = 2;  // the last epoch at the full rate
  std::int64_t every = 1;  // epochs; 1 or more
  double decay = 0.5;
};
double rateInEpoch(const StepSchedule& schedule, std::int64_t epoch);

inline constexpr std::int64_t kAstWarmupSteps = 1000;
inline constexpr std::int64_t kAstWarmupStair = 50;
// `rate` is what the epoch's schedule gives; from kAstWarmupSteps on it is returned as it is.
double astWarmup(double rate, std::int64_t step);

struct CosineSchedule {
  double base = 5e-4;   // at the end of the warm-up
  double last = 1e-6;   // approached, not quite reached
  double first = 0.0;   // at step 0 of the warm-up
  std::int64_t steps = 1;
  std::int64_t warmup = 0;  // steps, of `steps`
};
// Steps past the end give `last`.
double rateAtStep(const CosineSchedule& schedule, std::int64_t step);

// Halves (by default) after `patience` epochs without a better metric and then starts counting again. Better is larger by more than a
// ten-thousandth of the best so far. Give a loss with its sign turned.
class PlateauSchedule {
 public:
  PlateauSchedule(double base, double factor, std::int64_t patience);
  // After each epoch; returns the rate of the next.
  double next(double metric);
  [[nodiscard]] double rate() const { return rate_; }

  // What a checkpoint keeps; best is empty before the first epoch.
  struct State {
    double rate = 0.0;
    std::int64_t waited = 0;
    std::optional<double> best;
  };
  [[nodiscard]] State state() const;
  void restore(const State& state);

 private:
  double rate_;
  double factor_;
  std::int64_t patience_;
  std::int64_t waited_ = 0;
  double best_ = -std::numeric_limits<double>::infinity();
};

}  // namespace chladni::training

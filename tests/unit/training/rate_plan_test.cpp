#include "core/training/rate_plan.h"

#include "core/training/run_state.h"
#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::training;

namespace {

TrainPlace at(std::int64_t step, std::int64_t steps = 100, std::int64_t perEpoch = 10) {
  return {step, steps, step / perEpoch, perEpoch, static_cast<double>(step) / static_cast<double>(steps)};
}

}  // namespace

TEST_CASE("The cosine climbs in its warm-up and falls to its end") {
  Recipe recipe;
  recipe.rate = 1.0;
  recipe.lastRate = 0.1;
  recipe.warmupSteps = 20;
  const RatePlan plan(recipe);
  CHECK(plan.rateAt(at(0)) == Approx(0.05));
  CHECK(plan.rateAt(at(9)) == Approx(0.5));
  CHECK(plan.rateAt(at(20)) == Approx(1.0));
  CHECK(plan.rateAt(at(60)) == Approx(0.55));
  CHECK(plan.rateAt(at(100)) == Approx(0.1));
  // By time, when that is further.
  auto late = at(30);
  late.share = 1.0;
  CHECK(plan.rateAt(late) == Approx(0.1));
  recipe.warmupEpochs = 1;
  CHECK(RatePlan(recipe).rateAt(at(4)) == Approx(0.5 * 1.0));
}

TEST_CASE("The published stairs and steps of the AST study") {
  Recipe recipe;
  recipe.schedule = "step";
  recipe.warmup = "ast";
  recipe.rate = 1.0;
  recipe.stepStart = 2;
  recipe.stepDecay = 0.5;
  const RatePlan plan(recipe);
  CHECK(plan.rateAt(at(49, 100'000, 50'000)) == 0.0);
  CHECK(plan.rateAt(at(120, 100'000, 50'000)) == Approx(0.1));
  CHECK(plan.rateAt({5000, 10'000, 1, 2500, 0.5}) == Approx(1.0));
  CHECK(plan.rateAt({7500, 10'000, 2, 2500, 0.75}) == Approx(0.5));
}

TEST_CASE("The decay moves along a cosine when it has an end") {
  Recipe recipe;
  recipe.weightDecay = 0.04;
  CHECK(RatePlan(recipe).decayAt(at(50)) == Approx(0.04));
  recipe.lastWeightDecay = 0.4;
  CHECK(RatePlan(recipe).decayAt(at(0)) == Approx(0.04));
  CHECK(RatePlan(recipe).decayAt(at(50)) == Approx(0.22));
  CHECK(RatePlan(recipe).decayAt(at(100)) == Approx(0.4));
}

TEST_CASE("A plateau falls after its patience and goes on the same from a checkpoint") {
  Recipe recipe;
  recipe.schedule = "plateau";
  recipe.rate = 1.0;
  recipe.stepDecay = 0.5;
  recipe.patience = 1;
  RatePlan plan(recipe);
  for (const double metric : {0.5, 0.6, 0.6}) plan.measured(metric);
  RunState state;
  state.plateau = plan.plateau().state();
  state.best = 0.1 + 0.2;
  state.loss = 1.0 / 3.0;
  auto back = runStateFromJson(toJson(state));
  REQUIRE(back);
  CHECK(back->best == state.best);
  CHECK(back->loss == state.loss);
  RatePlan other(recipe);
  other.restore(back->plateau);
  CHECK(other.rateAt(at(5)) == 1.0);
  other.measured(0.6);
  CHECK(other.rateAt(at(5)) == 0.5);
  CHECK_FALSE(runStateFromJson(serial::JsonValue::object()));
}

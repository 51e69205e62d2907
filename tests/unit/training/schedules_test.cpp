#include "core/training/schedules.h"
#include "tests/support/catch.h"

using namespace chladni::training;

TEST_CASE("Steps of the rate come after their epoch") {
  const StepSchedule schedule{1.0, 2, 3, 0.5};
  CHECK(rateInEpoch(schedule, 2) == 1.0);
  CHECK(rateInEpoch(schedule, 3) == 0.5);
  CHECK(rateInEpoch(schedule, 5) == 0.5);
  CHECK(rateInEpoch(schedule, 6) == 0.25);
}

TEST_CASE("The AST warm-up climbs in stairs from nothing") {
  CHECK(astWarmup(1e-5, 49) == 0.0);
  CHECK(astWarmup(1e-5, 50) == Approx(0.5e-6));
  CHECK(astWarmup(1e-5, 999) == Approx(9.5e-6));
  CHECK(astWarmup(1e-5, 1000) == 1e-5);
}

TEST_CASE("The cosine has a straight start and never quite arrives") {
  const CosineSchedule schedule{1.0, 0.2, 0.0, 14, 4};
  CHECK(rateAtStep(schedule, 0) == 0.0);
  CHECK(rateAtStep(schedule, 1) == Approx(1.0 / 3.0));
  CHECK(rateAtStep(schedule, 3) == 1.0);
  CHECK(rateAtStep(schedule, 4) == 1.0);
  CHECK(rateAtStep(schedule, 9) == Approx(0.6));
  CHECK(rateAtStep(schedule, 13) > 0.2);
  CHECK(rateAtStep(schedule, 20) == 0.2);
}

TEST_CASE("The plateau schedule waits before it halves") {
  PlateauSchedule schedule(1.0, 0.5, 1);
  CHECK(schedule.next(-3.0) == 1.0);
  CHECK(schedule.next(-2.0) == 1.0);
  CHECK(schedule.next(-2.0) == 1.0);
  CHECK(schedule.next(-2.5) == 0.5);
  CHECK(schedule.next(-2.5) == 0.5);
  CHECK(schedule.next(-1.0) == 0.5);
  CHECK(schedule.next(-1.0) == 0.5);
  CHECK(schedule.next(-1.0) == 0.25);
}

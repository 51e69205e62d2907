// What the first steps of a training say about the whole.
#include "core/runs/run_estimate.h"

#include "tests/support/catch.h"

using namespace chladni;
using namespace chladni::runs;

namespace {

RunHistory historyOf(const std::vector<double>& times) {
  RunHistory history;
  const auto take = [&](const std::string& text) { history.take(*serial::parseJson(text, "event")); };
  take(R"({"event":"start","time":100,"steps":1000,"steps_per_epoch":50,"parameters":2000000,"device":"cpu"})");
  for (std::size_t n = 0; n < times.size(); ++n)
    take(R"({"event":"step","time":)" + std::to_string(100.0 + times[n]) + R"(,"step":)" + std::to_string(n + 1) + R"(,"steps":1000,"loss":1,"memory_mb":)" + std::to_string(300 + 10 * n) + "}");
  return history;
}

}  // namespace

TEST_CASE("Time, memory and disk of a run follow from its first steps") {
  training::Recipe recipe;
  recipe.optimiser = "adamw";
  recipe.keepLast = 2;
  CHECK_FALSE(estimateOf(historyOf({9.0, 9.5, 10.0}), recipe));
  // The first step waits for data, one is disturbed.
  const auto made = estimateOf(historyOf({9.0, 9.5, 10.0, 13.0, 13.5}), recipe);
  REQUIRE(made);
  CHECK(made->secondsPerStep == Approx(0.5).margin(1e-6));
  CHECK(made->secondsPerEpoch == Approx(25.0));
  CHECK(made->seconds == Approx(500.0));
  CHECK(made->memoryMegabytes == Approx(340.0));
  CHECK(made->checkpointBytes == 24'000'000U);
  CHECK(made->diskBytes == 3U * 24'000'000U + 8'000'000U);
  CHECK(made->device == "cpu");
  recipe.minutes = 2.0;
  CHECK(estimateOf(historyOf({9.0, 9.5, 10.0, 13.0, 13.5}), recipe)->seconds == Approx(120.0));
  CHECK_FALSE(estimateOf(historyOf({9.0, 9.0, 9.0, 9.0}), recipe));
}

#include <cmath>
#include <string>

#include "core/training/train_config.h"
#include "tests/support/catch.h"

using namespace chladni;
using training::TrainConfig;

TEST_CASE("The default training configuration is usable") { REQUIRE(training::check(TrainConfig{}).has_value()); }

TEST_CASE("A field out of range is refused by name") {
  const auto refused = [](auto change, const std::string& field) {
    TrainConfig config;
    change(config);
    const auto result = training::check(config);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().code == ErrorCode::invalidArgument);
    CHECK(result.error().message.find(field) != std::string::npos);
  };
  refused([](TrainConfig& c) { c.batch = 0; }, "batch");
  refused([](TrainConfig& c) { c.steps = 0; }, "steps");
  refused([](TrainConfig& c) { c.rate = 0.0; }, "rate");
  refused([](TrainConfig& c) { c.rate = std::nan(""); }, "rate");
  refused([](TrainConfig& c) { c.labelSmoothing = 1.0; }, "labelSmoothing");
  refused([](TrainConfig& c) { c.averaging = 1.0; }, "averaging");
  refused([](TrainConfig& c) { c.loaders = 0; }, "loaders");
}

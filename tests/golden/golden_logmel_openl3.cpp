// golden.logmel_openl3: the three decibel spectrograms [bin, frame] of one second at 48 kHz.
#include <regex>

#include "tests/golden/golden_logmel.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::GoldenFile;

TEST_CASE("decibel spectrograms") {
  const GoldenFile file("logmel_openl3");
  const std::vector<float> sound = test::soundOf(file);
  int cases = 0;
  for (const std::string& name : file.names()) {
    std::smatch match;
    if (!std::regex_match(name, match, std::regex("(mel[0-9]+|linear)\\.out\\.db"))) continue;
    INFO(name);
    const auto frontend = test::presetFrontend("openl3-" + std::string(match[1]));
    const auto features = frontend.modelInput(sound);
    REQUIRE(features);
    const auto expected = file.floats(name);
    REQUIRE(features->columns == expected.shape.at(0));
    REQUIRE(features->rows == expected.shape.at(1));
    double worst = 0.0;
    for (std::int64_t f = 0; f < features->rows; ++f) {
      for (std::int64_t k = 0; k < features->columns; ++k) {
        const float wanted = expected.values[static_cast<std::size_t>(k * features->rows + f)];
        worst = std::max(worst, static_cast<double>(std::abs(features->at(f, k) - wanted)));
      }
    }
    CHECK(worst <= 5e-3);
    ++cases;
  }
  CHECK(cases > 0);
}

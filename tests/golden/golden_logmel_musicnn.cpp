// golden.logmel_musicnn: Slaney mel matrix, mel power and compressed table, both edge paddings, plain and through half.
#include <regex>

#include "core/dsp/log_mel.h"
#include "core/dsp/mel.h"
#include "tests/golden/golden_logmel.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::GoldenFile;

TEST_CASE("mel matrix") {
  const GoldenFile file("logmel_musicnn");
  const auto matrix = file.floats("out.mel_matrix");  // [band, bin]
  MelOptions options;
  options.bands = static_cast<int>(matrix.shape.at(0));
  const auto bank = MelBank::create(options, SampleRate(16000), 2 * (matrix.shape.at(1) - 1));
  REQUIRE(bank);
  CHECK(test::worstDifference(bank->weights().values, matrix.values) <= 1e-6);
}

TEST_CASE("compressed tables") {
  const GoldenFile file("logmel_musicnn");
  const std::vector<float> sound = test::soundOf(file);
  int cases = 0;
  for (const std::string& name : file.names("out.logC_")) {
    std::smatch match;
    if (!std::regex_match(name, match, std::regex("out\\.logC_(exact|half)_(reflect|constant)"))) continue;
    INFO(name);
    auto spec = frontendPreset(match[2] == "reflect" ? "musicnn" : "musicnn-zero");
    REQUIRE(spec);
    spec->logMel.roundToHalf = match[1] == "half";
    const auto frontend = Frontend::create(*spec);
    REQUIRE(frontend);
    const auto features = frontend->modelInput(sound);
    REQUIRE(features);
    // A value at the edge between two halves may fall to the other side: half a thousandth of log10.
    test::requireTable(*features, file.floats(name), match[1] == "half" ? 6e-4 : 1e-4);
    ++cases;
  }
  CHECK(cases > 0);
}

TEST_CASE("frames of given seconds") {
  const GoldenFile file("logmel_musicnn");
  const auto seconds = file.floats("frames.in.seconds");
  const auto frames = file.integers("frames.out.n_frames");
  const auto spec = frontendPreset("musicnn");
  REQUIRE(spec);
  for (std::size_t i = 0; i < frames.size(); ++i) {
    CHECK(framesInSeconds(seconds.values.at(i), *spec) == frames[i]);
  }
}

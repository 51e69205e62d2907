// golden.logmel_vggish: window, mel matrix, log-mel table and examples of the VGGish front end.
#include "core/dsp/log_mel.h"
#include "core/dsp/mel.h"
#include "core/dsp/window.h"
#include "tests/golden/golden_logmel.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::GoldenFile;

TEST_CASE("window and mel matrix") {
  const GoldenFile file("logmel_vggish");
  const auto window = file.floats("out.window");
  const auto made =
      makeWindow(WindowKind::hann, static_cast<std::int64_t>(window.values.size()), WindowSymmetry::periodic);
  CHECK(test::worstDifference(made, window.values) <= 1e-6);
  const auto matrix = file.floats("out.mel_matrix");  // [bin, band]
  const auto spec = frontendPreset("vggish");
  REQUIRE(spec);
  MelOptions options;
  options.bands = static_cast<int>(matrix.shape.at(1));
  options.lowHz = spec->lowHz;
  options.highHz = spec->highHz;
  options.scale = MelScale::htk;
  options.slope = MelSlope::straightInMel;
  options.norm = MelNorm::none;
  options.dropDirectCurrent = true;
  const auto bank = MelBank::create(options, spec->rate, 2 * (matrix.shape.at(0) - 1));
  REQUIRE(bank);
  const Matrix weights = bank->weights();
  double worst = 0.0;
  for (std::int64_t k = 0; k < matrix.shape.at(0); ++k) {
    for (std::int64_t b = 0; b < weights.rows; ++b) {
      const float expected = matrix.values[static_cast<std::size_t>(k * weights.rows + b)];
      worst = std::max(worst, static_cast<double>(std::abs(weights.at(b, k) - expected)));
    }
  }
  CHECK(worst <= 1e-6);
}

TEST_CASE("log-mel table and examples") {
  const GoldenFile file("logmel_vggish");
  const auto frontend = test::presetFrontend("vggish");
  const std::vector<float> sound = test::soundOf(file);
  const auto features = frontend.modelInput(sound);
  REQUIRE(features);
  test::requireTable(*features, file.floats("out.log_mel"), 1e-4);
  const LogMelSpec& patches = frontend.spec().logMel;
  test::requirePatches(slicePatches(*features, patches.patchFrames, patches.patchHopFrames),
                       file.floats("out.examples"), 1e-4);
}

TEST_CASE("one second at a time, and silence") {
  const GoldenFile file("logmel_vggish");
  const auto frontend = test::presetFrontend("vggish");
  const std::vector<float> sound = test::soundOf(file);
  const auto second = frontend.modelInput(std::span(sound).first(static_cast<std::size_t>(frontend.spec().rate.hz())));
  REQUIRE(second);
  CHECK(second->rows == file.integers("out.second0_num_frames").at(0));
  const auto patches = slicePatches(*second, frontend.spec().logMel.patchFrames, 0);
  REQUIRE(patches.size() == 1);
  test::requireTable(patches[0], file.floats("out.second0_example"), 1e-4);
  const auto silence = frontend.modelInput(std::vector<float>(1000, 0.0F));
  REQUIRE(silence);
  CHECK(silence->at(0, 0) == Approx(file.floats("out.silence_value").values.at(0)).epsilon(1e-6));
}

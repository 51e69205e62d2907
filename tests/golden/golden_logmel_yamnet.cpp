// golden.logmel_yamnet: padded log-mel table, patches, and the padding rule for many lengths.
#include "core/dsp/log_mel.h"
#include "tests/golden/golden_logmel.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::GoldenFile;

TEST_CASE("log-mel table and patches") {
  const GoldenFile file("logmel_yamnet");
  const auto frontend = test::presetFrontend("yamnet");
  const auto features = frontend.modelInput(test::soundOf(file));
  REQUIRE(features);
  test::requireTable(*features, file.floats("out.log_mel"), 1e-4);
  const LogMelSpec& patches = frontend.spec().logMel;
  test::requirePatches(slicePatches(*features, patches.patchFrames, patches.patchHopFrames),
                       file.floats("out.patches"), 1e-4);
}

TEST_CASE("padding, frames and patches of many lengths") {
  const GoldenFile file("logmel_yamnet");
  const auto frontend = test::presetFrontend("yamnet");
  const auto samples = file.integers("padding.in.num_samples");
  const auto frames = file.integers("padding.out.num_frames");
  const auto patches = file.integers("padding.out.num_patches");
  for (std::size_t i = 0; i < samples.size(); ++i) {
    INFO(samples[i] << " samples");
    const auto features = frontend.modelInput(std::vector<float>(static_cast<std::size_t>(samples[i]), 0.1F));
    REQUIRE(features);
    CHECK(features->rows == frames.at(i));
    const LogMelSpec& spec = frontend.spec().logMel;
    CHECK(static_cast<std::int64_t>(slicePatches(*features, spec.patchFrames, spec.patchHopFrames).size()) ==
          patches.at(i));
  }
}

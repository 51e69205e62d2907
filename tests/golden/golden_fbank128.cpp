// golden.fbank128: the same filter bank as the ASiT and CAV-MAE loaders call it, at several sample rates, with their
// normalisation, and the number of frames of given sample counts. Names are <case><rate in kHz>k.in.pcm16 and so on.
#include <regex>
#include <string>

#include "core/dsp/frontend.h"
#include "tests/golden/fbank_compare.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::FloatTensor;
using chladni::test::GoldenFile;
using chladni::test::requireClose;

namespace {

std::vector<float> samplesOf(const GoldenFile& file, const std::string& name) {
  std::vector<float> samples;
  for (const std::int64_t value : file.integers(name)) samples.push_back(static_cast<float>(value) / 32768.0F);
  return samples;
}

FrontendSpec specFor(int rateHz, std::int64_t bins) {
  FrontendSpec spec;
  spec.rate = SampleRate(rateHz);
  spec.melBins = static_cast<int>(bins);
  spec.targetFrames = 0;
  return spec;
}

}  // namespace

TEST_CASE("filter bank and normalised features") {
  const GoldenFile file("fbank128");
  int cases = 0;
  for (const std::string& name : file.names()) {
    std::smatch match;
    if (!std::regex_match(name, match, std::regex("((.*?)([0-9]+)k)\\.out\\.(fbank|normalised.*)"))) continue;
    INFO(name);
    const int rate = 1000 * std::stoi(match[3]);
    const std::vector<float> samples = samplesOf(file, std::string(match[1]) + ".in.pcm16");
    const FloatTensor expected = file.floats(name);
    FrontendSpec spec = specFor(rate, expected.shape.at(1));
    test::FbankTolerance tolerance;
    if (match[4] == "fbank") {
      spec.mean = 0.0F;
      spec.deviation = 1.0F;
      spec.deviationFactor = 1.0F;
    } else {
      if (match[4] == "normalised_cavmae") {
        spec.mean = -5.081F;
        spec.deviation = 4.4849F;
        spec.deviationFactor = 1.0F;
      }
      tolerance = {1e-3, 1e-2, (-12.0 - spec.mean) / (spec.deviationFactor * spec.deviation)};
    }
    const auto frontend = Frontend::create(spec);
    REQUIRE(frontend);
    const auto features = frontend->modelInput(samples);
    REQUIRE(features);
    requireClose(*features, expected, tolerance);
    ++cases;
  }
  CHECK(cases > 0);
}

TEST_CASE("numbers of frames") {
  const GoldenFile file("fbank128");
  if (!file.has("frame_counts.in.num_samples")) return;
  const auto samples = file.integers("frame_counts.in.num_samples");
  const auto rates = file.integers("frame_counts.in.sample_rate");
  const auto frames = file.integers("frame_counts.out.frames");
  REQUIRE(samples.size() == frames.size());
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const auto frontend = Frontend::create(specFor(static_cast<int>(rates.at(i)), 128));
    REQUIRE(frontend);
    CHECK(frontend->frames(samples[i]) == frames[i]);
  }
}

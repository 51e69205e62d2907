#include "core/dsp/frontend.h"

#include <cmath>

#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

namespace {

Frontend make(const FrontendSpec& spec) {
  auto frontend = Frontend::create(spec);
  REQUIRE(frontend);
  return std::move(*frontend);
}

}  // namespace

TEST_CASE("a clip is padded with normalised zeros or cut to the target") {
  FrontendSpec spec;
  spec.targetFrames = 100;
  const Frontend frontend = make(spec);
  const auto padded = frontend.modelInput(test::noise(8000));
  REQUIRE(padded);
  REQUIRE(padded->rows == 100);
  CHECK(padded->at(99, 7) == Approx(0.46703).epsilon(1e-4));
  const auto cut = frontend.modelInput(test::noise(32000));
  REQUIRE(cut);
  CHECK(cut->rows == 100);
}

TEST_CASE("silence has the documented value") {
  FrontendSpec spec;
  spec.targetFrames = 10;
  const auto input = make(spec).modelInput(std::vector<float>(16000, 0.0F));
  REQUIRE(input);
  CHECK(input->at(3, 50) == Approx(-1.27759).epsilon(1e-4));
}

TEST_CASE("one channel from several") {
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels = {test::noise(4000, 1), test::noise(4000, 2)};
  FrontendSpec spec;
  spec.targetFrames = 0;
  const auto first = make(spec).modelInput(sound);
  spec.channelMix = ChannelMix::mean;
  const auto mean = make(spec).modelInput(sound);
  AudioBuffer mixed = sound;
  mixed.channels.resize(1);
  for (std::size_t n = 0; n < 4000; ++n) mixed.channels[0][n] = (sound.channels[0][n] + sound.channels[1][n]) / 2.0F;
  const auto expected = make(spec).modelInput(mixed);
  REQUIRE(first);
  REQUIRE(mean);
  REQUIRE(expected);
  double worst = 0.0;
  for (std::size_t i = 0; i < mean->values.size(); ++i) {
    worst = std::max(worst, std::abs(static_cast<double>(mean->values[i]) - expected->values[i]));
  }
  CHECK(worst < 1e-3);
  CHECK(first->values != mean->values);
}

TEST_CASE("the span and the buffer give the same input, whatever the offset") {
  auto samples = test::noise(16000);
  for (float& value : samples) value += 0.2F;
  AudioBuffer sound;
  sound.rate = SampleRate(16000);
  sound.channels = {samples};
  const Frontend frontend = make({});
  const auto a = frontend.modelInput(samples);
  const auto b = frontend.modelInput(sound);
  REQUIRE(a);
  REQUIRE(b);
  CHECK(a->values == b->values);
}

TEST_CASE("a clip shorter than one window fails or follows the published loader") {
  FrontendSpec spec;
  const auto refused = make(spec).modelInput(std::vector<float>(320, 0.1F));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalidArgument);
  spec.shortClip = ShortClip::constantFeatures;
  spec.targetFrames = 530;
  const auto constant = make(spec).modelInput(std::vector<float>{});
  REQUIRE(constant);
  REQUIRE(constant->rows == 530);
  CHECK(constant->at(511, 0) > constant->at(512, 0));
  CHECK(make(spec).unreadableInput().at(529, 3) == 0.01F);
}

TEST_CASE("another rate is refused, not guessed") {
  AudioBuffer sound;
  sound.rate = SampleRate(44100);
  sound.channels = {test::noise(44100)};
  const auto refused = make({}).modelInput(sound);
  REQUIRE_FALSE(refused);
  CHECK_THAT(refused.error().message, Catch::ContainsSubstring("44100"));
}

TEST_CASE("senseless specifications are refused") {
  FrontendSpec spec;
  spec.kind = "wavelets";
  CHECK_FALSE(Frontend::create(spec));
  spec = {};
  spec.window = "kaiserish";
  CHECK_FALSE(Frontend::create(spec));
  spec = {};
  spec.deviation = 0.0F;
  CHECK_FALSE(Frontend::create(spec));
  spec = {};
  spec.targetFrames = -1;
  CHECK_FALSE(Frontend::create(spec));
  spec = {};
  spec.mean = std::nanf("");
  CHECK_FALSE(Frontend::create(spec));
}

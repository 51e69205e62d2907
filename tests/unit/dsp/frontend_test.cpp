#include "core/dsp/frontend.h"

#include <cmath>

#include "core/dsp/frontend_presets.h"
#include "core/dsp/log_mel.h"
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
  spec.targetFrames = 1 << 24;
  CHECK_FALSE(Frontend::create(spec));
  spec = {};
  spec.mean = std::nanf("");
  CHECK_FALSE(Frontend::create(spec));
}

TEST_CASE("every preset makes a working front end") {
  for (const std::string& name : frontendPresetNames()) {
    INFO(name);
    const auto spec = frontendPreset(name);
    REQUIRE(spec);
    const Frontend frontend = make(*spec);
    const auto input = frontend.modelInput(test::noise(48000));
    REQUIRE(input);
    CHECK(input->columns == frontend.bins());
    for (const float value : input->values) REQUIRE(std::isfinite(value));
  }
  CHECK_FALSE(frontendPreset("nobody's"));
}

TEST_CASE("log-mel specifications name the field that is wrong") {
  const auto refusedFor = [](auto change, const std::string& field) {
    FrontendSpec spec = *frontendPreset("vggish");
    change(spec);
    const auto refused = Frontend::create(spec);
    REQUIRE_FALSE(refused);
    CHECK_THAT(refused.error().message, Catch::ContainsSubstring(field));
  };
  refusedFor([](FrontendSpec& spec) { spec.logMel.padding = "wrap"; }, "padding");
  refusedFor([](FrontendSpec& spec) { spec.logMel.melScale = "bark"; }, "melScale");
  refusedFor([](FrontendSpec& spec) { spec.logMel.compression = "cube"; }, "compression");
  refusedFor([](FrontendSpec& spec) { spec.logMel.offset = 0.0; }, "offset");
  refusedFor([](FrontendSpec& spec) { spec.logMel.fftSize = 16; }, "fftSize");
  refusedFor([](FrontendSpec& spec) { spec.logMel.patchFrames = -3; }, "patchFrames");
  refusedFor([](FrontendSpec& spec) { spec.frameShiftMs = 0.0; }, "frameShiftMs");
}

TEST_CASE("padding at the right gives a frame for every shift of a second, none of them late") {
  const Frontend frontend = make(*frontendPreset("bow"));
  CHECK(frontend.frames(16000) == 100);
  CHECK(frontend.frames(1) == 1);
  std::vector<float> click(16000, 0.0F);
  click[160 * 7 + 240] = 1.0F;  // the middle of frame 7
  const auto input = frontend.modelInput(click);
  REQUIRE(input);
  const float silence = input->at(0, 10);
  CHECK(silence == Approx(frontend.spec().padValue));
  for (const int frame : {6, 7, 8}) CHECK(input->at(frame, 10) > silence + 1.0F);
  CHECK(input->at(7, 10) > input->at(6, 10));
  CHECK(input->at(7, 10) > input->at(8, 10));
  CHECK(input->at(99, 10) == silence);
}

TEST_CASE("patches are whole and spaced by the hop") {
  const Matrix table(10, 3, 1.0F);
  CHECK(slicePatches(table, 4, 0).size() == 2);
  CHECK(slicePatches(table, 4, 3).size() == 3);
  CHECK(slicePatches(table, 11, 1).empty());
  CHECK(slicePatches(table, 0, 1).empty());
}

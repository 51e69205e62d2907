#include "core/dsp/kaldi_fbank.h"

#include <cmath>
#include <cstring>

#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

namespace {

KaldiFbank make(const KaldiFbankOptions& options) {
  auto bank = KaldiFbank::create(options);
  REQUIRE(bank);
  return std::move(*bank);
}

}  // namespace

TEST_CASE("numbers of frames") {
  const KaldiFbank snipped = make({});
  CHECK(snipped.frames(399) == 0);
  CHECK(snipped.frames(400) == 1);
  CHECK(snipped.frames(559) == 1);
  CHECK(snipped.frames(560) == 2);
  CHECK(snipped.frames(160000) == 998);
  KaldiFbankOptions options;
  options.snipEdges = false;
  const KaldiFbank whole = make(options);
  CHECK(whole.frames(8000) == 50);
  CHECK(whole.frames(8079) == 50);
  CHECK(whole.frames(8080) == 51);
}

TEST_CASE("silence sits at the floor") {
  const auto features = make({}).compute(std::vector<float>(1000, 0.0F));
  REQUIRE(features);
  for (const float value : features->values) CHECK(value == Approx(-15.942385).epsilon(1e-6));
}

TEST_CASE("a frame does not depend on what else is analysed, bit for bit") {
  const auto sound = test::noise(16000);
  KaldiFbankOptions options;
  options.melBins = 128;
  options.energy = EnergyColumn::last;
  const KaldiFbank bank = make(options);
  const auto whole = bank.compute(sound);
  REQUIRE(whole);
  for (const std::int64_t frame : {0, 1, 15, 16, 17, 40, 96, 97}) {
    const auto alone = bank.compute({sound.data() + frame * 160, 400});
    REQUIRE(alone);
    REQUIRE(std::memcmp(alone->row(0).data(), whole->row(frame).data(), 129 * sizeof(float)) == 0);
  }
}

TEST_CASE("an offset is the same as subtracting it before") {
  auto sound = test::noise(4000);
  const KaldiFbank bank = make({});
  const auto offset = bank.compute(sound, 0.125F);
  for (float& value : sound) value -= 0.125F;
  const auto before = bank.compute(sound);
  REQUIRE(offset);
  REQUIRE(before);
  CHECK(offset->values == before->values);
}

TEST_CASE("a sine lands in the band around its frequency") {
  KaldiFbankOptions options;
  options.melBins = 40;
  for (const double hertz : {300.0, 1000.0, 3000.0}) {
    const KaldiFbank bank = make(options);
    const auto features = bank.compute(test::sine(3200, hertz, 16000.0));
    REQUIRE(features);
    const auto row = features->row(5);
    const auto loudest = static_cast<std::size_t>(std::max_element(row.begin(), row.end()) - row.begin());
    CHECK(std::abs(bank.melBank().centreHz()[loudest] - hertz) < 0.08 * hertz + 20.0);
  }
}

TEST_CASE("too short or senseless is refused with a reason") {
  const auto features = make({}).compute(std::vector<float>(399, 0.1F));
  REQUIRE_FALSE(features);
  CHECK(features.error().code == ErrorCode::invalidArgument);
  CHECK_THAT(features.error().message, Catch::ContainsSubstring("399"));
  KaldiFbankOptions options;
  options.frameLengthMs = 0.0;
  CHECK_FALSE(KaldiFbank::create(options));
  options = {};
  options.frameShiftMs = 1e-6;
  CHECK_FALSE(KaldiFbank::create(options));
  options = {};
  options.frameLengthMs = 1e12;
  CHECK_FALSE(KaldiFbank::create(options));
  options = {};
  options.rate = SampleRate(-16000);
  CHECK_FALSE(KaldiFbank::create(options));
  options = {};
  options.melBins = -1;
  CHECK_FALSE(KaldiFbank::create(options));
}

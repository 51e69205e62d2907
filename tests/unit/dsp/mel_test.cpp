#include "core/dsp/mel.h"

#include <algorithm>
#include <cmath>

#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

TEST_CASE("mel scales") {
  CHECK(hertzToMel(1000.0, MelScale::htk) == Approx(999.99).epsilon(1e-4));
  CHECK(hertzToMel(1000.0, MelScale::slaney) == Approx(15.0));
  CHECK(hertzToMel(6400.0, MelScale::slaney) == Approx(42.0));
  for (const MelScale scale : {MelScale::htk, MelScale::slaney}) {
    for (const double hertz : {0.0, 20.0, 999.0, 1001.0, 7777.0, 20000.0}) {
      CHECK(melToHertz(hertzToMel(hertz, scale), scale) == Approx(hertz).margin(1e-9));
    }
  }
}

TEST_CASE("triangles straight in hertz peak at their centres and share the line between two") {
  MelOptions options;
  options.bands = 20;
  options.norm = MelNorm::none;
  const auto bank = MelBank::create(options, SampleRate(16000), 4096);
  REQUIRE(bank);
  const Matrix weights = bank->weights();
  for (std::int64_t k = 200; k < 1500; ++k) {
    float sum = 0.0F;
    for (std::int64_t b = 0; b < weights.rows; ++b) sum += weights.at(b, k);
    CHECK(sum == Approx(1.0).epsilon(1e-4));
  }
  for (std::int64_t b = 0; b < weights.rows; ++b) {
    const auto row = weights.row(b);
    const auto peak = std::max_element(row.begin(), row.end()) - row.begin();
    CHECK(std::abs(static_cast<double>(peak) * 16000.0 / 4096.0 - bank->centreHz()[static_cast<std::size_t>(b)]) <= 4.0);
  }
}

TEST_CASE("area normalisation gives every band the same area in hertz") {
  MelOptions options;
  options.bands = 20;
  const auto bank = MelBank::create(options, SampleRate(16000), 8192);
  REQUIRE(bank);
  const Matrix weights = bank->weights();
  for (std::int64_t b = 0; b < weights.rows; ++b) {
    double area = 0.0;
    for (const float weight : weights.row(b)) area += weight * 16000.0 / 8192.0;
    CHECK(area == Approx(1.0).epsilon(0.01));
  }
}

TEST_CASE("the three ways to apply a bank agree") {
  MelOptions options;
  options.bands = 64;
  options.slope = MelSlope::straightInMel;
  options.scale = MelScale::htk;
  options.dropDirectCurrent = true;
  options.dropNyquist = true;
  const auto bank = MelBank::create(options, SampleRate(16000), 512);
  REQUIRE(bank);
  const Matrix weights = bank->weights();
  std::vector<float> spectra = test::noise(257 * MelBank::kLanes);
  std::vector<float> lanes(64 * MelBank::kLanes);
  bank->applyLanes(spectra.data(), lanes.data());
  for (int lane = 0; lane < MelBank::kLanes; ++lane) {
    std::vector<float> spectrum;
    for (int k = 0; k < 257; ++k) spectrum.push_back(spectra[static_cast<std::size_t>(k * MelBank::kLanes + lane)]);
    std::vector<float> bands(64);
    bank->apply(spectrum, bands);
    for (int b = 0; b < 64; ++b) {
      double dense = 0.0;
      for (int k = 0; k < 257; ++k) dense += static_cast<double>(weights.at(b, k)) * spectrum[static_cast<std::size_t>(k)];
      CHECK(bands[static_cast<std::size_t>(b)] == Approx(dense).margin(1e-5));
      CHECK(lanes[static_cast<std::size_t>(b * MelBank::kLanes + lane)] == bands[static_cast<std::size_t>(b)]);
    }
  }
  CHECK(weights.at(0, 0) == 0.0F);
  CHECK(weights.at(63, 256) == 0.0F);
}

TEST_CASE("edges that make no sense are refused") {
  MelOptions options;
  options.lowHz = 9000.0;
  CHECK_FALSE(MelBank::create(options, SampleRate(16000), 512));
  options = {};
  options.highHz = 9000.0;
  CHECK_FALSE(MelBank::create(options, SampleRate(16000), 512));
  options = {};
  options.bands = 0;
  CHECK_FALSE(MelBank::create(options, SampleRate(16000), 512));
  options = {};
  options.lowHz = std::nan("");
  CHECK_FALSE(MelBank::create(options, SampleRate(16000), 512));
  CHECK_FALSE(MelBank::create({}, SampleRate(0), 512));
}

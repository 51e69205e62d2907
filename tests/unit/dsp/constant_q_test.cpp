#include "core/dsp/constant_q.h"

#include <cmath>
#include <complex>
#include <numbers>

#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

namespace {

// The definition (Brown 1991) written down as it stands: a Hann window of Q periods times an oscillation, at the full rate.
double directPower(const std::vector<float>& sound, double rate, double hertz, int binsPerOctave, std::int64_t centre) {
  const double length = rate / hertz / (std::exp2(1.0 / binsPerOctave) - 1.0);
  std::complex<double> sum;
  double weight = 0.0;
  const auto half = static_cast<std::int64_t>(length / 2.0);
  for (std::int64_t n = -half; n <= half; ++n) {
    const double window = 0.5 + 0.5 * std::cos(2.0 * std::numbers::pi * static_cast<double>(n) / length);
    weight += window;
    if (centre + n < 0 || centre + n >= static_cast<std::int64_t>(sound.size())) continue;
    sum += window * sound[static_cast<std::size_t>(centre + n)] *
           std::polar(1.0, -2.0 * std::numbers::pi * hertz / rate * static_cast<double>(n));
  }
  return std::norm(2.0 * sum / weight);
}

ConstantQ make(int rate, int bins = 24) {
  ConstantQOptions options;
  options.binsPerOctave = bins;
  auto made = ConstantQ::create(options, SampleRate(rate));
  REQUIRE(made);
  return *std::move(made);
}

}  // namespace

TEST_CASE("constant-Q spectra are those of the definition, in every octave and at the edges") {
  for (const int rate : {16000, 44100}) {
    const ConstantQ transform = make(rate, rate == 16000 ? 12 : 24);
    const std::vector<float> sound = test::noise(3 * rate / 2);
    const auto total = static_cast<std::int64_t>(sound.size());
    const auto power = transform.power(sound, 0, total, 0, transform.columns(total));
    REQUIRE(power);
    double largest = 0.0;
    for (const float value : power->values) largest = std::max(largest, std::sqrt(static_cast<double>(value)));
    double worst = 0.0;
    for (const std::int64_t column : {std::int64_t{0}, power->rows / 2, power->rows - 1})
      for (std::int64_t bin = 0; bin < transform.bins(); bin += 5) {
        const double hertz = static_cast<double>(transform.binHz()[static_cast<std::size_t>(bin)]);
        const double wanted = std::sqrt(directPower(sound, rate, hertz, rate == 16000 ? 12 : 24, column * transform.hopSamples()));
        worst = std::max(worst, std::abs(std::sqrt(static_cast<double>(power->at(column, bin))) - wanted) / largest);
      }
    INFO("rate " << rate);
    CHECK(worst < 3e-3);
  }
}

TEST_CASE("a full-scale sine on a bin has power 1 there and little an octave away") {
  const ConstantQ transform = make(44100);
  for (const std::int64_t bin : {std::int64_t{0}, std::int64_t{60}, std::int64_t{130}, transform.bins() - 1}) {
    const auto sound = test::sine(3 * 44100, static_cast<double>(transform.binHz()[static_cast<std::size_t>(bin)]), 44100.0);
    const std::int64_t column = transform.columns(3 * 44100) / 2;
    const auto power = transform.power(sound, 0, 3 * 44100, column, column + 1);
    REQUIRE(power);
    INFO("bin " << bin);
    CHECK(power->at(0, bin) == Approx(1.0).epsilon(0.01));
    for (std::int64_t other = 0; other < transform.bins(); ++other)
      if (std::abs(other - bin) >= 24) CHECK(power->at(0, other) < 1e-6F);  // 60 dB below, aliases of lower octaves included
  }
}

TEST_CASE("notes lie on the bins of equal temperament") {
  const ConstantQ transform = make(44100);
  CHECK(transform.binHz()[0] == Approx(32.7032));
  CHECK(transform.binHz()[2 * 45] == Approx(440.0));  // A4 is 45 semitones above C1
  CHECK(transform.binHz().back() <= 18000.0F);
}

TEST_CASE("how columns are split into calls changes nothing, and only the reach is looked at") {
  const ConstantQ transform = make(16000);
  const std::vector<float> sound = test::noise(40000);
  const auto whole = transform.power(sound, 0, 40000, 0, transform.columns(40000));
  REQUIRE(whole);
  for (std::int64_t column = 0; column < whole->rows; column += 7) {
    const SampleRange reach = transform.reach(column, column + 1);
    const std::int64_t from = std::clamp<std::int64_t>(reach.first, 0, 40000);
    const std::int64_t to = std::clamp<std::int64_t>(reach.last, from, 40000);
    const auto one = transform.power(std::span(sound).subspan(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from)), from,
                                     40000, column, column + 1);
    REQUIRE(one);
    for (std::int64_t bin = 0; bin < whole->columns; ++bin) REQUIRE(one->at(0, bin) == whole->at(column, bin));
  }
}

TEST_CASE("constant-Q settings that make no sense are refused") {
  ConstantQOptions options;
  CHECK_FALSE(ConstantQ::create(options, SampleRate(0)));
  options.binsPerOctave = 2;
  CHECK_FALSE(ConstantQ::create(options, SampleRate(44100)));
  options = {};
  options.lowHz = 0.0;
  CHECK_FALSE(ConstantQ::create(options, SampleRate(44100)));
  options = {};
  CHECK_FALSE(ConstantQ::create(options, SampleRate(60)));
  CHECK(ConstantQ::create(options, SampleRate(8000)));
}

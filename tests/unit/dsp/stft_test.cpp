#include "core/dsp/stft.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <cstring>

#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::noise;
using chladni::test::sine;

namespace {

Stft make(const StftOptions& options) {
  auto stft = Stft::create(options);
  REQUIRE(stft);
  return *stft;
}

// The definition, by direct summation in double precision.
double powerByDefinition(const std::vector<float>& sound, const StftOptions& options, std::int64_t column,
                         std::int64_t bin) {
  const auto window = makeWindow(options.window, options.windowSamples, WindowSymmetry::periodic);
  const auto count = static_cast<std::int64_t>(sound.size());
  std::complex<double> sum;
  for (std::int64_t i = 0; i < options.windowSamples; ++i) {
    std::int64_t n = column * options.hopSamples - options.windowSamples / 2 + i;
    if (options.padding == EdgePadding::reflect) {
      while (n < 0 || n >= count) n = n < 0 ? -n : 2 * (count - 1) - n;
    } else if (n < 0 || n >= count) {
      continue;
    }
    const double angle = -2.0 * std::numbers::pi * static_cast<double>(i * bin) / static_cast<double>(options.fftSize);
    sum += static_cast<double>(window[static_cast<std::size_t>(i)]) * sound[static_cast<std::size_t>(n)] *
           std::polar(1.0, angle);
  }
  return std::norm(sum);
}

}  // namespace

TEST_CASE("power agrees with the definition for any size, hop and padding") {
  const auto sound = noise(700);
  for (const auto& [window, hop, fft] : {std::tuple{64, 16, 64}, std::tuple{50, 17, 64}, std::tuple{63, 20, 63},
                                        std::tuple{60, 60, 90}, std::tuple{2, 1, 2}, std::tuple{7, 300, 15}}) {
    for (const EdgePadding padding : {EdgePadding::zero, EdgePadding::reflect}) {
      StftOptions options;
      options.windowSamples = window;
      options.hopSamples = hop;
      options.fftSize = fft;
      options.padding = padding;
      const Matrix power = make(options).compute(sound);
      REQUIRE(power.rows == 1 + 700 / hop);
      REQUIRE(power.columns == fft / 2 + 1);
      for (std::int64_t c = 0; c < power.rows; c += std::max<std::int64_t>(1, power.rows / 9)) {
        for (std::int64_t k = 0; k < power.columns; ++k) {
          REQUIRE(power.at(c, k) == Approx(powerByDefinition(sound, options, c, k)).epsilon(1e-3).margin(1e-4));
        }
      }
    }
  }
}

TEST_CASE("a reflected sound shorter than the window") {
  StftOptions options;
  options.windowSamples = 64;
  options.hopSamples = 8;
  options.fftSize = 64;
  options.padding = EdgePadding::reflect;
  const auto sound = noise(5);
  const Matrix power = make(options).compute(sound);
  REQUIRE(power.rows == 1);
  CHECK(power.at(0, 3) == Approx(powerByDefinition(sound, options, 0, 3)).epsilon(1e-3).margin(1e-4));
  CHECK(make(options).compute(std::vector<float>{0.5F}).rows == 1);
}

TEST_CASE("column c is centred at sample c times hop") {
  std::vector<float> click(4096, 0.0F);
  click[1024] = 1.0F;
  StftOptions options;
  options.windowSamples = 256;
  options.hopSamples = 128;
  const Matrix power = make(options).compute(click);
  std::int64_t loudest = 0;
  for (std::int64_t c = 0; c < power.rows; ++c) {
    if (power.at(c, 10) > power.at(loudest, 10)) loudest = c;
  }
  CHECK(loudest == 8);
  CHECK(columnCount(0, 128) == 0);
  CHECK(columnCount(1, 128) == 1);
  CHECK(columnCount(128, 128) == 2);
}

TEST_CASE("results do not depend on how columns are split, bit for bit") {
  const auto sound = noise(20000);
  for (const std::int64_t fft : {512, 500, 501}) {
    StftOptions options;
    options.windowSamples = 400;
    options.hopSamples = 100;
    options.fftSize = fft;
    options.padding = EdgePadding::reflect;
    const Stft stft = make(options);
    const Matrix whole = stft.compute(sound);
    for (std::int64_t first = 0; first < whole.rows; first += 7) {
      const std::int64_t last = std::min(whole.rows, first + 7);
      const SampleRange reach = stft.reach(first, last);
      // At the right end reflection looks further back than the reach of the columns themselves.
      const std::int64_t begin = std::clamp<std::int64_t>(reach.first - 200, 0, 20000);
      const std::int64_t end = std::clamp<std::int64_t>(reach.last + 200, 0, 20000);
      std::vector<float> part(sound.begin() + begin, sound.begin() + end);
      std::vector<float> out(static_cast<std::size_t>((last - first) * stft.bins()));
      stft.compute(part, begin, 20000, first, last, out);
      REQUIRE(std::memcmp(out.data(), whole.row(first).data(), out.size() * sizeof(float)) == 0);
    }
  }
}

TEST_CASE("a full-scale sine reaches the full-scale value") {
  for (const SpectrumValue value : {SpectrumValue::power, SpectrumValue::magnitude}) {
    StftOptions options;
    options.value = value;
    const Stft stft = make(options);
    const Matrix power = stft.compute(sine(44100, 100.0 * 44100.0 / 2048.0, 44100.0));
    CHECK(power.at(40, 100) == Approx(stft.fullScale()).epsilon(1e-3));
    CHECK(stft.binHz(SampleRate(44100))[100] == Approx(100.0 * 44100.0 / 2048.0));
  }
}

TEST_CASE("senseless options are refused") {
  StftOptions options;
  options.windowSamples = 1;
  CHECK_FALSE(Stft::create(options));
  options = {};
  options.hopSamples = 0;
  CHECK_FALSE(Stft::create(options));
  options = {};
  options.fftSize = 1024;
  CHECK_FALSE(Stft::create(options));
  options = {};
  options.windowSamples = std::int64_t{1} << 40;
  const auto refused = Stft::create(options);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::invalidArgument);
}

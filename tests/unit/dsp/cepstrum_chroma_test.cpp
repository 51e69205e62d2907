#include <cmath>

#include "core/dsp/chroma.h"
#include "core/dsp/mfcc.h"
#include "core/dsp/stft.h"
#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;
using namespace chladni::dsp;

TEST_CASE("the cosine transform is orthonormal") {
  Matrix table(1, 16);
  table.values = test::noise(16);
  const auto coefficients = mfcc(table, 16);
  REQUIRE(coefficients);
  double before = 0.0;
  double after = 0.0;
  for (const float value : table.values) before += value * value;
  for (const float value : coefficients->values) after += value * value;
  CHECK(after == Approx(before).epsilon(1e-5));
}

TEST_CASE("flat bands have only the first coefficient") {
  const auto coefficients = mfcc(Matrix(2, 25, 3.0F), 13);
  REQUIRE(coefficients);
  CHECK(coefficients->at(1, 0) == Approx(15.0));
  for (int n = 1; n < 13; ++n) CHECK(coefficients->at(1, n) == Approx(0.0).margin(1e-5));
  CHECK_FALSE(mfcc(Matrix(2, 25), 26));
  CHECK_FALSE(mfcc(Matrix(2, 25), 0));
}

TEST_CASE("notes fall into their pitch classes in every octave") {
  StftOptions options;
  options.windowSamples = 8192;
  options.hopSamples = 4096;
  const auto stft = Stft::create(options);
  REQUIRE(stft);
  const auto bank = ChromaBank::create({}, SampleRate(44100), 8192);
  REQUIRE(bank);
  for (int note = 48; note < 84; ++note) {
    const double hertz = 440.0 * std::exp2((note - 69) / 12.0);
    const Matrix chroma = bank->fold(stft->compute(test::sine(44100, hertz, 44100.0)));
    const auto row = chroma.row(5);
    CHECK(std::max_element(row.begin(), row.end()) - row.begin() == note % 12);
    CHECK(*std::max_element(row.begin(), row.end()) == Approx(1.0));
  }
  const Matrix silent = bank->fold(Matrix(1, 4097));
  for (const float value : silent.values) CHECK(value == 0.0F);
  CHECK_FALSE(ChromaBank::create({440.0, 0.0, 100.0}, SampleRate(44100), 8192));
}

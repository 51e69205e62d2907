// Phases from magnitudes and spectra from mel bands, in figures: spectral convergence of sounds whose answer is known.
#include "core/dsp/griffin_lim.h"

#include <algorithm>
#include <cmath>
#include <complex>

#include "core/dsp/frontend.h"
#include "core/dsp/frontend_presets.h"
#include "core/dsp/mel_inverse.h"
#include "core/dsp/real_fft.h"
#include "core/dsp/window.h"
#include "tests/support/catch.h"
#include "tests/unit/dsp/signals.h"

using namespace chladni;

namespace {

constexpr int kRate = 16000;

dsp::PhaseOptions options(int iterations, double momentum = 0.99) {
  dsp::PhaseOptions o;
  o.window = dsp::makeWindow(dsp::WindowKind::hann, 400, dsp::WindowSymmetry::periodic);
  o.hopSamples = 100;
  o.fftSize = 512;
  o.iterations = iterations;
  o.momentum = momentum;
  return o;
}

Matrix magnitudesOf(const std::vector<float>& sound, const dsp::PhaseOptions& o) {
  auto fft = dsp::RealFft::create(o.fftSize);
  REQUIRE(fft);
  const auto window = static_cast<std::int64_t>(o.window.size());
  Matrix result(1 + (static_cast<std::int64_t>(sound.size()) - window) / o.hopSamples, o.fftSize / 2 + 1);
  for (std::int64_t f = 0; f < result.rows; ++f) {
    std::fill(fft->samples().begin(), fft->samples().end(), 0.0F);
    for (std::int64_t i = 0; i < window; ++i)
      fft->samples()[static_cast<std::size_t>(i)] =
          o.window[static_cast<std::size_t>(i)] * sound[static_cast<std::size_t>(f * o.hopSamples + i)];
    fft->forward();
    for (std::int64_t k = 0; k < result.columns; ++k)
      result.row(f)[static_cast<std::size_t>(k)] = std::abs(fft->spectrum()[static_cast<std::size_t>(k)]);
  }
  return result;
}

// Two gliding tones and a click: known, harmonic and transient.
std::vector<float> scene(std::size_t samples) {
  std::vector<float> sound(samples);
  for (std::size_t n = 0; n < samples; ++n) {
    const double t = static_cast<double>(n) / kRate;
    sound[n] = static_cast<float>(0.4 * std::sin(2.0 * M_PI * (300.0 * t + 200.0 * t * t)) + 0.2 * std::sin(2.0 * M_PI * 1250.0 * t));
  }
  sound[samples / 2] += 0.8F;
  return sound;
}

}  // namespace

TEST_CASE("A real transform comes back") {
  for (const std::int64_t size : {8, 15, 512}) {
    auto fft = dsp::RealFft::create(size);
    REQUIRE(fft);
    const auto sound = test::noise(static_cast<std::size_t>(size));
    std::copy(sound.begin(), sound.end(), fft->samples().begin());
    fft->forward();
    fft->inverse();
    for (std::size_t n = 0; n < sound.size(); ++n) CHECK(fft->samples()[n] == Approx(sound[n]).margin(1e-6));
  }
}

TEST_CASE("Griffin-Lim finds a sound with the wanted magnitudes") {
  const auto steps = options(60);
  const Matrix wanted = magnitudesOf(test::sine(kRate, 440.0, kRate, 0.5), steps);
  const auto tone = dsp::griffinLim(wanted, steps);
  REQUIRE(tone);
  CHECK(tone->convergence < 0.06);
  const Matrix glide = magnitudesOf(scene(kRate), steps);
  const auto found = dsp::griffinLim(glide, steps);
  REQUIRE(found);
  CHECK(found->convergence < 0.12);
  // More steps help, and so does momentum.
  CHECK(found->convergence < dsp::griffinLim(glide, options(8))->convergence);
  const double plain = dsp::griffinLim(glide, options(60, 0.0))->convergence;
  CHECK(found->convergence < plain);
  WARN("spectral convergence: tone " << tone->convergence << ", scene " << found->convergence << ", without momentum " << plain);
}

TEST_CASE("Griffin-Lim is the same in every run, keeps silence, refuses what does not fit, and stops") {
  const auto steps = options(5);
  const Matrix wanted = magnitudesOf(test::noise(4000), steps);
  CHECK(dsp::griffinLim(wanted, steps)->samples == dsp::griffinLim(wanted, steps)->samples);
  const auto silent = dsp::griffinLim(Matrix(10, 257), steps);
  REQUIRE(silent);
  CHECK(std::all_of(silent->samples.begin(), silent->samples.end(), [](float value) { return value == 0.0F; }));
  CHECK(dsp::griffinLim(Matrix(10, 200), steps).error().code == ErrorCode::invalidArgument);
  CHECK(dsp::griffinLim(Matrix(0, 257), steps)->samples.empty());
  std::stop_source stop;
  stop.request_stop();
  CHECK(dsp::griffinLim(wanted, steps, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("A model's input is undone to a spectrum with the same bands") {
  for (const char* preset : {"ast", "cavmae", "vggish", "yamnet", "musicnn", "openl3-linear"}) {
    INFO(preset);
    auto spec = *dsp::frontendPreset(preset);
    spec.targetFrames = 0;
    spec.subtractMean = false;
    const auto frontend = dsp::Frontend::create(spec);
    REQUIRE(frontend);
    const auto input = frontend->modelInput(scene(static_cast<std::size_t>(spec.rate.hz())));
    REQUIRE(input);
    const auto inverse = dsp::MelInverse::create(spec);
    REQUIRE(inverse);
    const Matrix bands = inverse->bands(*input);
    const auto magnitudes = inverse->magnitudes(bands, {});
    REQUIRE(magnitudes);
    CHECK(*std::min_element(magnitudes->values.begin(), magnitudes->values.end()) >= 0.0F);
    const double misfit = inverse->misfit(bands, *magnitudes);
    WARN(preset << ": bands off by " << misfit);
    CHECK(misfit < 0.05);
    const auto centres = dsp::binHz(spec);
    CHECK(static_cast<std::int64_t>(centres.size()) == input->columns);
    CHECK(std::is_sorted(centres.begin(), centres.end()));
  }
}

TEST_CASE("De-emphasis undoes pre-emphasis") {
  const auto spec = *dsp::frontendPreset("ast");
  const auto inverse = dsp::MelInverse::create(spec);
  REQUIRE(inverse);
  const auto sound = test::noise(1000);
  std::vector<float> filtered = sound;
  for (std::size_t n = 1; n < sound.size(); ++n) filtered[n] = sound[n] - static_cast<float>(spec.preemphasis) * sound[n - 1];
  inverse->deemphasise(filtered);
  for (std::size_t n = 0; n < sound.size(); ++n) CHECK(filtered[n] == Approx(sound[n]).margin(1e-4));
}

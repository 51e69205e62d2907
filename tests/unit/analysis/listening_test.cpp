// What is hidden from a model and what it painted, as sounds: lengths, levels, silence where nothing is visible.
#include "core/analysis/listening.h"

#include <cmath>
#include <numbers>

#include "core/dsp/frontend.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;

namespace {

constexpr int kPatch = 16;

double level(const AudioBuffer& sound, double from, double to) {
  double energy = 0.0;
  const auto first = static_cast<std::size_t>(from * sound.rate.hz());
  const auto last = static_cast<std::size_t>(to * sound.rate.hz());
  for (std::size_t n = first; n < last; ++n) energy += static_cast<double>(sound.channels[0][n]) * sound.channels[0][n];
  return std::sqrt(energy / static_cast<double>(last - first));
}

// A two-second tone of which the second half is hidden and painted with what was there, half as strong.
analysis::ReconstructedClip halfHidden(const FrontendSpec& spec) {
  std::vector<float> sound(static_cast<std::size_t>(2 * spec.rate.hz()));
  for (std::size_t n = 0; n < sound.size(); ++n)
    sound[n] = 0.3F * std::sin(2.0F * std::numbers::pi_v<float> * 600.0F * static_cast<float>(n) / static_cast<float>(spec.rate.hz()));
  analysis::ReconstructedClip clip;
  clip.span = {MediaTime{}, MediaTime::fromSeconds(2.0)};
  auto input = dsp::Frontend::create(spec)->modelInput(sound);
  REQUIRE(input);
  Reconstruction& result = clip.result;
  result.soundInput = *input;
  result.soundPredicted = *input;
  for (float& value : result.soundPredicted.values)
    value -= static_cast<float>(std::log(4.0)) / (spec.deviationFactor * spec.deviation);
  PatchGrid& grid = result.sound.grid;
  grid.rows = spec.melBins / kPatch;
  grid.columns = static_cast<int>(input->rows) / kPatch;
  result.sound.mask.assign(static_cast<std::size_t>(grid.patches()), 0);
  for (int p = 0; p < grid.patches(); ++p)
    result.sound.mask[static_cast<std::size_t>(p)] = p % grid.columns >= grid.columns / 2 ? 1 : 0;
  clip.sound = analysis::soundPlanes(result);
  return clip;
}

}  // namespace

TEST_CASE("Original, masked and predicted are heard at matching levels") {
  FrontendSpec spec;
  spec.targetFrames = 192;
  const auto clip = halfHidden(spec);
  const auto heard = analysis::listen(clip, spec, {});
  REQUIRE(heard);
  CHECK(heard->original.rate == spec.rate);
  CHECK(heard->original.samples() == heard->masked.samples());
  CHECK(heard->original.samples() == heard->predicted.samples());
  CHECK(heard->originalConvergence < 0.2);
  WARN("spectral convergence of a tone through a model's input: " << heard->originalConvergence);
  const double end = static_cast<double>(heard->original.samples()) / spec.rate.hz();
  CHECK(level(heard->original, 0.0, end) == Approx(level(heard->predicted, 0.0, end)).epsilon(0.01));
  // What is visible is as loud in the masked one; what is hidden is silent.
  CHECK(level(heard->masked, 0.2, 0.8) == Approx(level(heard->original, 0.2, 0.8)).epsilon(0.15));
  CHECK(level(heard->masked, 1.2, 1.7) < 0.01 * level(heard->original, 1.2, 1.7));
  // Painted half as strong.
  CHECK(level(heard->predicted, 1.2, 1.7) / level(heard->predicted, 0.2, 0.8) == Approx(0.5).margin(0.1));
  for (const AudioBuffer* sound : {&heard->original, &heard->masked, &heard->predicted})
    for (const float value : sound->channels[0]) REQUIRE(std::abs(value) <= analysis::kListeningPeak + 1e-3F);
  test::Scratch scratch;
  REQUIRE(analysis::writeListening(*heard, scratch.path()));
  for (const char* name : {"original.wav", "masked.wav", "predicted.wav"}) CHECK(std::filesystem::file_size(scratch / name) > 30000);
}

TEST_CASE("Without sound there is nothing to listen to, and listening can be stopped") {
  CHECK(analysis::listen({}, {}, {}).error().code == ErrorCode::unsupported);
  FrontendSpec spec;
  spec.targetFrames = 192;
  std::stop_source stop;
  stop.request_stop();
  CHECK(analysis::listen(halfHidden(spec), spec, stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("Guessed statistics use nothing of the hidden patches") {
  FrontendSpec spec;
  spec.targetFrames = 192;
  auto clip = halfHidden(spec);
  Reconstruction a = clip.result;
  a.trueStatistics = true;
  // The same raw output over another truth: hidden values scaled and shifted, and so what was scaled with their statistics.
  Reconstruction b = a;
  for (std::size_t i = 0; i < b.soundInput.values.size(); ++i) {
    if (clip.sound.hidden[i] == 0) continue;
    b.soundInput.values[i] = 3.0F * b.soundInput.values[i] + 1.0F;
    b.soundPredicted.values[i] = 3.0F * b.soundPredicted.values[i] + 1.0F;
  }
  REQUIRE(analysis::guessPatchStatistics(a));
  REQUIRE(analysis::guessPatchStatistics(b));
  CHECK_FALSE(a.trueStatistics);
  double worst = 0.0;
  for (std::size_t i = 0; i < a.soundPredicted.values.size(); ++i)
    if (clip.sound.hidden[i] != 0)
      worst = std::max(worst, static_cast<double>(std::abs(a.soundPredicted.values[i] - b.soundPredicted.values[i])));
  CHECK(worst < 3e-2);  // of values about 1: patches of silence are divided by almost nothing
  Reconstruction plain = clip.result;
  CHECK_FALSE(analysis::guessPatchStatistics(plain));
}

// The kinds of spectrogram beside the plain one, a model's input as tiles, and the attended part of a sound.
#include <cmath>
#include <cstdlib>
#include <numbers>

#include "core/analysis/attended_sound.h"
#include "core/analysis/classification.h"
#include "core/analysis/model_clip.h"
#include "core/analysis/model_input_tiles.h"
#include "core/dsp/frontend.h"
#include "core/dsp/mfcc.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

using namespace chladni;
using analysis::SpectrogramKind;

namespace {

constexpr int kRate = 16000;

std::vector<float> tone(double seconds, double hertz, double amplitude = 0.5) {
  std::vector<float> wave(static_cast<std::size_t>(seconds * kRate));
  for (std::size_t n = 0; n < wave.size(); ++n)
    wave[n] = static_cast<float>(amplitude * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / kRate));
  return wave;
}

struct Media {
  test::Scratch scratch;
  Media() { ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1); }
  std::shared_ptr<analysis::Recording> open(std::vector<float> wave) {
    AudioBuffer sound;
    sound.rate = SampleRate(kRate);
    sound.channels = {std::move(wave)};
    REQUIRE(media::writeWav(scratch / "a.wav", sound, media::WavFormat::float32));
    auto recording = analysis::Recording::open(scratch / "a.wav");
    REQUIRE(recording);
    return *recording;
  }
};

analysis::SpectrogramSettings settingsOf(SpectrogramKind kind) {
  analysis::SpectrogramSettings settings;
  settings.kind = kind;
  return settings;
}

std::shared_ptr<const Tile> tileOf(TileSource& source, TileKey key) {
  auto tile = source.compute(key, {});
  REQUIRE(tile);
  return *tile;
}

std::int64_t strongest(std::span<const float> row) { return std::max_element(row.begin(), row.end()) - row.begin(); }

}  // namespace

TEST_CASE("constant-Q, chroma and cepstral tiles find an A where it is, at every level") {
  Media media;
  const auto recording = media.open(tone(30.0, 440.0));
  REQUIRE(recording->scan({}, {}));
  const auto tuned = recording->spectrogram(settingsOf(SpectrogramKind::constantQ));
  const auto chroma = recording->spectrogram(settingsOf(SpectrogramKind::chroma));
  CHECK(tuned->scale() == SpectrogramScale::decibel);
  CHECK(chroma->scale() == SpectrogramScale::chroma);
  REQUIRE(tuned->levels() > 1);
  for (int level = 0; level < tuned->levels(); ++level) {
    const auto tile = tileOf(*tuned, {level, 0});
    const std::int64_t bin = strongest(tile->values.row(tile->values.rows / 2));
    CHECK(tuned->binHz()[static_cast<std::size_t>(bin)] == Approx(440.0).epsilon(1e-4));
    CHECK(tile->values.at(tile->values.rows / 2, bin) == Approx(-6.02).margin(0.5));
    const auto folded = tileOf(*chroma, {level, 0});
    REQUIRE(folded->values.columns == 12);
    CHECK(strongest(folded->values.row(folded->values.rows / 2)) == 9);
    CHECK(folded->values.at(folded->values.rows / 2, 9) == 1.0F);
    CHECK(folded->values.at(folded->values.rows / 2, 3) < 0.01F);
  }
}

TEST_CASE("cepstral coefficients are those of the mel bands in decibel without the first, chroma of silence is nothing") {
  Media media;
  const auto recording = media.open(tone(8.0, 300.0, 0.5));
  const auto cepstrum = recording->spectrogram(settingsOf(SpectrogramKind::mfcc));
  REQUIRE(cepstrum->binHz().size() == 20);
  CHECK(cepstrum->binHz().front() == 1.0F);
  const auto tile = tileOf(*cepstrum, {0, 0});
  REQUIRE(tile->values.columns == 20);
  const auto bands = tileOf(*recording->spectrogram(settingsOf(SpectrogramKind::mel)), {0, 0});
  const auto wanted = dsp::mfcc(bands->values, 21);
  REQUIRE(wanted);
  for (std::int64_t n = 0; n < 20; ++n) CHECK(tile->values.at(9, n) == Approx(wanted->at(9, n + 1)).margin(1e-3));
  Media silent;
  const auto nothing = silent.open(std::vector<float>(32000, 0.0F));
  const auto chroma = nothing->spectrogram(settingsOf(SpectrogramKind::chroma));
  const auto folded = tileOf(*chroma, {0, 0});
  for (const float value : folded->values.values) CHECK(value == 0.0F);
  auto wrong = settingsOf(SpectrogramKind::mfcc);
  wrong.coefficients = 200;
  CHECK(recording->spectrogram(wrong)->levels() == 0);
}

TEST_CASE("the tiles of a model's input are the very numbers it is given, padding included") {
  Media media;
  auto wave = tone(7.3, 500.0);
  for (std::size_t n = 0; n < wave.size(); ++n) wave[n] *= static_cast<float>(n) / static_cast<float>(wave.size());
  const auto recording = media.open(wave);
  REQUIRE(recording->scan({}, {}));
  const inference::ModelSpec spec = test::fakeSpec(4);
  const auto source = analysis::modelInputTiles(recording, spec);
  REQUIRE(source->levels() >= 1);
  CHECK(source->scale() == SpectrogramScale::normalised);
  CHECK(source->hopSeconds() == 0.01);
  const auto frontend = dsp::Frontend::create(spec.frontend);
  REQUIRE(frontend);
  // The third window begins after two windows of 98 columns.
  auto cutter = analysis::ModelClipCutter::open(*recording, spec, {});
  REQUIRE(cutter);
  const double start = analysis::modelInputPeriod(spec) * 2.0;
  CHECK(start == Approx(1.96));
  auto clip = cutter->cut({MediaTime::fromSeconds(start), MediaTime::fromSeconds(start + analysis::clipSeconds(spec))}, {});
  REQUIRE(clip);
  const auto wanted = frontend->modelInput(clip->sound);
  REQUIRE(wanted);
  const auto tile = tileOf(*source, {0, 0});
  REQUIRE(tile->values.columns == spec.frontend.melBins);
  for (std::int64_t c = 0; c < 60; ++c)
    for (std::int64_t b = 0; b < tile->values.columns; ++b) REQUIRE(tile->values.at(196 + c, b) == wanted->at(c, b));
  // Coarser levels hold the largest value of those columns.
  const int coarse = source->levels() - 1;
  REQUIRE(coarse >= 1);
  const auto joined = tileOf(*source, {coarse, 0});
  for (std::int64_t c = 0; c + 1 < joined->values.rows && ((c + 1) << coarse) <= tile->values.rows; ++c) {
    float largest = -1e9F;
    for (std::int64_t i = c << coarse; i < (c + 1) << coarse; ++i) largest = std::max(largest, tile->values.at(i, 40));
    CHECK(joined->values.at(c, 40) == largest);
  }

  Media brief;
  const auto shortOne = brief.open(tone(0.5, 500.0));
  const auto padded = analysis::modelInputTiles(shortOne, spec);
  const auto first = tileOf(*padded, {0, 0});
  REQUIRE(first->values.rows == 50);
  const float pad = (spec.frontend.padValue - spec.frontend.mean) / (spec.frontend.deviationFactor * spec.frontend.deviation);
  CHECK(first->values.at(49, 10) == Approx(pad));
  CHECK(first->values.at(40, 10) != Approx(pad));
}

TEST_CASE("the cells of coarse levels of a model's input are the largest of their columns, over many windows") {
  Media media;
  const auto recording = media.open(tone(90.0, 700.0));
  REQUIRE(recording->scan({}, {}));
  const auto source = analysis::modelInputTiles(recording, test::fakeSpec(4));
  const int top = source->levels() - 1;
  REQUIRE(top >= 5);
  std::shared_ptr<const Tile> tile = tileOf(*source, {top, 0});
  for (int tries = 0; tile->sampled && tries < 100; ++tries) tile = tileOf(*source, {top, 0});
  REQUIRE_FALSE(tile->sampled);
  for (const float value : tile->values.values) REQUIRE(value > -20.0F);
}

TEST_CASE("a model without ears, or a file without sound, gives tiles that say so") {
  Media media;
  const auto recording = media.open(tone(1.0, 500.0));
  inference::ModelSpec deaf = test::fakeSpec(2);
  deaf.frontend.sound = false;
  const auto source = analysis::modelInputTiles(recording, deaf);
  CHECK(source->levels() == 0);
  CHECK_FALSE(source->compute({0, 0}, {}));
}

TEST_CASE("the attended part of a sound is what lies under the attended patches, as loud as the whole") {
  Media media;
  auto wave = tone(2.0, 400.0, 0.3);
  const auto high = tone(2.0, 5000.0, 0.3);
  for (std::size_t n = 0; n < wave.size(); ++n) wave[n] += high[n];
  const auto recording = media.open(wave);
  AttentionMap map;
  map.grid.rows = 8;
  map.grid.columns = 12;
  map.grid.leadingTokens = 1;
  map.span = {MediaTime{}, MediaTime::fromSeconds(2.0)};
  map.weights = Matrix(1, 1 + map.grid.patches(), 0.001F);
  for (int row = 0; row < 4; ++row)  // the lower half of the mel bands
    for (int column = 0; column < 12; ++column) map.weights.row(0)[static_cast<std::size_t>(1 + row * 12 + column)] = 0.02F;
  const FrontendSpec frontend;
  const auto sounds = analysis::attendedSound(*recording, map, 0, frontend, {});
  REQUIRE(sounds);
  REQUIRE(sounds->attended.samples() == sounds->original.samples());
  const auto level = [](const std::vector<float>& sound, double hertz) {
    double real = 0.0;
    double imaginary = 0.0;
    for (std::size_t n = 8000; n < 24000; ++n) {
      real += sound[n] * std::cos(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / kRate);
      imaginary += sound[n] * std::sin(2.0 * std::numbers::pi * hertz * static_cast<double>(n) / kRate);
    }
    return 2.0 * std::hypot(real, imaginary) / 16000.0;
  };
  CHECK(level(sounds->attended.channels[0], 5000.0) < 1e-3);
  CHECK(level(sounds->attended.channels[0], 400.0) == Approx(0.3 * sounds->gain).epsilon(0.02));
  CHECK(sounds->gain == Approx(std::sqrt(2.0)).epsilon(0.03));
  CHECK_FALSE(analysis::attendedSound(*recording, map, 1, frontend, {}));
  REQUIRE(analysis::writeAttended(*sounds, media.scratch.path()));
  CHECK(std::filesystem::file_size(media.scratch / "attended.wav") > 1000);
  // Nothing preferred: everything is heard.
  std::fill(map.weights.values.begin(), map.weights.values.end(), 0.01F);
  const auto all = analysis::attendedSound(*recording, map, 0, frontend, {});
  REQUIRE(all);
  CHECK(all->gain == Approx(1.0).epsilon(1e-3));
}

// Tables made while decoding equal tables of the whole sound, whatever the length and the stretch.
#include <cmath>
#include <numbers>

#include "core/analysis/sound_table.h"
#include "core/dsp/chroma.h"
#include "core/dsp/kaldi_fbank.h"
#include "core/dsp/logarithm.h"
#include "core/dsp/stft.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using analysis::SoundTableKind;
using chladni::test::Scratch;

namespace {

constexpr int kRate = 16000;

std::vector<float> sweep(std::int64_t samples) {
  std::vector<float> sound(static_cast<std::size_t>(samples));
  for (std::int64_t n = 0; n < samples; ++n) {
    const double t = static_cast<double>(n) / kRate;
    sound[static_cast<std::size_t>(n)] = static_cast<float>(0.4 * std::sin(2.0 * std::numbers::pi * (200.0 + 90.0 * t) * t));
  }
  return sound;
}

std::filesystem::path write(const Scratch& scratch, const std::vector<float>& sound) {
  const auto path = scratch / "sweep.wav";
  REQUIRE(media::writeWav(path, {SampleRate(kRate), MediaTime(), {sound}}, media::WavFormat::float32));
  return path;
}

Matrix decibels(const std::vector<float>& sound) {
  const auto stft = dsp::Stft::create({});
  REQUIRE(stft);
  auto power = stft->compute(sound);
  dsp::powerToDecibels(power.values, stft->fullScale(), -120.0F, power.values);
  return power;
}

void requireEqual(const Matrix& got, const Matrix& expected) {
  REQUIRE(got.rows == expected.rows);
  REQUIRE(got.columns == expected.columns);
  for (std::size_t i = 0; i < got.values.size(); ++i)
    if (got.values[i] != expected.values[i]) FAIL("value " << i << ": " << got.values[i] << ", expected " << expected.values[i]);
}

}  // namespace

TEST_CASE("a table made while decoding equals the table of the whole sound") {
  const Scratch scratch;
  // Shorter than a window, a block of the reader and a bit, and several blocks of columns.
  for (const std::int64_t samples : {1, 700, 1024, 65536 + 13, 512 * 1200 + 5}) {
    INFO(samples << " samples");
    const auto sound = sweep(samples);
    const auto path = write(scratch, sound);
    const auto made = analysis::soundTable(path, {}, {});
    REQUIRE(made);
    CHECK(made->rate.hz() == kRate);
    requireEqual(made->table, decibels(sound));
  }
}

TEST_CASE("frames of the filter bank are those of the whole sound") {
  const Scratch scratch;
  const auto sound = sweep(160 * 3000 + 77);
  analysis::SoundTableOptions options;
  options.kind = SoundTableKind::fbank;
  const auto made = analysis::soundTable(write(scratch, sound), options, {});
  REQUIRE(made);
  dsp::KaldiFbankOptions fbank;
  fbank.window = dsp::WindowKind::hann;
  fbank.melBins = 128;
  const auto whole = dsp::KaldiFbank::create(fbank);
  REQUIRE(whole);
  const auto expected = whole->compute(sound);
  REQUIRE(expected);
  requireEqual(made->table, *expected);
}

TEST_CASE("a stretch is a sound of its own, and its highest band can be cut") {
  const Scratch scratch;
  const auto sound = sweep(kRate * 10);
  const auto path = write(scratch, sound);
  analysis::SoundTableOptions options;
  options.range = TimeRange{MediaTime::fromSeconds(2.5), MediaTime::fromSeconds(6.0)};
  const auto made = analysis::soundTable(path, options, {});
  REQUIRE(made);
  requireEqual(made->table, decibels({sound.begin() + kRate * 5 / 2, sound.begin() + kRate * 6}));

  options.highHz = 1000.0;
  const auto low = analysis::soundTable(path, options, {});
  REQUIRE(low);
  CHECK(low->table.columns == 129);  // bins of 7.8125 Hz from 0 to 1000
  CHECK(low->table.at(3, 128) == made->table.at(3, 128));
}

TEST_CASE("what cannot be a table is refused in one line") {
  const Scratch scratch;
  const auto path = write(scratch, sweep(300));
  analysis::SoundTableOptions options;
  options.kind = SoundTableKind::fbank;
  auto made = analysis::soundTable(path, options, {});
  REQUIRE_FALSE(made);
  CHECK(made.error().code == ErrorCode::corruptData);
  options = {};
  options.range = TimeRange{MediaTime::fromSeconds(5.0), MediaTime::fromSeconds(6.0)};
  made = analysis::soundTable(path, options, {});
  REQUIRE_FALSE(made);
  CHECK(made.error().code == ErrorCode::corruptData);
  CHECK(analysis::soundTable(scratch / "none.wav", {}, {}).error().code == ErrorCode::notFound);
}

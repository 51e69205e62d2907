// golden.fbank: the Kaldi filter bank, its option sets and the model inputs against recorded reference values.
// Every case is found by its name pattern, sizes come from the tensors.
#include <algorithm>
#include <cmath>
#include <regex>
#include <set>
#include <string>

#include "core/dsp/frontend.h"
#include "core/dsp/kaldi_fbank.h"
#include "tests/golden/fbank_compare.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace chladni;
using namespace chladni::dsp;
using chladni::test::FloatTensor;
using chladni::test::GoldenFile;
using chladni::test::requireClose;

namespace {

KaldiFbankOptions publishedOptions(int melBins, int rateHz) {
  KaldiFbankOptions options;
  options.rate = SampleRate(rateHz);
  options.window = WindowKind::hann;
  options.melBins = melBins;
  return options;
}

// The names of the option sets say what differs from the defaults, for example povey_96_30ms_15ms or energy_last_23.
KaldiFbankOptions optionsFromName(const std::string& caseName) {
  KaldiFbankOptions options;
  std::vector<std::string> words;
  std::size_t begin = 0;
  while (begin <= caseName.size()) {
    const std::size_t end = std::min(caseName.find('_', begin), caseName.size());
    words.push_back(caseName.substr(begin, end - begin));
    begin = end + 1;
  }
  const std::string& first = words.front();
  std::vector<int> milliseconds;
  std::vector<int> numbers;
  for (const std::string& word : words) {
    if (std::regex_match(word, std::regex("[0-9]+ms"))) milliseconds.push_back(std::stoi(word));
    if (std::regex_match(word, std::regex("[0-9]+"))) numbers.push_back(std::stoi(word));
  }
  if (const auto window = windowFromName(first)) options.window = *window;
  if (!milliseconds.empty()) options.frameLengthMs = milliseconds[0];
  if (milliseconds.size() > 1) options.frameShiftMs = milliseconds[1];
  if (first == "energy") {
    options.energy = words[1] == "first" ? EnergyColumn::first : EnergyColumn::last;
    options.rawEnergy = words[1] != "windowed";
  }
  if (first == "linear") options.useLog = false;
  if (first == "magnitude") options.usePower = false;
  if (first == "cms") options.subtractColumnMeans = true;
  if (first == "no") {
    if (words[1] == "snip") options.snipEdges = false;
    if (words[1] == "pow2") options.roundToPowerOfTwo = false;
    if (words[1] == "preemph") options.preemphasis = 0.0;
    if (words[1] == "dc") options.removeDc = false;
  }
  if (first == "band") {
    options.lowHz = numbers.at(0);
    options.highHz = numbers.at(1) - 8000.0;  // recorded with the edge given relative to Nyquist of 16 kHz
    options.melBins = numbers.at(2);
  } else {
    options.melBins = numbers.at(0);
  }
  return options;
}

AudioBuffer soundOf(const FloatTensor& wave, int rateHz) {
  AudioBuffer sound;
  sound.rate = SampleRate(rateHz);
  const std::int64_t samples = wave.shape.at(1);
  for (std::int64_t c = 0; c < wave.shape.at(0); ++c) {
    const auto begin = wave.values.begin() + c * samples;
    sound.channels.emplace_back(begin, begin + samples);
  }
  return sound;
}

FrontendSpec rawSpec(int melBins, int rateHz) {
  FrontendSpec spec;
  spec.rate = SampleRate(rateHz);
  spec.melBins = melBins;
  spec.targetFrames = 0;
  return spec;
}

Matrix rawFeatures(const FloatTensor& wave, int melBins, int rateHz) {
  const auto frontend = Frontend::create(rawSpec(melBins, rateHz));
  REQUIRE(frontend);
  auto features = frontend->features(frontend->mixDown(soundOf(wave, rateHz)));
  REQUIRE(features);
  return std::move(*features);
}

}  // namespace

TEST_CASE("filter bank of every recorded sound") {
  const GoldenFile file("fbank");
  int cases = 0;
  for (const std::string& name : file.names()) {
    std::smatch match;
    if (std::regex_match(name, match, std::regex("(.*)/fbank_(ast|native)(_([0-9]+))?"))) {
      INFO(name);
      const std::string group = match[1];
      const std::string rateText = match[4];
      const std::string waveName = group + "/wave" + (rateText.empty() ? "" : "_" + rateText);
      const int rate = rateText.empty() ? 16000 : std::stoi(rateText);
      const FloatTensor expected = file.floats(name);
      requireClose(rawFeatures(file.floats(waveName), static_cast<int>(expected.shape.at(1)), rate), expected,
                   {2e-3, 3e-2, -12.0});
      ++cases;
    }
  }
  CHECK(cases > 0);
}

TEST_CASE("option sets") {
  const GoldenFile file("fbank");
  if (!file.has("opt/wave")) return;
  const FloatTensor wave = file.floats("opt/wave");
  const std::span<const float> sound(wave.values.data(), static_cast<std::size_t>(wave.shape.at(1)));
  for (const std::string& name : file.names("opt/")) {
    if (name == "opt/wave") continue;
    INFO(name);
    const KaldiFbankOptions options = optionsFromName(name.substr(4));
    const auto bank = KaldiFbank::create(options);
    REQUIRE(bank);
    const auto features = bank->compute(sound);
    REQUIRE(features);
    requireClose(*features, file.floats(name), {2e-3, 3e-2, -12.0});
  }
}

TEST_CASE("model inputs") {
  const GoldenFile file("fbank");
  for (const std::string& name : file.names()) {
    std::smatch match;
    if (!std::regex_match(name, match, std::regex("(.*)/input_(cavmae|ast)_([0-9]+)"))) continue;
    INFO(name);
    const FloatTensor expected = file.floats(name);
    const FloatTensor wave = file.floats(std::string(match[1]) + "/wave");
    FrontendSpec spec;
    spec.melBins = static_cast<int>(expected.shape.at(1));
    spec.targetFrames = std::stoi(match[3]);
    if (match[2] == "cavmae") {
      spec.mean = -5.081F;
      spec.deviation = 4.4849F;
      spec.deviationFactor = 1.0F;
      spec.shortClip = ShortClip::constantFeatures;
    }
    const auto frontend = Frontend::create(spec);
    REQUIRE(frontend);
    const auto input = frontend->modelInput(soundOf(wave, 16000));
    REQUIRE(input);
    const double floor = (-12.0 - spec.mean) / (spec.deviationFactor * spec.deviation);
    requireClose(*input, expected, {1e-3, 1e-2, floor});
  }
}

TEST_CASE("a sound shorter than one window has no features") {
  const GoldenFile file("fbank");
  for (const std::string& name : file.names()) {
    if (!std::regex_match(name, std::regex("clip_[0-9]+ms/wave"))) continue;
    INFO(name);
    const FloatTensor wave = file.floats(name);
    const auto frontend = Frontend::create(rawSpec(128, 16000));
    REQUIRE(frontend);
    const auto input = frontend->modelInput(soundOf(wave, 16000));
    REQUIRE_FALSE(input);
    CHECK(input.error().code == ErrorCode::invalidArgument);
  }
}

TEST_CASE("windows and mel bands") {
  const GoldenFile file("fbank");
  for (const std::string& name : file.names("const/")) {
    INFO(name);
    std::smatch match;
    if (std::regex_match(name, match, std::regex("const/window_([a-z]+)_([0-9]+)"))) {
      const FloatTensor expected = file.floats(name);
      const auto kind = windowFromName(std::string(match[1]));
      REQUIRE(kind);
      const std::vector<float> window = makeWindow(*kind, std::stoi(match[2]), WindowSymmetry::symmetric);
      REQUIRE(window.size() == expected.values.size());
      for (std::size_t i = 0; i < window.size(); ++i) REQUIRE(std::abs(window[i] - expected.values[i]) <= 2e-6);
    }
    if (std::regex_match(name, match, std::regex("const/(melbank|empty_mel_rows)_([0-9]+)_([0-9]+)"))) {
      KaldiFbankOptions options = publishedOptions(std::stoi(match[2]), 16000);
      options.frameLengthMs = std::stoi(match[3]) / 16.0;
      const auto bank = KaldiFbank::create(options);
      REQUIRE(bank);
      REQUIRE(bank->fftSize() == std::stoi(match[3]));
      const Matrix weights = bank->melBank().weights();
      if (match[1] == "melbank") {
        const FloatTensor expected = file.floats(name);
        REQUIRE(weights.rows == expected.shape.at(0));
        double worst = 0.0;
        for (std::int64_t b = 0; b < weights.rows; ++b) {
          for (std::int64_t k = 0; k < expected.shape.at(1); ++k) {
            const float wanted = expected.values[static_cast<std::size_t>(b * expected.shape.at(1) + k)];
            worst = std::max(worst, static_cast<double>(std::abs(weights.at(b, k) - wanted)));
          }
        }
        CHECK(worst <= 2e-6);
      } else {
        std::vector<std::int64_t> empty;
        for (std::int64_t b = 0; b < weights.rows; ++b) {
          const auto row = weights.row(b);
          if (std::all_of(row.begin(), row.end(), [](float w) { return w == 0.0F; })) empty.push_back(b);
        }
        CHECK(empty == file.integers(name));
      }
    }
  }
}

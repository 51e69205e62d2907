// Recordings and what is asked of them: the scan against the samples, tiles against a direct transform, windows against
// the clock, and the inference thread under a flood, with a family that has no torch.
#include <cmath>
#include <condition_variable>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <mutex>
#include <numbers>

#include "core/analysis/classification.h"
#include "core/analysis/inference_service.h"
#include "core/analysis/recording.h"
#include "core/dsp/stft.h"
#include "core/media/wav_writer.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

namespace analysis = chladni::analysis;
namespace inference = chladni::inference;
using chladni::AudioBuffer;
using chladni::MediaTime;
using chladni::SampleRate;
using chladni::test::FakeFamily;
using chladni::test::FakeOptions;
using chladni::test::Scratch;

namespace {

constexpr int kRate = 16000;

// A sine that climbs a whole tone every second: every column differs from its neighbours.
std::vector<float> climbing(double seconds) {
  std::vector<float> wave(static_cast<std::size_t>(seconds * kRate));
  double phase = 0.0;
  for (std::size_t n = 0; n < wave.size(); ++n) {
    phase += 2.0 * std::numbers::pi * 200.0 * std::pow(2.0, std::floor(static_cast<double>(n) / kRate) / 6.0) / kRate;
    wave[n] = 0.5F * static_cast<float>(std::sin(phase));
  }
  return wave;
}

// Scratch media with a cache folder of its own, so that no test sees another's peaks.
struct Media {
  Scratch scratch;
  Media() { ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1); }
  std::filesystem::path write(const std::string& name, std::vector<std::vector<float>> channels) {
    AudioBuffer sound;
    sound.rate = SampleRate(kRate);
    sound.channels = std::move(channels);
    REQUIRE(chladni::media::writeWav(scratch / name, sound, chladni::media::WavFormat::float32));
    return scratch / name;
  }
};

std::shared_ptr<analysis::Recording> opened(const std::filesystem::path& path) {
  auto recording = analysis::Recording::open(path);
  REQUIRE(recording);
  return *recording;
}

std::shared_ptr<const inference::LoadedModel> fakeModel(const Scratch& scratch, FakeOptions options = {}) {
  static int count = 0;
  const auto spec = chladni::test::writeFakePackage(scratch / ("fake" + std::to_string(count++)), chladni::test::fakeSpec(8));
  auto model = FakeFamily(options).load(spec, {});
  REQUIRE(model);
  return *model;
}

}  // namespace

TEST_CASE("a scan finds the peaks and the exact length, and a second opening finds them in the cache") {
  Media media;
  auto wave = climbing(7.3);
  wave[12345] = 0.97F;
  auto right = wave;
  right[77] = -0.99F;
  const auto path = media.write("a.wav", {wave, right});
  for (const bool again : {false, true}) {
    INFO("again " << again);
    const auto recording = opened(path);
    if (!again) REQUIRE(recording->scan({}, {}));
    REQUIRE(recording->peaks().size() == 2);
    const auto left = recording->peaks()[0]->summarise(12345 - 100, 12345 + 100, 1);
    CHECK(left[0].max == Approx(0.97F));
    CHECK(recording->peaks()[1]->summarise(0, 200, 1)[0].min == Approx(-0.99F));
    CHECK(recording->durationSeconds() == Approx(7.3).margin(1e-6));
    CHECK(recording->peaks()[0]->finished());
  }
}

TEST_CASE("tiles of every level are the maximum of the columns they cover") {
  Media media;
  const auto wave = climbing(40.0);
  const auto recording = opened(media.write("a.wav", {wave}));
  REQUIRE(recording->scan({}, {}));
  analysis::SpectrogramSettings settings;
  chladni::dsp::StftOptions options;
  options.windowSamples = settings.windowSamples;
  options.hopSamples = settings.hopSamples;
  const auto stft = chladni::dsp::Stft::create(options);
  REQUIRE(stft);
  const chladni::Matrix power = stft->compute(wave);
  const auto tiles = recording->spectrogram(settings);
  REQUIRE(tiles);
  REQUIRE(tiles->levels() >= 3);
  for (int level = 0; level < tiles->levels() + 2; ++level) {
    const std::int64_t group = std::int64_t{1} << level;
    const auto tile = tiles->compute({level, 0}, {});
    REQUIRE(tile);
    CHECK_FALSE((*tile)->sampled);
    const std::int64_t expected = std::min<std::int64_t>(chladni::kTileColumns, (power.rows + group - 1) / group);
    REQUIRE((*tile)->values.rows == expected);
    for (const std::int64_t column : {std::int64_t{0}, expected / 2, expected - 1}) {
      for (const std::int64_t bin : {26, 40, 300}) {
        float most = 0.0F;
        for (std::int64_t c = column * group; c < std::min((column + 1) * group, power.rows); ++c)
          most = std::max(most, power.at(c, bin));
        const double decibel = 10.0 * std::log10(most / stft->fullScale() + 1e-14);
        INFO("level " << level << " column " << column << " bin " << bin);
        if (decibel > -80.0) CHECK((*tile)->values.at(column, bin) == Approx(decibel).margin(0.6));
      }
    }
  }
}

TEST_CASE("before the scan a coarse tile is a sample and says so") {
  Media media;
  const auto recording = opened(media.write("a.wav", {climbing(120.0)}));
  const auto tiles = recording->spectrogram({});
  const auto tile = tiles->compute({tiles->levels() - 1, 0}, {});
  REQUIRE(tile);
  CHECK((*tile)->sampled);
  CHECK((*tile)->values.rows > 0);
}

TEST_CASE("a first look that is held is not computed again, and the scan replaces it") {
  Media media;
  const auto recording = opened(media.write("a.wav", {climbing(120.0)}));
  const auto tiles = recording->spectrogram({});
  const chladni::TileKey whole{tiles->levels() - 1, 0};
  const auto first = tiles->compute(whole, {}), again = tiles->compute(whole, {});
  REQUIRE(first);
  REQUIRE(again);
  CHECK(*first == *again);
  REQUIRE(recording->scan({}, {}));
  const auto exact = tiles->compute(whole, {});
  REQUIRE(exact);
  CHECK_FALSE((*exact)->sampled);
}

TEST_CASE("a file that changes while open is refused, not misread") {
  Media media;
  const auto path = media.write("a.wav", {climbing(3.0)});
  const auto recording = opened(path);
  media.write("a.wav", {climbing(5.0)});
  const auto scanned = recording->scan({}, {});
  REQUIRE_FALSE(scanned);
  CHECK(scanned.error().message.find("changed") != std::string::npos);
}

TEST_CASE("windows start every hop while there is sound, and the classes are those of the sound") {
  Media media;
  std::vector<float> wave(static_cast<std::size_t>(4.5 * kRate));
  for (std::size_t n = 0; n < wave.size(); ++n)
    wave[n] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 2500.0 * static_cast<double>(n) / kRate));
  const auto recording = opened(media.write("a.wav", {wave}));
  const auto model = fakeModel(media.scratch);
  const auto prediction = analysis::classify(*recording, *model, {1.0, 0.5, {}, {}}, {}, {}, {});
  REQUIRE(prediction);
  const chladni::Prediction& p = **prediction;
  REQUIRE(p.windows.size() == 9);
  CHECK(p.windows[1].start == MediaTime::fromSeconds(0.5));
  CHECK(p.windows.back().end == MediaTime::fromSeconds(4.5));
  CHECK(p.scores.rows == 9);
  CHECK(chladni::topScores(p.clip, 1)[0].index == 2);  // floor(2 * 2500 / 16000 * 8)
  CHECK(p.secondsOfMedia == Approx(4.5));
}

TEST_CASE("a silent window names nothing and does not count for the clip") {
  Media media;
  std::vector<float> wave(static_cast<std::size_t>(4 * kRate));
  for (std::size_t n = 0; n < static_cast<std::size_t>(kRate); ++n)
    wave[n] = 0.5F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 2500.0 * static_cast<double>(n) / kRate));
  const auto model = fakeModel(media.scratch);
  const auto prediction = analysis::classify(*opened(media.write("a.wav", {wave})), *model, {1.0, 1.0, {}, {}}, {}, {}, {});
  REQUIRE(prediction);
  const chladni::Prediction& p = **prediction;
  REQUIRE(p.windows.size() == 4);
  CHECK(p.silent == std::vector<bool>{false, true, true, true});
  CHECK_FALSE(p.allSilent());
  for (const float score : p.scores.row(2)) CHECK(score == 0.0F);
  for (std::size_t i = 0; i < p.clip.size(); ++i) CHECK(p.clip[i] == p.scores.row(0)[i]);
  const auto nothing = analysis::classify(*opened(media.write("b.wav", {std::vector<float>(static_cast<std::size_t>(kRate))})), *model,
                                          {1.0, 1.0, {}, {}}, {}, {}, {});
  REQUIRE(nothing);
  CHECK((*nothing)->allSilent());
  for (const float score : (*nothing)->clip) CHECK(score == 0.0F);
}

TEST_CASE("a stopped classification is cancelled; a file without sound is refused") {
  Media media;
  const auto model = fakeModel(media.scratch, {std::chrono::milliseconds(50), 3, 2});
  const auto recording = opened(media.write("a.wav", {climbing(60.0)}));
  std::stop_source stop;
  const auto stopped = analysis::classify(
      *recording, *model, {1.0, 1.0, {}, {}}, {}, [&](const std::shared_ptr<const chladni::Prediction>&) { stop.request_stop(); },
      stop.get_token());
  REQUIRE_FALSE(stopped);
  CHECK(stopped.error().code == chladni::ErrorCode::cancelled);
}

namespace {

// Collects answers of an InferenceService until a number of them has come.
struct Answers {
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::uint64_t> attentions;
  std::vector<std::string> failures;

  analysis::ServiceCallbacks callbacks() {
    analysis::ServiceCallbacks tell;
    tell.attention = [this](std::uint64_t generation, const analysis::Attention& attention) {
      const std::lock_guard lock(mutex);
      if (attention.map && attention.input) attentions.push_back(generation);
      changed.notify_all();
    };
    tell.failed = [this](std::uint64_t, const chladni::Error& error) {
      const std::lock_guard lock(mutex);
      failures.push_back(error.describe());
      changed.notify_all();
    };
    return tell;
  }
};

}  // namespace

TEST_CASE("of a flood of requests the newest is answered, in order, and closing at any moment is safe") {
  Media media;
  chladni::test::writeFakePackage(media.scratch / "models/fake", chladni::test::fakeSpec(8));
  const auto recording = opened(media.write("a.wav", {climbing(20.0)}));
  auto registry = std::make_shared<inference::ModelRegistry>();
  registry->addFamily(std::make_unique<FakeFamily>());
  registry->addSearchFolder(media.scratch / "models");
  Answers answers;
  {
    analysis::InferenceService service(registry, {});
    std::uint64_t last = 0;
    for (int n = 0; n < 500; ++n)
      last = service.attend("view", recording, "fake", MediaTime::fromSeconds(n * 0.03), {}, answers.callbacks());
    std::unique_lock lock(answers.mutex);
    answers.changed.wait(lock, [&] { return !answers.attentions.empty() && answers.attentions.back() == last; });
    CHECK(std::is_sorted(answers.attentions.begin(), answers.attentions.end()));
    CHECK(answers.failures.empty());
    lock.unlock();
    service.classify("file", recording, "fake", {}, answers.callbacks());  // still running when the service goes
  }
}

TEST_CASE("a model that is not there is one clear failure") {
  Media media;
  const auto recording = opened(media.write("a.wav", {climbing(2.0)}));
  Answers answers;
  analysis::InferenceService service(std::make_shared<inference::ModelRegistry>(), {});
  service.classify("file", recording, "absent", {}, answers.callbacks());
  std::unique_lock lock(answers.mutex);
  answers.changed.wait(lock, [&] { return !answers.failures.empty(); });
  CHECK(answers.failures[0].find("absent") != std::string::npos);
}

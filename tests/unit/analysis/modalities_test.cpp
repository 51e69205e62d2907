// Features, localisation, reconstruction and retrieval over recordings, with models that have no torch and whose answers
// can be foretold: a feature of a window is its loudness.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <numbers>
#include <numeric>

#include "core/analysis/feature_reduction.h"
#include "core/analysis/features.h"
#include "core/analysis/localisation.h"
#include "core/analysis/model_clip.h"
#include "core/analysis/moment_spectrum.h"
#include "core/analysis/reconstruction.h"
#include "core/analysis/retrieval.h"
#include "core/base/atomic_file.h"
#include "core/media/wav_writer.h"
#include "core/reduction/pca.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using chladni::test::Scratch;

namespace {

constexpr int kRate = 8000;

double loudness(inference::Clip sound) {
  const double sum = std::transform_reduce(sound.begin(), sound.end(), 0.0, std::plus<>(), [](float x) { return std::abs(x); });
  return sound.empty() ? 0.0 : sum / static_cast<double>(sound.size());
}

// Hears at 8 kHz, one second at a time. The event of a segment is "loud" when its feature passes 0.25.
class LoudnessModel final : public inference::LoadedModel,
                            public inference::FeatureExtractor,
                            public inference::Localiser,
                            public inference::Reconstructor,
                            public inference::Embedder {
 public:
  LoudnessModel() {
    spec_.name = "loudness";
    spec_.family = "fake";
    spec_.classes = {"quiet", "loud"};
    spec_.frontend.rate = SampleRate(kRate);
    spec_.frontend.targetFrames = 98;
  }
  [[nodiscard]] const inference::ModelSpec& spec() const override { return spec_; }
  [[nodiscard]] std::string device() const override { return "cpu"; }
  [[nodiscard]] std::string precision() const override { return "fp32"; }
  [[nodiscard]] std::int64_t parameters() const override { return 0; }
  [[nodiscard]] const inference::FeatureExtractor* featureExtractor() const override { return this; }
  [[nodiscard]] const inference::Localiser* localiser() const override { return this; }
  [[nodiscard]] const inference::Reconstructor* reconstructor() const override { return this; }
  [[nodiscard]] const inference::Embedder* embedder() const override { return this; }

  [[nodiscard]] std::vector<inference::FeatureTap> taps() const override { return {{"loudness", {2}}}; }
  [[nodiscard]] double hopSeconds() const override { return 1.0; }
  [[nodiscard]] double windowSeconds() const override { return 1.0; }
  Result<inference::FeatureBlock> features(std::span<const inference::ModelInput> windows, const std::string&,
                                           std::stop_token) const override {
    inference::FeatureBlock block{static_cast<std::int64_t>(windows.size()), {2}, {}};
    for (const auto& window : windows) {
      block.values.push_back(static_cast<float>(loudness(window.sound)));
      block.values.push_back(static_cast<float>(window.sound.size()));
    }
    return block;
  }

  [[nodiscard]] inference::LocaliserNeeds needs() const override { return {"loudness", "", 2, {}, 4}; }
  Result<inference::Localisation> localise(const inference::FeatureBlock* sound, const inference::FeatureBlock*,
                                           std::stop_token) const override {
    inference::Localisation found;
    found.scores = Matrix(sound->rows, 2);
    stretches.push_back(sound->rows);
    for (std::int64_t row = 0; row < sound->rows; ++row)
      found.scores.row(row)[sound->values[static_cast<std::size_t>(row * 2)] > 0.25F ? 1 : 0] = 1.0F;
    return found;
  }

  [[nodiscard]] std::vector<std::string> modes() const override { return {"time"}; }
  Result<Reconstruction> reconstruct(const inference::ModelInput&, const inference::MaskRequest&, std::stop_token) const override {
    Reconstruction result;
    result.sound.grid = {1, 2, 0, 2, 3, 2, 3, 0.01};
    result.sound.mask = {0, 1};
    result.soundInput = Matrix(4, 3, 1.0F);
    result.soundPredicted = Matrix(4, 3, 3.0F);
    return result;
  }

  [[nodiscard]] bool embeds(inference::Modality modality) const override { return modality == inference::Modality::sound; }
  Result<Matrix> embed(std::span<const inference::ModelInput> inputs, inference::Modality, std::stop_token) const override {
    Matrix rows(static_cast<std::int64_t>(inputs.size()), 2);
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const double angle = loudness(inputs[i].sound) * 3.0;
      rows.row(static_cast<std::int64_t>(i))[0] = static_cast<float>(std::cos(angle));
      rows.row(static_cast<std::int64_t>(i))[1] = static_cast<float>(std::sin(angle));
    }
    return rows;
  }

  mutable std::vector<std::int64_t> stretches;  // how long the pieces were that it was given

 private:
  inference::ModelSpec spec_;
};

struct Media {
  Scratch scratch;
  Media() { ::setenv("XDG_CACHE_HOME", (scratch / "cache").c_str(), 1); }
  // One level for each second.
  std::filesystem::path write(const std::string& name, const std::vector<float>& levels, double lastSecond = 1.0) {
    AudioBuffer sound{SampleRate(kRate), MediaTime(), {std::vector<float>{}}};
    for (std::size_t s = 0; s < levels.size(); ++s) {
      const double length = s + 1 == levels.size() ? lastSecond : 1.0;
      sound.channels[0].insert(sound.channels[0].end(), static_cast<std::size_t>(length * kRate), levels[s]);
    }
    REQUIRE(media::writeWav(scratch / name, sound, media::WavFormat::float32));
    return scratch / name;
  }
  static std::shared_ptr<analysis::Recording> open(const std::filesystem::path& path) {
    auto recording = analysis::Recording::open(path);
    REQUIRE(recording);
    return *recording;
  }
};

}  // namespace

TEST_CASE("features have one row a second, filled up with silence") {
  Media media;
  const LoudnessModel model;
  const auto recording = media.open(media.write("a.wav", {0.1F, 0.5F, 0.3F, 0.2F}, 0.6));
  const auto all = analysis::allFeatures(*recording, model, {}, {}, {});
  REQUIRE(all);
  REQUIRE(all->rows == 4);
  const float expected[] = {0.1F, 0.5F, 0.3F, 0.2F * 0.6F};
  for (std::size_t row = 0; row < 4; ++row) {
    CHECK(all->values[row * 2] == Approx(expected[row]).margin(1e-3));
    CHECK(all->values[row * 2 + 1] == kRate);
  }
  const auto some = analysis::allFeatures(*recording, model, {"", 1, 2}, {}, {});
  REQUIRE(some);
  CHECK(some->values == std::vector<float>(all->values.begin() + 2, all->values.begin() + 6));
  std::stop_source stop;
  stop.request_stop();
  CHECK_FALSE(analysis::allFeatures(*recording, model, {}, {}, stop.get_token()));
}

TEST_CASE("more windows than are made at once give the same rows") {
  Media media;
  const LoudnessModel model;
  std::vector<float> levels(37);
  for (std::size_t i = 0; i < levels.size(); ++i) levels[i] = 0.02F * static_cast<float>(i);
  const auto recording = media.open(media.write("a.wav", levels));
  const auto all = analysis::allFeatures(*recording, model, {}, {}, {});
  REQUIRE(all);
  REQUIRE(all->rows == 37);
  for (std::size_t row = 0; row < levels.size(); ++row) CHECK(all->values[row * 2] == Approx(levels[row]).margin(1e-4));
}

TEST_CASE("localisation sees stretches of the trained length and names every second once") {
  Media media;
  const auto model = std::make_shared<LoudnessModel>();
  const std::vector<float> levels{0.1F, 0.1F, 0.4F, 0.4F, 0.4F, 0.1F, 0.4F, 0.1F, 0.1F, 0.4F};
  const auto recording = media.open(media.write("a.wav", levels));
  const auto backbones = analysis::loadBackbones(*model, [&](const std::string& name) {
    CHECK(name == "loudness");
    return Result<std::shared_ptr<const inference::LoadedModel>>(model);
  });
  REQUIRE(backbones);
  const auto found = analysis::localise(*recording, *model, *backbones, {}, {});
  REQUIRE(found);
  REQUIRE(found->scores.rows == 10);
  REQUIRE(found->segments.size() == 10);
  for (std::size_t s = 0; s < levels.size(); ++s) {
    CHECK(found->scores.at(static_cast<std::int64_t>(s), 1) == (levels[s] > 0.25F ? 1.0F : 0.0F));
    CHECK(found->segments[s].start.seconds() == Approx(static_cast<double>(s)));
  }
  CHECK(model->stretches == std::vector<std::int64_t>{4, 4, 4});
}

TEST_CASE("pasted keeps what was visible and paints what was hidden") {
  Media media;
  const LoudnessModel model;
  const auto recording = media.open(media.write("a.wav", {0.1F, 0.2F}));
  const auto clip = analysis::reconstruct(*recording, model, MediaTime::fromSeconds(1.0), {}, analysis::PatchStatistics::truth, {});
  REQUIRE(clip);
  const auto planes = analysis::soundPlanes(clip->result);
  for (std::int64_t column = 0; column < 4; ++column) {
    const bool hidden = column >= 2;
    for (std::int64_t bin = 0; bin < 3; ++bin) {
      CHECK(planes.pasted.at(column, bin) == (hidden ? 3.0F : 1.0F));
      CHECK(planes.error.at(column, bin) == (hidden ? 2.0F : 0.0F));
    }
  }
}

TEST_CASE("retrieval orders a folder by similarity and names what it could not use") {
  Media media;
  const LoudnessModel model;
  const auto query = media.write("query.wav", {0.3F});
  std::filesystem::create_directories(media.scratch / "library" / "below");
  media.write("library/far.wav", {0.9F});
  media.write("library/below/near.wav", {0.31F});
  media.write("library/middle.wav", {0.5F});
  CHECK(writeFileAtomically(media.scratch / "library" / "notes.txt", "no media"));
  const auto files = analysis::filesBelow(media.scratch / "library");
  REQUIRE(files);
  CHECK(files->size() == 4);
  const analysis::RetrievalOptions options{inference::Modality::sound, inference::Modality::sound, 2};
  const auto found = analysis::retrieve(query, *files, model, options, {}, {});
  REQUIRE(found);
  REQUIRE(found->hits.size() == 2);
  CHECK(found->hits[0].path.filename() == "near.wav");
  CHECK(found->hits[1].path.filename() == "middle.wav");
  CHECK(found->skipped.size() == 1);
  CHECK_FALSE(analysis::retrieve(query, *files, model, {}, {}, {}));  // sound to picture
}

TEST_CASE("reductions of features") {
  const Scratch scratch;
  std::vector<float> out;
  const auto sink = [&](std::span<const float> rows) -> Result<void> {
    out.insert(out.end(), rows.begin(), rows.end());
    return {};
  };
  const auto reduce = [&](const std::string& text, std::vector<std::int64_t> shape, const std::vector<float>& rows) {
    out.clear();
    auto parsed = analysis::FeatureReduction::parse(text);
    REQUIRE(parsed);
    auto reducer = analysis::FeatureReducer::create(*parsed, std::move(shape), scratch / "rows", sink);
    REQUIRE(reducer);
    REQUIRE(reducer->add(rows));
    REQUIRE(reducer->finish());
    return reducer->reducedShape();
  };
  CHECK(reduce("mean", {2, 3}, {1, 2, 3, 5, 6, 7}) == std::vector<std::int64_t>{3});
  CHECK(out == std::vector<float>{3, 4, 5});
  CHECK(reduce("mean:2", {1, 4}, {1, 3, 5, 9}) == std::vector<std::int64_t>{1, 2});
  CHECK(out == std::vector<float>{2, 7});
  CHECK(reduce("", {2}, {1, 2}) == std::vector<std::int64_t>{2});
  CHECK(out == std::vector<float>{1, 2});
  // Points on a line have one component that says where they are.
  CHECK(reduce("pca:1", {2}, {0, 0, 3, 4, 6, 8, 9, 12}) == std::vector<std::int64_t>{1});
  REQUIRE(out.size() == 4);
  CHECK(std::abs(out[3] - out[0]) == Approx(15.0).margin(1e-4));
  CHECK(std::abs(out[2] - out[1]) == Approx(5.0).margin(1e-4));
  CHECK_FALSE(std::filesystem::exists(scratch / "rows"));
  for (const std::string wrong : {"median", "pca", "pca:0", "pca:x", "mean:", "mean:-1", "pca:3 "})
    CHECK_FALSE(analysis::FeatureReduction::parse(wrong));
  CHECK_FALSE(analysis::FeatureReducer::create({analysis::FeatureReduction::Kind::meanOfChannels, 3}, {4}, scratch / "r", sink));
  CHECK_FALSE(analysis::FeatureReducer::create({analysis::FeatureReduction::Kind::pca, 5}, {4}, scratch / "r", sink));
}

TEST_CASE("the spectrum of a moment has its peak where the tone is") {
  Media media;
  AudioBuffer sound{SampleRate(kRate), MediaTime(), {std::vector<float>{}}};
  for (int n = 0; n < 2 * kRate; ++n) {
    const double hz = n < kRate ? 500.0 : 2000.0;
    sound.channels[0].push_back(static_cast<float>(0.5 * std::sin(2.0 * std::numbers::pi * hz * n / kRate)));
  }
  REQUIRE(media::writeWav(media.scratch / "tones.wav", sound, media::WavFormat::float32));
  const auto recording = media.open(media.scratch / "tones.wav");
  for (const auto& [at, hz] : {std::pair(0.5, 500.0), {1.5, 2000.0}}) {
    const auto spectrum = analysis::spectrumAt(*recording, MediaTime::fromSeconds(at), 4096, {});
    REQUIRE(spectrum);
    const auto peak = std::max_element(spectrum->decibels.begin(), spectrum->decibels.end()) - spectrum->decibels.begin();
    CHECK(spectrum->hertz[static_cast<std::size_t>(peak)] == Approx(hz).margin(kRate / 4096.0));
    CHECK(spectrum->decibels[static_cast<std::size_t>(peak)] == Approx(-6.0).margin(0.5));
  }
  CHECK_FALSE(analysis::spectrumAt(*recording, MediaTime::fromSeconds(60.0), 4096, {}));
}

TEST_CASE("frames are asked for in the middle, spread, or so many a second") {
  const TimeRange span{MediaTime::fromSeconds(2.0), MediaTime::fromSeconds(6.0)};
  PictureSpec picture;
  REQUIRE(analysis::frameTimes(picture, span).size() == 1);
  CHECK(analysis::frameTimes(picture, span)[0].seconds() == Approx(4.0));
  picture.framesPerClip = 4;
  const auto spread = analysis::frameTimes(picture, span);
  REQUIRE(spread.size() == 4);
  CHECK(spread[0].seconds() == Approx(2.5));
  CHECK(spread[3].seconds() == Approx(5.5));
  picture.framesPerSecond = 16.0;
  CHECK(analysis::frameTimes(picture, span).size() == 64);
}

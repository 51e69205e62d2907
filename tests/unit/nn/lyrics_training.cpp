// A tiny model of sound and lyrics that learns in seconds: hidden words and sound are guessed better than before, it is
// resumed to the same bits, becomes a classifier that hears, reads or does both.
#include <fstream>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/inference/model_package.h"
#include "models/lyrics_mae/lyrics_course.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/support/training_course.h"

namespace chladni::test::lyrics_training {

using namespace models::lyrics_mae;

constexpr std::int64_t kFrames = 64, kBins = 32, kTokens = 8;
const char* const kWords = "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nsun\nmoon\nriver\nstone\nwind\nfire\n";

// Songs of two moods: a low line and words of one half of the vocabulary, or a high one and words of the other.
class Songs final : public training::Examples {
 public:
  Songs(std::int64_t count, std::uint64_t seed, bool classes, bool mixed = false) : count_(count), seed_(seed), mixed_(mixed) {
    if (classes) fields_.push_back({"target", {2}});
  }
  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return count_; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "song " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override {
    auto random = Random::forItem(seed_, static_cast<std::uint64_t>(draw.item));
    for (const auto& table : values) std::fill(table.begin(), table.end(), 0.0F);
    const bool high = draw.item % 2 == 1;
    const bool hears = !mixed_ || draw.item % 3 != 1, reads = !mixed_ || draw.item % 3 != 2;
    const auto place = (high ? kBins / 2 : 0) + random.below(kBins / 2 - 4);
    for (std::int64_t n = 0; n < kFrames * kBins && hears; ++n) values[0][static_cast<std::size_t>(n)] = n % kBins >= place && n % kBins < place + 4 ? 1.5F : -0.5F;
    for (std::int64_t n = 0; n < kTokens && reads; ++n)
      values[1][static_cast<std::size_t>(n)] = static_cast<float>(n == 0 ? 2 : n == kTokens - 1 ? 3 : (high ? 8 : 5) + random.below(3));
    values[2][0] = hears ? 1.0F : 0.0F;
    values[2][1] = reads ? 1.0F : 0.0F;
    if (fields_.size() > 3) values[3][high ? 1 : 0] = 1.0F;
    return {};
  }

 private:
  std::int64_t count_;
  std::uint64_t seed_;
  bool mixed_;
  std::vector<training::ExampleField> fields_{{"sound", {kFrames, kBins}}, {"words", {kTokens}}, {"has", {2}}};
};

std::filesystem::path wordsIn(const Scratch& folder) {
  const auto file = folder / "words.txt";
  std::ofstream(file) << kWords;
  return file;
}

training::Recipe small(const training::TrainingFamily& family, const std::filesystem::path& vocabulary) {
  training::Recipe recipe;
  recipe.family = family.family();
  recipe.task = family.task();
  recipe.data = "made up";
  recipe.variant = "lyrics-mae-cav-mae-losses";
  recipe.vocabulary = vocabulary.string();
  recipe.tokens = kTokens;
  recipe.depth = recipe.textDepth = recipe.unifiedDepth = recipe.decoderDepth = 1;
  recipe.width = 32;
  recipe.heads = 2;
  recipe.decoderWidth = 32;
  recipe.decoderHeads = 2;
  recipe.pixelNorm = false;
  recipe.maskRatio = 0.5;
  recipe.textWeight = recipe.reconstructionWeight = 1.0;
  recipe.contrastiveWeight = 0.1;
  recipe.rate = 1.5e-3;
  recipe.batch = 8;
  recipe.epochs = 120;
  recipe.warmupSteps = 5;
  recipe.threads = recipe.loaders = 1;
  recipe.select = "last";
  return recipe;
}

Course courseOf(const Songs& train, const training::Examples* held) {
  Course course;
  course.train = &train;
  course.held = held;
  course.frontend.melBins = kBins;
  course.frontend.targetFrames = kFrames;
  return course;
}

std::shared_ptr<const inference::LoadedModel> loaded(const std::filesystem::path& folder, LyricsTask task) {
  auto spec = inference::readModelPackage(folder);
  if (!spec) FAIL(spec.error().describe());
  REQUIRE(inference::verifyModelPackage(*spec));
  auto model = LyricsFamily(task).load(*spec, {"cpu", inference::Precision::fp32});
  if (!model) FAIL(model.error().describe());
  return *model;
}

TEST_CASE("lyrics training: hidden sound and words are guessed, and a classifier starts from it") {
  const Scratch folder;
  const LyricsTraining painter(LyricsTask::autoencoder), classifier(LyricsTask::classifier);
  const Songs train(64, 1, false), held(24, 2, false);
  auto recipe = small(painter, wordsIn(folder));
  const auto outcome = learn(painter, recipe, folder / "painter", courseOf(train, &held));
  REQUIRE(outcome.done);
  CHECK(outcome.parts == std::vector<std::string>{"contrastive", "contrastive_accuracy", "sound", "text"});
  // Three words are equally likely in each mood and the specials are certain: ln 3 for six of eight; ln 11 for who knows nothing.
  CHECK(outcome.figure("text") < 1.5);
  CHECK(outcome.figure("sound") < 0.3);  // the mean picture has 0.4375
  CHECK(loaded(folder / "painter", LyricsTask::autoencoder)->reconstructor() != nullptr);

  const Songs songs(72, 3, true, /*mixed=*/true), heldSongs(36, 4, true, true);
  auto finetune = small(classifier, {});
  finetune.vocabulary.clear();
  finetune.epochs = 8;
  auto course = courseOf(songs, &heldSongs);
  course.classes = {"low", "high"};
  course.start = folder / "painter";
  const auto taught = learn(classifier, finetune, folder / "classifier", course);
  REQUIRE(taught.done);
  CHECK(taught.figure("accuracy") > 0.85);  // a third of them without lyrics, a third without sound
  const auto model = loaded(folder / "classifier", LyricsTask::classifier);
  REQUIRE(model->classifier() != nullptr);
  CHECK(model->embedder() != nullptr);
  inference::ModelInput words;
  words.lyrics = "stone wind fire stone fire wind";  // as long as those that it has read: no padding
  const auto logits = model->classifier()->logitsOf(std::vector{words}, {});
  REQUIRE(logits);
  CHECK(logits->row(0)[1] > logits->row(0)[0]);
}

TEST_CASE("lyrics training: stopped and resumed gives the same weights, bit for bit, in the thesis's losses too") {
  const Scratch folder;
  const LyricsTraining painter(LyricsTask::autoencoder);
  const Songs train(20, 5, false);
  auto recipe = small(painter, wordsIn(folder));
  recipe.variant = "lyrics-mae";
  recipe.textWeight = 1000.0;
  recipe.optimiser = "adam";
  recipe.weightDecay = 5e-7;
  recipe.epochs = 3;
  recipe.reportEvery = 1;
  REQUIRE(learn(painter, recipe, folder / "whole", courseOf(train, nullptr)).done);
  CHECK(learnInParts(painter, recipe, folder / "parts", courseOf(train, nullptr), 2) == 3);
  CHECK(sumOf(folder / "parts" / "weights.safetensors") == sumOf(folder / "whole" / "weights.safetensors"));
}

TEST_CASE("lyrics training: what cannot be read or does not fit is refused in one line") {
  const Scratch folder;
  const LyricsTraining painter(LyricsTask::autoencoder);
  const Songs train(16, 6, false);
  const auto refusal = [&](const char* name, const training::Recipe& recipe) {
    const auto outcome = learn(painter, recipe, folder / name, courseOf(train, nullptr));
    REQUIRE_FALSE(outcome.done);
    return outcome.done.error().describe();
  };
  CHECK(refusal("a", small(painter, {})).find("vocabulary: missing") != std::string::npos);
  CHECK(refusal("b", small(painter, folder / "none.txt")).find("none.txt") != std::string::npos);
  auto recipe = small(painter, wordsIn(folder));
  recipe.variant = "dualmae";
  CHECK(refusal("c", recipe).find("lyrics-mae-cav-mae-losses") != std::string::npos);
}

}  // namespace chladni::test::lyrics_training

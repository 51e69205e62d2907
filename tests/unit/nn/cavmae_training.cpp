// A tiny CAV-MAE that learns in seconds from made-up clips: it must paint better than the mean of what it sees, resume to
// the same bits, use clips of one modality, and pass what it learned on to a classifier.
#include <fstream>
#include <future>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/inference/model_package.h"
#include "models/cavmae/cavmae_family.h"
#include "models/cavmae/cavmae_training.h"
#include "tests/support/catch.h"
#include "tests/support/port.h"
#include "tests/support/scratch.h"
#include "tests/support/training_course.h"

namespace chladni::test::cavmae_training {

using namespace models::cavmae;

constexpr std::int64_t kFrames = 32, kBins = 16, kSide = 16, kPatch = 4;

// A tone whose pitch is the height of a square: a line through the spectrogram, a bright box in the picture.
class Tones final : public training::Examples {
 public:
  enum class Kind { both, mixed };
  explicit Tones(std::int64_t count, bool heldOut, Kind kind = Kind::both, std::int64_t classes = 0)
      : count_(count), heldOut_(heldOut), kind_(kind),
        fields_{{"sound", {kFrames, kBins}}, {"picture", {3, kSide, kSide}}, {"has", {2}}} {
    if (classes > 0) fields_.push_back({"target", {classes}});
  }
  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return count_; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "tone " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override {
    auto random = Random::forItem(heldOut_ ? 99 : 1, static_cast<std::uint64_t>(draw.item));
    for (const auto& table : values) std::fill(table.begin(), table.end(), 0.0F);
    const auto pitch = random.below(kBins / 4);
    const bool hears = kind_ == Kind::both || draw.item % 3 != 1, sees = kind_ == Kind::both || draw.item % 3 != 2;
    for (std::int64_t t = 0; t < kFrames; ++t)
      for (std::int64_t b = 0; b < kBins; ++b)
        if (hears) values[0][static_cast<std::size_t>(t * kBins + b)] = b / 4 == pitch ? 2.0F : -0.5F;
    for (std::int64_t c = 0; c < 3; ++c)
      for (std::int64_t y = 0; y < kSide; ++y)
        for (std::int64_t x = 0; x < kSide; ++x)
          if (sees) values[1][static_cast<std::size_t>((c * kSide + y) * kSide + x)] = y / 4 == pitch ? 1.5F : -1.0F;
    values[2][0] = hears ? 1.0F : 0.0F;
    values[2][1] = sees ? 1.0F : 0.0F;
    if (fields_.size() > 3) values[3][static_cast<std::size_t>(pitch / 2)] = 1.0F;
    return {};
  }

 private:
  std::int64_t count_;
  bool heldOut_;
  Kind kind_;
  std::vector<training::ExampleField> fields_;
};

training::Recipe recipeFor(const training::TrainingFamily& family) {
  training::Recipe recipe;
  recipe.family = family.family();
  recipe.task = family.task();
  recipe.data = "made up";
  recipe.depth = recipe.unifiedDepth = recipe.decoderDepth = 1;
  recipe.width = recipe.decoderWidth = 32;
  recipe.heads = recipe.decoderHeads = 2;
  recipe.pixelNorm = false;
  recipe.maskRatio = 0.75;
  recipe.reconstructionWeight = 1.0;
  recipe.batch = 8;
  recipe.epochs = 6;
  recipe.rate = 4e-3;
  recipe.beta2 = 0.98;
  recipe.warmupSteps = 10;
  recipe.threads = recipe.loaders = 1;
  recipe.select = "last";
  return recipe;
}

FrontendSpec frontend() {
  FrontendSpec spec;
  spec.melBins = kBins;
  spec.targetFrames = kFrames;
  spec.picture = PictureSpec{};
  spec.picture->size = kSide;
  return spec;
}

TEST_CASE("cavmae training: a tiny painter beats the mean and the nearest patch, and says its parts") {
  const Scratch folder;
  const CavmaePretraining family;
  auto recipe = recipeFor(family);
  recipe.patch = kPatch;
  recipe.epochs = 30;
  const Tones train(96, false), held(24, true);
  const auto outcome = learn(family, recipe, folder / "run", {&train, &held, false, 0, {}, {}, frontend()});
  REQUIRE(outcome.done);
  CHECK(outcome.parts == std::vector<std::string>{"contrastive", "contrastive_accuracy", "mae_audio", "mae_visual"});
  CHECK(outcome.figure("sound_error") < 0.8 * outcome.figure("sound_mean_patch_error"));
  CHECK(outcome.figure("picture_error") < 0.8 * outcome.figure("picture_mean_patch_error"));
  CHECK(outcome.figure("sound_error") < outcome.figure("sound_nearest_patch_error"));
  CHECK(outcome.figure("picture_db") > outcome.figure("picture_mean_patch_db"));

  auto spec = inference::readModelPackage(folder / "run");
  REQUIRE(spec);
  CHECK(spec->family == "cavmae-pretrain");
  auto model = CavmaeFamily(Task::pretrain).load(*spec, {});
  REQUIRE(model);
  CHECK((*model)->reconstructor() != nullptr);

  // The same three held-out examples, once as they are and as seen, and after each epoch as painted.
  const auto pictures = folder / "run" / "paintings";
  for (const char* name : {"sound", "picture"})
    for (const char* example : {"-1-", "-3-"})
      for (const char* kind : {"true.png", "hidden.png"}) CHECK(std::filesystem::exists(pictures / (std::string(name) + example + kind)));
  std::int64_t steps = 0;
  for (const auto& entry : std::filesystem::directory_iterator(pictures)) steps += entry.path().filename().string().starts_with("sound-1-step-") ? 1 : 0;
  CHECK(steps == 30);
  CHECK_FALSE(std::filesystem::exists(pictures / "sound-4-true.png"));
}

TEST_CASE("cavmae training: stopped and resumed gives the same weights, bit for bit") {
  const Scratch folder;
  const CavmaePretraining family;
  auto recipe = recipeFor(family);
  recipe.patch = kPatch;
  recipe.epochs = 2;
  recipe.ema = 0.9;
  recipe.accumulate = 2;
  recipe.optimiser = "muon";
  recipe.reportEvery = 1;
  recipe.dropLast = false;
  const Tones train(50, false, Tones::Kind::mixed), held(9, true);
  REQUIRE(learn(family, recipe, folder / "whole", {&train, &held, false, 0, {}, {}, frontend()}).done);
  CHECK(learnInParts(family, recipe, folder / "parts", {&train, &held, false, 0, {}, {}, frontend()}, 2) > 2);
  CHECK(sumOf(folder / "parts" / "weights.safetensors") == sumOf(folder / "whole" / "weights.safetensors"));
}

#ifdef CHLADNI_HAS_C10D
TEST_CASE("cavmae training: two processes see the masks and negatives of one, some of them without a single pair") {
  const Scratch folder;
  const CavmaePretraining family;
  auto recipe = recipeFor(family);
  recipe.patch = kPatch;
  recipe.epochs = 1;
  const Tones train(48, false, Tones::Kind::mixed), held(9, true);
  // Both begin with these weights; threads of one process would mix their draws.
  REQUIRE(learn(family, recipe, folder / "start", {&train, nullptr, false, 0, {}, {}, frontend()}).done);
  recipe.batch = 4;
  recipe.epochs = 2;
  recipe.reportEvery = 1;
  recipe.contrastiveWeight = 0.5;
  recipe.optimiser = "adam";
  recipe.rate = 1e-3;
  recipe.recompute = true;
  const auto one = learn(family, recipe, folder / "one", {&train, &held, false, 0, {}, folder / "start", frontend()});
  REQUIRE(one.done);
  const auto port = test::freePort();
  const auto asProcess = [&](std::int64_t rank) {
    return learn(family, recipe, folder / "two", {&train, &held, false, 0, {}, folder / "start", frontend(), false, {rank, 2, rank, "127.0.0.1", port, false, {}}});
  };
  auto second = std::async(std::launch::async, [&] { return asProcess(1); });
  const auto first = asProcess(0);
  REQUIRE(first.done);
  REQUIRE(second.get().done);
  REQUIRE(first.losses.size() == one.losses.size());
  for (std::size_t n = 0; n < one.losses.size(); ++n) CHECK(first.losses[n] == Approx(one.losses[n]).epsilon(2e-4).margin(1e-6));
  CHECK(first.figure("loss") == Approx(one.figure("loss")).epsilon(1e-4));
}
#endif

TEST_CASE("cavmae training: clips of one modality are learned from, and a classifier starts from a painter") {
  const Scratch folder;
  const CavmaePretraining painter;
  auto recipe = recipeFor(painter);
  recipe.patch = kPatch;
  recipe.epochs = 3;
  const Tones some(48, false, Tones::Kind::mixed);
  REQUIRE(learn(painter, recipe, folder / "painter", {&some, nullptr, false, 0, {}, {}, frontend()}).done);

  const CavmaeClassifierTraining family;
  auto finetune = recipeFor(family);
  finetune.epochs = 8;
  finetune.headFactor = 2.0;
  const Tones train(96, false, Tones::Kind::mixed, 2), held(24, true, Tones::Kind::mixed, 2);
  const std::vector<std::string> classes{"low", "high"};
  const auto outcome = learn(family, finetune, folder / "classifier", {&train, &held, false, 0, classes, folder / "painter", frontend()});
  REQUIRE(outcome.done);
  CHECK(outcome.figure("accuracy") > 0.9);
  auto spec = inference::readModelPackage(folder / "classifier");
  REQUIRE(spec);
  CHECK(spec->family == "cavmae-classify");
  CHECK(spec->classes == classes);
  auto model = CavmaeFamily(Task::classify).load(*spec, {});
  REQUIRE(model);
  CHECK((*model)->classifier() != nullptr);

  // A classifier has no decoder, so it is no start for a painter.
  const auto refused = learn(painter, recipe, folder / "refused", {&some, nullptr, false, 0, {}, folder / "classifier", frontend()});
  REQUIRE_FALSE(refused.done);
  CHECK(refused.done.error().message.find("no decoder") != std::string::npos);
}

TEST_CASE("cavmae training: a recipe that makes no net is refused with the name of the field") {
  const Scratch folder;
  const CavmaePretraining family;
  auto recipe = recipeFor(family);
  recipe.patch = 5;
  const Tones train(8, false);
  const auto refused = learn(family, recipe, folder / "run", {&train, nullptr, false, 0, {}, {}, frontend()});
  REQUIRE_FALSE(refused.done);
  CHECK(refused.done.error().message.find("patch") != std::string::npos);
  recipe.patch = kPatch;
  recipe.variant = "dualmae";
  const auto unknown = learn(family, recipe, folder / "other", {&train, nullptr, false, 0, {}, {}, frontend()});
  REQUIRE_FALSE(unknown.done);
  CHECK(unknown.done.error().message.find("dualmae-as-run") != std::string::npos);
}

}  // namespace chladni::test::cavmae_training

// A small bag of codes that learns in seconds: its auto-encoders, codebooks and head in one run; resumed to the same bits
// at any stage; stopped early it still leaves a package; and what cannot be taught is refused.
#include <numbers>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/dsp/frontend_presets.h"
#include "core/inference/model_package.h"
#include "models/bag_of_codes/bag_course.h"
#include "models/bag_of_codes/bag_family.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/support/training_course.h"

namespace chladni::test::bag_training {

using namespace models::bag;

// Seconds as the front end makes them: steady lines, beats, or a sweep, at a random height and phase.
class Seconds final : public training::Examples {
 public:
  Seconds(std::int64_t count, std::uint64_t seed) : count_(count), seed_(seed) {}
  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return count_; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "second " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override {
    auto random = Random::forItem(seed_, static_cast<std::uint64_t>(draw.item));
    const auto kind = draw.item % 3;
    const auto height = random.below(80), phase = random.below(20);
    for (std::int64_t t = 0; t < 100; ++t)
      for (std::int64_t b = 0; b < 96; ++b) {
        const auto line = kind == 2 ? (height + t / 2) % 96 : height;
        const bool on = kind == 1 ? (t + phase) % 20 < 5 : std::abs(b - line) < 4;
        values[0][static_cast<std::size_t>(t * 96 + b)] = (on ? 1.5F : -1.0F) + 0.1F * static_cast<float>(random.normal());
      }
    std::fill(values[1].begin(), values[1].end(), 0.0F);
    values[1][static_cast<std::size_t>(kind)] = 1.0F;
    return {};
  }

 private:
  std::int64_t count_;
  std::uint64_t seed_;
  std::vector<training::ExampleField> fields_{{"input", {100, 96}}, {"target", {3}}};
};

const std::vector<std::string> kClasses{"line", "beat", "sweep"};

training::Recipe small() {
  training::Recipe recipe;
  recipe.family = "bag-of-codes";
  recipe.data = "made up";
  recipe.hidden = 24;
  recipe.clusters = 12;
  recipe.headHidden = 16;
  recipe.codebookSeconds = 40;
  recipe.dropout = 0.1;
  recipe.headDropout = 0.1;
  recipe.codeMasking = 0.1;
  recipe.loss = "cross-entropy";
  recipe.optimiser = "adam";
  recipe.weightDecay = 0.0;
  recipe.rate = 4e-3;
  recipe.batch = 12;
  recipe.epochs = 16;
  recipe.threads = recipe.loaders = 1;
  return recipe;
}

Course courseOf(const Seconds& train, const training::Examples* held) {
  Course course;
  course.train = &train;
  course.held = held;
  course.classes = kClasses;
  course.frontend = *dsp::frontendPreset("bag-of-codes-s");
  return course;
}

std::shared_ptr<const inference::LoadedModel> loaded(const std::filesystem::path& folder) {
  auto spec = inference::readModelPackage(folder);
  if (!spec) FAIL(spec.error().describe());
  REQUIRE(inference::verifyModelPackage(*spec));
  auto model = BagOfCodesFamily().load(*spec, {"cpu", inference::Precision::fp32});
  if (!model) FAIL(model.error().describe());
  return *model;
}

TEST_CASE("bag training: coders, codebooks and head in one run tell three kinds of seconds apart") {
  const Scratch folder;
  const BagCourse family;
  const Seconds train(96, 1), held(30, 2);
  auto recipe = small();
  for (const std::string loss : {"cross-entropy", "huber"}) {
    recipe.loss = loss;
    const auto outcome = learn(family, recipe, folder / loss, courseOf(train, &held));
    REQUIRE(outcome.done);
    CHECK(outcome.parts == std::vector<std::string>{"class"});
    REQUIRE(outcome.notes.size() == 1);  // the codebooks were made once
    CHECK(outcome.figure("accuracy") > 0.8);
    const auto model = loaded(folder / loss);
    CHECK(model->spec().multiLabel == (loss == "huber"));
    CHECK(model->spec().classes == kClasses);
    CHECK(model->classifier() != nullptr);
    CHECK(model->reconstructor() != nullptr);
  }
  // The figure told is the package's own: words counted by the loaded model give the same classes.
  const auto model = loaded(folder / "cross-entropy");
  std::vector<float> sound(16000);
  for (std::size_t n = 0; n < sound.size(); ++n) sound[n] = 0.2F * static_cast<float>(std::sin(2.0 * std::numbers::pi * 700.0 * static_cast<double>(n) / 16000.0));
  const std::vector<inference::ModelInput> inputs{inference::ModelInput(sound)};
  const auto logits = model->classifier()->logitsOf(inputs, {});
  REQUIRE(logits);
  CHECK(logits->row(0)[0] > logits->row(0)[1]);  // a steady tone is rather a line than a beat
}

TEST_CASE("bag training: stopped and resumed in every stage gives the same weights and words, bit for bit") {
  const Scratch folder;
  const BagCourse family;
  const Seconds train(30, 3), held(9, 4);
  auto recipe = small();
  recipe.epochs = 6;
  recipe.reportEvery = 1;
  recipe.dropLast = false;
  recipe.select = "last";
  const auto course = courseOf(train, &held);
  REQUIRE(learn(family, recipe, folder / "whole", course).done);
  CHECK(learnInParts(family, recipe, folder / "parts", course, 4) == 5);
  for (const char* file : {"weights.safetensors", "codebook.safetensors"}) CHECK(sumOf(folder / "parts" / file) == sumOf(folder / "whole" / file));
}

TEST_CASE("bag training: stopped before the head learns it leaves a package that paints, and says so") {
  const Scratch folder;
  const Seconds train(48, 5);
  auto recipe = small();
  recipe.reportEvery = 1;
  auto course = courseOf(train, nullptr);
  course.stopAfter = 3;
  const auto outcome = learn(BagCourse(), recipe, folder / "run", course);
  REQUIRE(outcome.done);
  CHECK(outcome.stopped);
  CHECK(outcome.parts == std::vector<std::string>{"env", "fenv", "pat", "whole"});
  REQUIRE(outcome.notes.size() == 1);
  CHECK(outcome.notes[0].find("classes mean nothing yet") != std::string::npos);
  CHECK(loaded(folder / "run")->reconstructor() != nullptr);
}

TEST_CASE("bag training: what makes no codebook is refused in one line") {
  const Scratch folder;
  const Seconds train(24, 6);
  const auto refusal = [&](const char* name, const training::Recipe& recipe, Course course) {
    const auto outcome = learn(BagCourse(), recipe, folder / name, course);
    REQUIRE_FALSE(outcome.done);
    return outcome.done.error().describe();
  };
  auto recipe = small();
  recipe.ema = 0.9;
  CHECK(refusal("ema", recipe, courseOf(train, nullptr)).find("codebook belongs to weights") != std::string::npos);
  recipe = small();
  recipe.codebookSeconds = 2;  // fewer whole pictures than words
  CHECK(refusal("few", recipe, courseOf(train, nullptr)).find("codebook_seconds") != std::string::npos);
  recipe = small();
  auto start = courseOf(train, nullptr);
  start.start = folder / "none";
  CHECK(refusal("start", recipe, start).find("starts from nothing") != std::string::npos);
}

}  // namespace chladni::test::bag_training

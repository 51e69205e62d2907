// A tiny ASiT that learns in seconds: it paints better than nothing after pre-training, is resumed to the same bits with its
// teacher, and becomes a classifier of clips of another length; starts that do not fit are refused.
#include <torch/types.h>

#include "core/base/random.h"
#include "core/inference/model_package.h"
#include "models/asit/asit_family.h"
#include "models/asit/asit_finetuning.h"
#include "models/asit/asit_training.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/support/training_course.h"

namespace chladni::test::asit_training {

using namespace models::asit;

constexpr std::int64_t kBins = 32;

// A line across time, or beats across frequency, at a random place, drawn into [frames, kBins].
void drawLine(std::span<float> table, std::int64_t frames, bool beats, Random& random) {
  const auto place = random.below(kBins - 4), phase = random.below(16);
  for (std::int64_t t = 0; t < frames; ++t)
    for (std::int64_t b = 0; b < kBins; ++b) {
      const bool on = beats ? (t + phase) % 16 < 4 : b >= place && b < place + 4;
      table[static_cast<std::size_t>(t * kBins + b)] = (on ? 1.0F : -0.5F) + 0.1F * static_cast<float>(random.normal());
    }
}

class Lines final : public training::Examples {
 public:
  enum class Kind { views, classes };
  Lines(Kind kind, std::int64_t count, std::int64_t frames, std::uint64_t seed) : count_(count), frames_(frames), seed_(seed) {
    if (kind == Kind::views) fields_ = {{"views", {2, frames, kBins}}};
    else fields_ = {{"input", {frames, kBins}}, {"target", {2}}};
  }
  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return count_; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "line " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override {
    auto random = Random::forItem(seed_, static_cast<std::uint64_t>(draw.item));
    const bool beats = draw.item % 2 == 1;
    const auto one = static_cast<std::size_t>(frames_ * kBins);
    drawLine(values[0].first(one), frames_, beats, random);
    if (fields_.size() == 1) {
      std::copy_n(values[0].begin(), one, values[0].begin() + static_cast<std::ptrdiff_t>(one));
      return {};
    }
    values[1][0] = beats ? 0.0F : 1.0F;
    values[1][1] = beats ? 1.0F : 0.0F;
    return {};
  }

 private:
  std::int64_t count_, frames_;
  std::uint64_t seed_;
  std::vector<training::ExampleField> fields_;
};

FrontendSpec frontendOf(std::int64_t frames) {
  FrontendSpec spec;
  spec.melBins = kBins;
  spec.targetFrames = frames;
  return spec;
}

training::Recipe small(const training::TrainingFamily& family) {
  training::Recipe recipe;
  recipe.family = family.family();
  recipe.task = family.task();
  recipe.data = "made up";
  recipe.depth = 2;
  recipe.width = 32;
  recipe.heads = 2;
  recipe.projectionHidden = 24;
  recipe.projectionOutputs = 32;
  recipe.rate = 3e-3;
  recipe.weightDecay = 0.02;
  recipe.batch = 8;
  recipe.epochs = 6;
  recipe.warmupSteps = 5;
  recipe.threads = recipe.loaders = 1;
  recipe.select = "last";
  return recipe;
}

Course courseOf(const Lines& train, const training::Examples* held, std::int64_t frames) {
  Course course;
  course.train = &train;
  course.held = held;
  course.frontend = frontendOf(frames);
  return course;
}

std::shared_ptr<const inference::LoadedModel> loaded(const std::filesystem::path& folder) {
  auto spec = inference::readModelPackage(folder);
  if (!spec) FAIL(spec.error().describe());
  REQUIRE(inference::verifyModelPackage(*spec));
  auto model = AsitFamily().load(*spec, {"cpu", inference::Precision::fp32});
  if (!model) FAIL(model.error().describe());
  return *model;
}

TEST_CASE("asit training: what was pre-trained paints, and becomes a classifier of longer clips") {
  const Scratch folder;
  const AsitPretrainingFamily painter;
  const Lines views(Lines::Kind::views, 64, 64, 1), heldViews(Lines::Kind::views, 16, 64, 2);
  auto recipe = small(painter);
  recipe.epochs = 1;
  recipe.rate = 1e-6;
  const auto untaught = learn(painter, recipe, folder / "untaught", courseOf(views, &heldViews, 64));
  REQUIRE(untaught.done);
  recipe = small(painter);
  recipe.epochs = 20;
  recipe.teacherMomentum = 0.9;  // so few steps would leave the usual teacher where it began
  const auto taught = learn(painter, recipe, folder / "painter", courseOf(views, &heldViews, 64));
  REQUIRE(taught.done);
  CHECK(taught.figure("reconstruction_loss") < 0.75 * untaught.figure("reconstruction_loss"));
  CHECK(loaded(folder / "painter")->reconstructor() != nullptr);

  const AsitClassifierTraining family;
  const Lines train(Lines::Kind::classes, 96, 96, 3), held(Lines::Kind::classes, 40, 96, 4);
  auto course = courseOf(train, &held, 96);
  course.classes = {"line", "beats"};
  course.start = folder / "painter";
  auto finetune = small(family);
  finetune.epochs = 16;
  finetune.dropPath = 0.1;
  finetune.dtype = "fp16";
  const auto outcome = learn(family, finetune, folder / "classifier", course);
  REQUIRE(outcome.done);
  CHECK(outcome.figure("accuracy") > 0.9);
  REQUIRE(outcome.notes.size() == 3);
  CHECK(outcome.notes[1].find("from 4 to 6 columns") != std::string::npos);
  const auto model = loaded(folder / "classifier");
  CHECK(model->classifier() != nullptr);
  CHECK(model->reconstructor() == nullptr);
  CHECK(model->spec().classes == course.classes);
  CHECK(model->spec().weights.dtype == "fp16");
  // The same classes again: the head stays, so the rate of nothing keeps what was known.
  auto again = finetune;
  again.epochs = 1;
  again.rate = 1e-9;
  course.start = folder / "classifier";
  const auto kept = learn(family, again, folder / "again", course);
  REQUIRE(kept.done);
  CHECK(kept.figure("accuracy") > 0.9);
}

TEST_CASE("asit training: stopped and resumed gives the same student, teacher and classifier, bit for bit") {
  const Scratch folder;
  const AsitPretrainingFamily painter;
  const Lines views(Lines::Kind::views, 20, 64, 5);
  auto recipe = small(painter);
  recipe.epochs = 3;
  recipe.reportEvery = 1;
  recipe.dropPath = 0.1;
  REQUIRE(learn(painter, recipe, folder / "whole", courseOf(views, nullptr, 64)).done);
  CHECK(learnInParts(painter, recipe, folder / "parts", courseOf(views, nullptr, 64), 2) == 3);
  CHECK(sumOf(folder / "parts" / "weights.safetensors") == sumOf(folder / "whole" / "weights.safetensors"));

  const AsitClassifierTraining family;
  const Lines train(Lines::Kind::classes, 24, 64, 6);
  auto course = courseOf(train, nullptr, 64);
  course.classes = {"line", "beats"};
  course.start = folder / "whole";
  auto finetune = small(family);
  finetune.epochs = 2;
  finetune.reportEvery = 1;
  finetune.ema = 0.9;
  finetune.layerDecay = 0.8;
  REQUIRE(learn(family, finetune, folder / "one", course).done);
  CHECK(learnInParts(family, finetune, folder / "many", course, 2) == 3);
  CHECK(sumOf(folder / "many" / "weights.safetensors") == sumOf(folder / "one" / "weights.safetensors"));
}

TEST_CASE("asit training: the teacher follows slowly, and what does not fit is refused") {
  const Scratch folder;
  const AsitPretrainingFamily painter;
  const Lines views(Lines::Kind::views, 16, 64, 7);
  auto recipe = small(painter);
  recipe.epochs = 2;
  // A teacher that never moves stays at its start, whatever the student learned.
  recipe.teacherMomentum = 1.0;
  REQUIRE(learn(painter, recipe, folder / "still", courseOf(views, nullptr, 64)).done);
  recipe.epochs = 1;
  REQUIRE(learn(painter, recipe, folder / "still2", courseOf(views, nullptr, 64)).done);
  recipe.teacherMomentum = 0.5;
  REQUIRE(learn(painter, recipe, folder / "moving", courseOf(views, nullptr, 64)).done);
  const auto backbone = [&](const char* run) {
    auto file = inference::readModelWeights(*inference::readModelPackage(folder / run));
    REQUIRE(file);
    for (const auto& tensor : file->tensors)
      if (tensor.name == "backbone.blocks.0.attn.qkv.weight") return tensor.bytes;
    FAIL("no backbone");
    return std::vector<std::byte>();
  };
  const bool stood = backbone("still") == backbone("still2"), moved = backbone("moving") != backbone("still");
  CHECK(stood);
  CHECK(moved);

  const AsitClassifierTraining family;
  const Lines train(Lines::Kind::classes, 16, 64, 8);
  auto course = courseOf(train, nullptr, 64);
  course.classes = {"line", "beats"};
  course.start = folder / "nothing";
  CHECK_FALSE(learn(family, small(family), folder / "a", course).done);
  auto wrong = small(family);
  wrong.patch = 5;
  course.start.clear();
  const auto refused = learn(family, wrong, folder / "b", course);
  REQUIRE_FALSE(refused.done);
  CHECK(refused.done.error().message.find("patch") != std::string::npos);
}

}  // namespace chladni::test::asit_training

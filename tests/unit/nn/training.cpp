// The training loop with a net of two layers on made-up numbers: what a family need not think about.
#include <cmath>
#include <fstream>
#include <limits>
#include <thread>

#include <torch/types.h>

#include "core/base/atomic_file.h"
#include "core/base/random.h"
#include "core/nn/adam_kernel.h"
#include "core/nn/blocks.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_batches.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_loop.h"
#include "core/nn/train_optimiser.h"
#include "core/serial/safetensors.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/nn/toy.h"

namespace chladni::test::training_loop {

TEST_CASE("training: the loop learns, measures and says so") {
  const Scratch folder;
  const Points train(120), held(41);
  Toy toy;
  auto recipe = toyRecipe();
  recipe.epochs = 8;
  const auto outcome = learn(toy, recipe, folder / "run", {&train, &held, false, {}, {}});
  requireDone(outcome);
  CHECK(outcome.named("start").size() == 1);
  CHECK(outcome.named("step").size() == 160);
  const auto epochs = outcome.named("epoch");
  REQUIRE(epochs.size() == 8);
  CHECK(*epochs.back().find("best")->number() > 0.9);
  CHECK(toy.evaluations == 8);
  CHECK(outcome.named("done").size() == 1);
  CHECK(std::filesystem::exists(folder / "run" / "weights.safetensors"));
}

TEST_CASE("training: a stop in the middle and a resume change no bit, dropout and plateau included") {
  const Scratch folder;
  const Points train(50), held(10);
  auto recipe = toyRecipe();
  recipe.schedule = "plateau";
  recipe.patience = 0;
  recipe.ema = 0.9;
  recipe.accumulate = 3;
  recipe.dropLast = false;
  Toy whole;
  whole.dropout = 0.3;
  requireDone(learn(whole, recipe, folder / "whole", {&train, &held, false, {}, {}}));
  Course course{&train, &held, false, {}, {}};
  course.meanwhile = [](const serial::JsonValue& event, training::TrainControl& control) {
    if (*event.find("event")->string() == "step" && *event.find("step")->integer() % 4 == 1) REQUIRE(control.obey("stop"));
  };
  for (int part = 0; part < 10; ++part) {
    Toy toy;
    toy.dropout = 0.3;
    const auto outcome = learn(toy, recipe, folder / "parts", course);
    requireDone(outcome);
    course.resume = true;
    if (*outcome.named("done").front().find("stopped")->boolean()) continue;
    CHECK(part >= 2);
    CHECK(sameValues(toy, whole));
    return;
  }
  FAIL("never finished");
}

TEST_CASE("training: accumulated batches are one batch") {
  const Scratch folder;
  const Points train(48);
  auto recipe = toyRecipe();
  recipe.batch = 12;
  recipe.optimiser = "adam";
  Toy once;
  requireDone(learn(once, recipe, folder / "once", {&train, nullptr, false, {}, {}}));
  recipe.batch = 4;
  recipe.accumulate = 3;
  Toy often;
  requireDone(learn(often, recipe, folder / "often", {&train, nullptr, false, {}, {}}));
  const auto left = once.values(), right = often.values();
  for (std::size_t n = 0; n < left.size(); ++n) CHECK(at::allclose(left[n], right[n], 1e-4, 1e-5));
}

TEST_CASE("training: a sample that is not a number is named and passed over, too many end the run") {
  const Scratch folder;
  const Points train(30, 17);
  auto recipe = toyRecipe();
  Toy toy;
  const auto outcome = learn(toy, recipe, folder / "run", {&train, nullptr, false, {}, {}});
  requireDone(outcome);
  const auto warnings = outcome.named("warning");
  REQUIRE(warnings.size() == 4);
  CHECK(warnings.front().find("message")->string()->find("sample point 17, layer input") != std::string::npos);
  for (const auto& value : toy.values()) CHECK(nn::allFinite(value));
  recipe.badBatches = 0;
  Toy strict;
  const auto ended = learn(strict, recipe, folder / "strict", {&train, nullptr, false, {}, {}});
  REQUIRE_FALSE(ended.done);
  CHECK(ended.done.error().message.find("point 17") != std::string::npos);
  Toy broken;
  broken.net->base->weight.data().index_put_({0, 0}, std::numeric_limits<float>::infinity());
  const Points sound(30);
  const auto blamed = learn(broken, recipe, folder / "broken", {&sound, nullptr, false, {}, {}});
  REQUIRE_FALSE(blamed.done);
  CHECK(blamed.done.error().message.find("parameter base.weight") != std::string::npos);
}

TEST_CASE("training: a full disk pauses the run until there is room") {
  const Scratch folder;
  const Points train(30);
  std::atomic<int> asked = 0;
  Course course{&train, nullptr, false, {}, {}};
  course.options.freeBytes = [&](const auto&) { return ++asked == 2 ? std::uintmax_t{5'000} : std::uintmax_t{1} << 40; };
  course.meanwhile = [](const serial::JsonValue& event, training::TrainControl& control) {
    // Any word ends the wait for the disk early.
    if (*event.find("event")->string() == "paused") REQUIRE(control.obey("resume"));
  };
  Toy toy;
  const auto outcome = learn(toy, toyRecipe(), folder / "run", course);
  requireDone(outcome);
  const auto pauses = outcome.named("paused");
  REQUIRE(pauses.size() == 1);
  CHECK(pauses.front().find("message")->string()->find("the disk is full: 0 MB free, 1 MB needed") != std::string::npos);
  CHECK(outcome.named("resumed").size() == 1);
}

TEST_CASE("training: pause holds the run at a checkpoint until resume") {
  const Scratch folder;
  const Points train(30);
  std::jthread other;
  Course course{&train, nullptr, false, {}, {}};
  course.meanwhile = [&](const serial::JsonValue& event, training::TrainControl& control) {
    const auto name = *event.find("event")->string();
    if (name == "step" && *event.find("step")->integer() == 3) REQUIRE(control.obey("pause"));
    if (name == "paused")
      other = std::jthread([&control] {
        std::this_thread::sleep_for(std::chrono::milliseconds(30));
        (void)control.obey("{\"command\":\"resume\"}").has_value();
      });
  };
  Toy toy;
  const auto outcome = learn(toy, toyRecipe(), folder / "run", course);
  requireDone(outcome);
  CHECK(outcome.named("paused").size() == 1);
  CHECK(outcome.named("resumed").size() == 1);
  CHECK(outcome.named("step").size() == 20);
}

TEST_CASE("training: no progress ends the run early, the best weights become the model") {
  const Scratch folder;
  const Points train(60), held(20);
  auto recipe = toyRecipe();
  recipe.epochs = 50;
  recipe.rate = 3.0;  // soon worse than it was
  recipe.earlyStop = 2;
  recipe.select = "best";
  Toy toy;
  const auto outcome = learn(toy, recipe, folder / "run", {&train, &held, false, {}, {}});
  requireDone(outcome);
  CHECK(outcome.named("epoch").size() < 50);
  const auto done = outcome.named("done").front();
  CHECK(*done.find("validation")->find("accuracy")->number() == *done.find("best")->number());
  auto queue = std::make_shared<nn::BatchQueue>(held, nn::BatchPlan{20, 1, 0, false, false, false});
  bool given = false;
  auto figures = toy.evaluate([&]() -> Result<std::optional<TrainBatch>> {
    if (given) return std::optional<TrainBatch>();
    given = true;
    auto batch = queue->next();
    return std::optional<TrainBatch>(std::move(*batch));
  });
  REQUIRE(figures);
  CHECK(figures->main == Approx(*done.find("best")->number()));
}

TEST_CASE("training: the mean of epochs is the mean of their weights") {
  const Scratch folder;
  const Points train(30);
  auto recipe = toyRecipe();
  recipe.averageFrom = 2;
  recipe.averageTo = 3;
  Toy averaged;
  requireDone(learn(averaged, recipe, folder / "mean", {&train, nullptr, false, {}, {}}));
  recipe.averageFrom = recipe.averageTo = 0;
  std::vector<std::vector<at::Tensor>> ends;
  for (const std::int64_t epochs : {2, 3}) {
    recipe.epochs = epochs;
    Toy toy;
    requireDone(learn(toy, recipe, folder / ("e" + std::to_string(epochs)), {&train, nullptr, false, {}, {}}));
    ends.push_back(toy.values());
  }
  const auto found = averaged.values();
  for (std::size_t n = 0; n < found.size(); ++n) CHECK(at::allclose(found[n], (ends[0][n] + ends[1][n]) / 2.0, 1e-5, 1e-6));
}

TEST_CASE("training: groups learn at their rates, a frozen base not at all") {
  const auto movedBy = [](training::Recipe recipe) {
    Toy toy;
    nn::Optimiser optimiser(toy, recipe);
    const auto before = toy.values();
    for (auto& parameter : toy.net->parameters())
      if (parameter.requires_grad()) parameter.mutable_grad() = torch::ones_like(parameter);
    (void)optimiser.gradients();
    optimiser.step(0.01, recipe.weightDecay);
    std::map<std::string, double> moved;
    std::size_t n = 0;
    for (const auto& item : toy.net->named_parameters()) moved[item.key()] = (item.value().detach() - before[n++]).abs().max().item<double>();
    return moved;
  };
  auto recipe = toyRecipe();
  recipe.weightDecay = 0.0;
  recipe.headFactor = 10.0;
  recipe.layerDecay = 0.5;
  auto moved = movedBy(recipe);
  CHECK(moved["head.weight"] == Approx(0.1).epsilon(1e-3));
  CHECK(moved["base.weight"] == Approx(0.005).epsilon(1e-3));
  recipe.freezeBase = true;
  moved = movedBy(recipe);
  CHECK(moved["base.weight"] == 0.0);
  CHECK(moved["head.bias"] > 0.0);
}

TEST_CASE("training: where a no is less certain it counts less, and a yes is untouched") {
  torch::manual_seed(4);
  const auto logits = torch::randn({2, 3}).set_requires_grad(true);
  const auto target = torch::tensor({{1.0F, 0.0F, 0.0F}, {0.0F, 1.0F, 1.0F}});
  const auto gradient = [&](const nn::ClassifierLoss& loss, const at::Tensor& certainty) {
    logits.mutable_grad() = at::Tensor();
    nn::lossesOf({logits}, target, loss, certainty).total.backward();
    return logits.grad().clone();
  };
  nn::ClassifierLoss both, binary;
  both.strongest = true;
  binary.binary = true;
  const auto sure = torch::ones({2, 3});
  const auto unsure = torch::tensor({{1.0F, 0.25F, 1.0F}, {1.0F, 1.0F, 1.0F}});
  CHECK(at::allclose(gradient(both, {}), gradient(both, sure)));
  const auto plain = gradient(binary, sure), weighed = gradient(binary, unsure);
  CHECK(at::allclose(weighed[0][1], 0.25 * plain[0][1]));
  CHECK(at::allclose(weighed[0][0], plain[0][0]));
  CHECK(at::allclose(weighed[1], plain[1]));
  // A quarter of the odds among rivals: the doubted class is pushed down less, the others more.
  const auto rivals = gradient(both, unsure) - weighed * 3.0, before = gradient(both, sure) - plain * 3.0;
  CHECK(rivals[0][1].item<double>() < before[0][1].item<double>());
  CHECK(rivals[0][2].item<double>() > before[0][2].item<double>());
  CHECK(at::allclose(rivals[1], before[1], 1e-4, 1e-6));
}

TEST_CASE("training: one pass of Adam equals the formula in double precision") {
  constexpr std::int64_t kCount = 37;
  Random random(5);
  std::vector<float> value(kCount), first(kCount), second(kCount), gradient(kCount);
  std::vector<double> v(kCount), m(kCount, 0.0), s(kCount, 0.0);
  for (std::size_t n = 0; n < kCount; ++n) v[n] = value[n] = static_cast<float>(random.normal());
  for (int t = 1; t <= 5; ++t) {
    nn::AdamStep step;
    step.rate = 0.01F;
    step.decay = 0.1F;
    step.penalty = 0.02F;
    step.scale = 0.5F;
    step.beta1 = 0.95F;
    step.correction1 = static_cast<float>(1.0 - std::pow(0.95, t));
    step.correction2 = static_cast<float>(std::sqrt(1.0 - std::pow(0.999, t)));
    for (std::size_t n = 0; n < kCount; ++n) {
      gradient[n] = static_cast<float>(random.normal());
      const double g = 0.5 * gradient[n] + 0.02 * v[n];
      m[n] = 0.95 * m[n] + 0.05 * g;
      s[n] = 0.999 * s[n] + 0.001 * g * g;
      v[n] = v[n] * (1.0 - 0.01 * 0.1) - 0.01 * (m[n] / (1.0 - std::pow(0.95, t))) / (std::sqrt(s[n] / (1.0 - std::pow(0.999, t))) + 1e-8);
    }
    nn::adamStep(step, value.data(), gradient.data(), first.data(), second.data(), kCount);
  }
  for (std::size_t n = 0; n < kCount; ++n) CHECK(value[n] == Approx(v[n]).margin(2e-5));
}

TEST_CASE("training: batches do not depend on the threads that make them") {
  const Points points(23);
  nn::BatchQueue one(points, {5, 1, 9, true, true, false}), three(points, {5, 3, 9, true, true, false}), later(points, {5, 2, 9, true, true, false}, 7);
  for (int n = 0; n < 12; ++n) {
    auto a = one.next(), b = three.next();
    REQUIRE((a && b));
    CHECK(a->items == b->items);
    CHECK(at::equal(a->at("input"), b->at("input")));
    CHECK(a->size() == (n % 5 == 4 ? 3 : 5));
    if (n < 7) continue;
    auto c = later.next();
    REQUIRE(c);
    CHECK(a->items == c->items);
  }
}

}  // namespace chladni::test::training_loop

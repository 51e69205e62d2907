// A net of two layers that learns made-up points, for tests of what happens around a family.
#pragma once

#include <limits>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/nn/blocks.h"
#include "core/nn/mask_modes.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_loop.h"
#include "core/serial/safetensors.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test::training_loop {

using nn::TrainBatch;

// Points of two clouds; item `poisoned` is not a number.
class Points final : public training::Examples {
 public:
  explicit Points(std::int64_t count, std::int64_t poisoned = -1) : count_(count), poisoned_(poisoned) {}
  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return count_; }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return "point " + std::to_string(item); }
  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override {
    auto random = Random::forItem(7, static_cast<std::uint64_t>(draw.item));
    const bool second = draw.item % 2 == 1;
    for (auto& value : values[0]) value = static_cast<float>(random.normal() + (second ? 1.0 : -1.0));
    if (draw.item == poisoned_) values[0][1] = std::numeric_limits<float>::quiet_NaN();
    values[1][0] = second ? 0.0F : 1.0F;
    values[1][1] = second ? 1.0F : 0.0F;
    return {};
  }

 private:
  std::vector<training::ExampleField> fields_{{"input", {4}}, {"target", {2}}};
  std::int64_t count_, poisoned_;
};

struct ToyNet : torch::nn::Module {
  ToyNet() {
    base = register_module("base", std::make_shared<nn::Linear>(4, 8));
    head = register_module("head", std::make_shared<nn::Linear>(8, 2));
    at::NoGradGuard guard;
    // Not from the generator of all threads: some tests run a process in each.
    const auto generator = nn::seededGenerator(3);
    for (auto& parameter : parameters()) parameter.copy_(0.3 * at::randn(parameter.sizes(), generator));
  }
  std::shared_ptr<nn::Linear> base, head;
};

class Toy final : public nn::Trainable {
 public:
  Toy() { torch::manual_seed(3), net = std::make_shared<ToyNet>(); }
  torch::nn::Module& module() override { return *net; }
  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    return {name.starts_with("head") ? 0 : 1, name.starts_with("head"), parameter.dim() >= 2, name.starts_with("base")};
  }
  nn::TrainLosses losses(const TrainBatch& batch, const training::TrainPlace&) override {
    auto hidden = net->base->forward(batch.at("input")).tanh();
    if (net->is_training() && dropout > 0.0) hidden = torch::dropout(hidden, dropout, true);
    return nn::lossesOf({net->head->forward(hidden)}, batch.at("target"), {});
  }
  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    ++evaluations;
    return nn::classifierFigures(batches, [&](const TrainBatch& batch) { return net->head->forward(net->base->forward(batch.at("input")).tanh()); }, {}, false);
  }
  std::string firstNotFinite(const TrainBatch& batch) override {
    return nn::allFinite(net->base->forward(batch.at("input"))) ? "head" : "base";
  }
  Result<void> writeModel(const std::filesystem::path& folder, const std::string&) override {
    return serial::writeSafetensors(folder / "weights.safetensors", {nn::weightsOf(*net, DType::f32), {}});
  }
  [[nodiscard]] std::vector<at::Tensor> values() const {
    std::vector<at::Tensor> all;
    for (const auto& parameter : net->parameters()) all.push_back(parameter.detach().clone());
    return all;
  }
  std::shared_ptr<ToyNet> net;
  double dropout = 0.0;
  int evaluations = 0;
};

inline training::Recipe toyRecipe() {
  training::Recipe recipe;
  recipe.data = "made up";
  recipe.batch = 6;
  recipe.epochs = 4;
  recipe.rate = 0.01;
  recipe.threads = 1;
  recipe.schedule = "constant";
  recipe.select = "last";
  recipe.reportEvery = 1;
  return recipe;
}

struct Outcome {
  Result<void> done;
  std::vector<serial::JsonValue> events;
  [[nodiscard]] std::vector<serial::JsonValue> named(const std::string& name) const {
    std::vector<serial::JsonValue> found;
    for (const auto& event : events)
      if (*event.find("event")->string() == name) found.push_back(event);
    return found;
  }
};

struct Course {
  const training::Examples* train = nullptr;
  const training::Examples* held = nullptr;
  bool resume = false;
  std::function<void(const serial::JsonValue&, training::TrainControl&)> meanwhile;
  nn::LoopOptions options;
};

inline Result<std::unique_ptr<training::RunFolder>> openRun(const std::filesystem::path& folder, const training::Recipe& recipe, bool resume, bool leads) {
  if (resume) return leads ? training::RunFolder::reopen(folder, {}) : training::RunFolder::followAgain(folder, {});
  if (!leads) return training::RunFolder::follow(folder, recipe);
  return training::RunFolder::create(folder, recipe);
}

inline Outcome learn(Toy& toy, const training::Recipe& recipe, const std::filesystem::path& folder, const Course& course,
                     const training::ProcessPlace& place = {}) {
  auto run = openRun(folder, recipe, course.resume, place.leads());
  if (!run) FAIL(run.error().describe());
  training::TrainControl control;
  Outcome outcome;
  training::TrainingJob job;
  job.run = run->get();
  job.train = course.train;
  job.held = course.held;
  job.classes = {"a", "b"};
  job.control = &control;
  job.resume = course.resume;
  job.place = place;
  job.say = [&](const serial::JsonValue& event) {
    (*run)->append(event);
    outcome.events.push_back(event);
    if (course.meanwhile) course.meanwhile(event, control);
  };
  outcome.done = nn::runTraining(toy, job, course.options);
  return outcome;
}

inline bool sameValues(const Toy& a, const Toy& b) {
  const auto left = a.values(), right = b.values();
  for (std::size_t n = 0; n < left.size(); ++n)
    if (!at::equal(left[n], right[n])) return false;
  return true;
}

inline void requireDone(const Outcome& outcome) {
  if (!outcome.done) FAIL(outcome.done.error().describe());
}

}  // namespace chladni::test::training_loop

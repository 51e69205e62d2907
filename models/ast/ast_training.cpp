#include "models/ast/ast_training.h"

#include <algorithm>
#include <optional>

#include <torch/types.h>

#include "core/nn/device.h"
#include "core/nn/package_writer.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/translate.h"
#include "models/ast/ast_start.h"
#include "models/ast/ast_training_form.h"

namespace chladni::models::ast {
namespace {

using training::TrainingJob;

AstConfig configFor(const TrainingJob& job, const std::optional<AstStartWeights>& start) {
  const auto& recipe = job.recipe();
  AstConfig config;
  if (start) {
    config = start->config;
  } else {
    config.depth = recipe.depth;
    config.width = recipe.width;
    config.heads = recipe.heads;
    config.strideFrequency = config.strideTime = recipe.stride;
  }
  if (recipe.stem > 0 && config.stemChannels == 0) config.stemChannels = recipe.stem;
  const auto& shape = job.train->fields().front().shape;
  config.frames = shape[0];
  config.bins = shape[1];
  config.classes = static_cast<std::int64_t>(job.classes.size());
  return config;
}

// The number of block `name` belongs to, or nothing.
std::optional<std::int64_t> blockOf(const std::string& name) {
  const auto at = name.find(".blocks.");
  if (at == std::string::npos) return std::nullopt;
  return std::stoll(name.substr(at + 8));
}

class AstTrainable final : public nn::Trainable {
 public:
  AstTrainable(const TrainingJob& job, const AstConfig& config, std::optional<AstStartWeights> start)
      : job_(job), loss_(nn::classifierLoss(job.recipe(), job.multiLabel)), start_(std::move(start)),
        form_(std::make_shared<TrainingForm>(config, TrainingFormOptions{job.recipe().patchout, job.recipe().dropPath, job.recipe().auxiliaryLoss > 0.0})) {}

  Result<void> begin() {
    if (!start_) return startFromNothing(*form_->net, *job_.train, static_cast<std::uint64_t>(job_.recipe().seed));
    return nn::tellStart(job_, startFromPackage(*form_->net, *start_, job_.classes));
  }

  [[nodiscard]] torch::nn::Module& module() override { return *form_; }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    nn::ParameterRole role;
    // The study's Adam knows one group only.
    role.decays = job_.recipe().optimiser == "adam" || (parameter.dim() >= 2 && name.ends_with("weight"));
    role.head = name.starts_with("net.mlp_head.") || name.starts_with("patch_");
    const auto depth = form_->net->config().depth;
    if (const auto block = blockOf(name)) {
      role.layersAbove = depth - *block;
      role.blockMatrix = true;
    } else if (!role.head && !name.starts_with("net.v.norm.")) {
      role.layersAbove = depth + 1;
    }
    return role;
  }

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace&) override {
    const auto certainty = batch.fields.find("certainty");
    return nn::lossesOf(form_->forward(batch.at("input")), batch.at("target"), loss_, certainty != batch.fields.end() ? certainty->second : at::Tensor());
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    return nn::classifierFigures(batches, [this](const nn::TrainBatch& batch) { return form_->forward(batch.at("input")).front(); },
                                 loss_, job_.multiLabel);
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    std::string first;
    nn::Tap tap;
    tap.stream = [&](std::string_view place, std::int64_t layer, const at::Tensor& tokens) {
      if (!first.empty() || nn::allFinite(tokens)) return;
      first = place == "block" ? "v.blocks." + std::to_string(layer) : place == "patch" ? "v.patch_embed" : "v." + std::string(place);
    };
    const auto logits = form_->forward(batch.at("input"), &tap);
    if (first.empty() && !nn::allFinite(logits.front())) first = "mlp_head";
    return first;
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    const auto spec = specOf(folder, metricsJson);
    auto written = nn::writePackage(spec, *form_->net, cardText(spec));
    return written ? Result<void>() : fail(written.error());
  }

 private:
  // Those of the start, unless none of its classes is left.
  [[nodiscard]] std::vector<std::string> tasksOf(const training::Recipe& recipe) const {
    if (recipe.source == "instruments") return {"instruments"};
    const auto isKept = [&](const std::string& name) { return start_ && std::count(start_->spec.classes.begin(), start_->spec.classes.end(), name) > 0; };
    return std::any_of(job_.classes.begin(), job_.classes.end(), isKept) ? start_->spec.tasks : std::vector<std::string>{"audio-events"};
  }

  [[nodiscard]] inference::ModelSpec specOf(const std::filesystem::path& folder, const std::string& metricsJson) const {
    const auto& recipe = job_.recipe();
    auto spec = nn::trainedSpec(job_, "ast", folder, metricsJson, start_ ? &start_->spec : nullptr);
    spec.tasks = tasksOf(recipe);
    spec.multiLabel = job_.multiLabel;
    spec.architecture = toArchitecture(form_->net->config());
    spec.classes = job_.classes;
    return spec;
  }

  static std::string cardText(const inference::ModelSpec& spec) {
    return "# " + spec.title + "\n\nAn Audio Spectrogram Transformer for " + std::to_string(spec.classes.size()) + " classes, " +
           spec.source + ".\n\n## Data\n\n" + spec.data + "\n\n## Figures\n\n" + spec.metricsJson +
           "\n\nMeasured on the held-out part named in data_report.json. The recipe is config.json.\n";
  }

  const TrainingJob& job_;
  const nn::ClassifierLoss loss_;
  std::optional<AstStartWeights> start_;
  std::shared_ptr<TrainingForm> form_;
};

Result<void> trainAst(const TrainingJob& job) {
  std::optional<AstStartWeights> start;
  if (!job.start.empty()) {
    auto read = readStart(job.start);
    if (!read) return fail(read.error());
    start = std::move(*read);
  }
  const auto config = configFor(job, start);
  if (auto ok = check(config); !ok) return fail(ok.error());
  nn::prepareToLearn(job);
  AstTrainable trainable(job, config, std::move(start));
  if (auto begun = trainable.begin(); !begun) return begun;
  return nn::runTraining(trainable, job);
}

}  // namespace

Result<void> AstClassifierTraining::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return trainAst(job); });
}

}  // namespace chladni::models::ast

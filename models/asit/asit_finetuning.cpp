#include "models/asit/asit_finetuning.h"

#include <optional>

#include <torch/types.h>

#include "core/inference/model_package.h"
#include "core/nn/load_package.h"
#include "core/nn/device.h"
#include "core/nn/package_writer.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/translate.h"
#include "models/asit/asit_net.h"
#include "models/asit/asit_positions.h"

namespace chladni::models::asit {
namespace {

using training::TrainingJob;

struct Start {
  inference::ModelSpec spec;
  AsitConfig config;
};

Result<std::optional<Start>> readStart(const TrainingJob& job) {
  if (job.start.empty()) return std::optional<Start>();
  auto spec = inference::readModelPackage(job.start);
  if (!spec) return fail(spec.error());
  if (spec->family != "asit")
    return fail(ErrorCode::incompatibleModel, job.start.string() + ": a model of the family " + spec->family + "; start from an ASiT");
  auto config = configFromSpec(*spec);
  if (!config) return fail(config.error());
  return std::optional<Start>(Start{std::move(*spec), *config});
}

Result<AsitConfig> configFor(const TrainingJob& job, const std::optional<Start>& start) {
  const auto& recipe = job.recipe();
  AsitConfig config;
  if (start) {
    config = start->config;
  } else {
    config.depth = recipe.depth;
    config.width = recipe.width;
    config.heads = recipe.heads;
    config.patch = recipe.patch;
  }
  const auto& shape = job.train->fields().front().shape;
  config.frames = shape[0];
  config.bins = shape[1];
  config.classes = static_cast<std::int64_t>(job.classes.size());
  config.projection = {};
  config.reconstruction = {};
  if (auto checked = check(config); !checked) return fail(checked.error());
  if (start && start->config.rows() != config.rows())
    return fail(ErrorCode::incompatibleModel, "the start hears " + std::to_string(start->config.bins) + " bands, the recipe's front end makes " +
                                                  std::to_string(config.bins) + "; leave the front end to the start");
  return config;
}

std::optional<std::int64_t> blockOf(const std::string& name) {
  constexpr std::string_view kBlocks = "backbone.blocks.";
  return name.starts_with(kBlocks) ? std::optional(std::stoll(name.substr(kBlocks.size()))) : std::nullopt;
}

class FinetuneTrainable final : public nn::Trainable {
 public:
  FinetuneTrainable(const TrainingJob& job, const AsitConfig& config, std::optional<Start> start)
      : job_(job), loss_(nn::classifierLoss(job.recipe(), job.multiLabel)), start_(std::move(start)), net_(std::make_shared<AsitNet>(config)) {}

  Result<void> begin() {
    net_->initialise();
    if (!start_) return {};
    return nn::tellStart(job_, fill());
  }

  [[nodiscard]] torch::nn::Module& module() override { return *net_; }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    nn::ParameterRole role;
    role.head = name.starts_with("head.");
    role.decays = parameter.dim() >= 2 && name.ends_with("weight");
    const auto depth = net_->config().depth;
    if (const auto block = blockOf(name)) {
      role.layersAbove = depth - *block;
      role.blockMatrix = true;
    } else if (!role.head && !name.starts_with("backbone.norm.")) {
      role.layersAbove = depth + 1;
    }
    return role;
  }

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace&) override {
    return nn::lossesOf({logitsOf(batch)}, batch.at("target"), loss_);
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    return nn::classifierFigures(batches, [this](const nn::TrainBatch& batch) { return logitsOf(batch); }, loss_, job_.multiLabel);
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    std::string first;
    nn::Tap tap;
    tap.stream = [&](std::string_view place, std::int64_t layer, const at::Tensor& tokens) {
      if (first.empty() && !nn::allFinite(tokens))
        first = "backbone." + (place == "block" ? "blocks." + std::to_string(layer) : std::string(place));
    };
    const auto tokens = net_->backbone->forward(batch.at("input"), 0.0, &tap);
    if (!first.empty()) return first;
    return nn::allFinite(tokens) ? "head" : "backbone.norm";
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    const auto spec = specOf(folder, metricsJson);
    auto written = nn::writePackage(spec, *net_, cardText(spec));
    return written ? Result<void>() : fail(written.error());
  }

 private:
  [[nodiscard]] at::Tensor logitsOf(const nn::TrainBatch& batch) const {
    const double dropPath = net_->is_training() ? job_.recipe().dropPath : 0.0;
    return net_->head->forward(net_->backbone->forward(batch.at("input"), dropPath).select(1, 0));
  }

  // The start's backbone in this net; what was changed, one line each.
  Result<std::vector<std::string>> fill() {
    auto weights = nn::weightsOfPackage(start_->spec);
    if (!weights) return fail(std::move(weights).error());
    std::vector<std::string> lines;
    const bool sameClasses = start_->spec.classes == job_.classes;
    const auto heads = std::erase_if(*weights, [&](const auto& item) {
      return !item.first.starts_with("backbone.") && !(sameClasses && item.first.starts_with("head."));
    });
    if (heads > 0) lines.push_back("left out " + std::to_string(heads) + " tensors of the start's heads");
    const TokenGrid source{start_->config.columns(), start_->config.rows()}, target{net_->config().columns(), net_->config().rows()};
    const auto positions = weights->find("backbone.pos_embed");
    if (positions == weights->end()) return fail(ErrorCode::incompatibleModel, "the start lacks backbone.pos_embed");
    if (!(source == target)) {
      positions->second = resizedPositions(positions->second.to(at::kFloat), source, target, PositionResize::bicubic);
      lines.push_back("positions fitted from " + std::to_string(source.columns) + " to " + std::to_string(target.columns) + " columns of patches");
    }
    if (!sameClasses) {
      for (const auto& item : net_->head->named_parameters()) (*weights)["head." + item.key()] = item.value().detach().clone();
      lines.push_back("a fresh head for " + std::to_string(net_->config().classes) + " classes");
    }
    if (auto loaded = nn::loadWeights(*net_, *weights); !loaded) return fail(loaded.error());
    return lines;
  }

  [[nodiscard]] inference::ModelSpec specOf(const std::filesystem::path& folder, const std::string& metricsJson) const {
    const auto& recipe = job_.recipe();
    auto spec = nn::trainedSpec(job_, "asit", folder, metricsJson, start_ ? &start_->spec : nullptr);
    spec.tasks = {"features", recipe.source == "instruments" ? "instruments" : "audio-events"};
    spec.multiLabel = job_.multiLabel;
    spec.architecture = toArchitecture(net_->config());
    spec.classes = job_.classes;
    return spec;
  }

  static std::string cardText(const inference::ModelSpec& spec) {
    return "# " + spec.title + "\n\nAn ASiT for " + std::to_string(spec.classes.size()) + " classes, " + spec.source + ".\n\n## Data\n\n" + spec.data +
           "\n\n## Figures\n\n" + spec.metricsJson + "\n\nMeasured on the held-out part named in data_report.json. The recipe is config.json.\n";
  }

  const TrainingJob& job_;
  const nn::ClassifierLoss loss_;
  const std::optional<Start> start_;
  std::shared_ptr<AsitNet> net_;
};

Result<void> finetune(const TrainingJob& job) {
  auto start = readStart(job);
  if (!start) return fail(start.error());
  const auto config = configFor(job, *start);
  if (!config) return fail(config.error());
  nn::prepareToLearn(job);
  FinetuneTrainable trainable(job, *config, std::move(*start));
  if (auto begun = trainable.begin(); !begun) return begun;
  return nn::runTraining(trainable, job);
}

}  // namespace

Result<void> AsitClassifierTraining::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return finetune(job); });
}

}  // namespace chladni::models::asit

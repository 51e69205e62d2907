#include "models/ave/ave_event_training.h"

#include <algorithm>

#include <torch/types.h>

#include "core/inference/model_package.h"
#include "core/nn/load_package.h"
#include "core/nn/device.h"
#include "core/nn/package_writer.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/translate.h"
#include "models/ave/ave_model.h"
#include "models/ave/ave_module.h"
#include "models/ave/ave_training.h"
#include "models/ave/pointing_loss.h"
#include "models/ave/stem_model.h"

namespace chladni::models::ave {
namespace {

using training::TrainingJob;

constexpr char kEar[] = "ear";
constexpr char kEye[] = "eye";
constexpr char kLicence[] = "as the data it was trained on";

const training::ExampleField* fieldOf(const training::Examples& examples, const std::string& name) {
  for (const auto& field : examples.fields())
    if (field.name == name) return &field;
  return nullptr;
}

// Sizes from the recipe and from what the examples hold.
Result<AveModuleForm> formOf(AveKind kind, const TrainingJob& job) {
  const auto& recipe = job.recipe();
  AveModuleForm form;
  auto& config = form.config;
  config.kind = kind;
  config.cell = *cellNamed(recipe.cell);
  config.attention = *attentionNamed(recipe.attention);
  config.hidden = recipe.hidden;
  config.attentionWidth = recipe.attentionWidth;
  config.fusionBlocks = recipe.fusionBlocks;
  config.weak = recipe.weak;
  config.classes = static_cast<std::int64_t>(job.classes.size());
  form.auxiliary = recipe.auxiliaryLoss > 0.0;
  const auto* target = fieldOf(*job.train, "target");
  if (!target || target->shape.size() != 2) return fail(ErrorCode::internal, "the examples have no labels by the second");
  config.segments = target->shape[0];
  const auto* tables = fieldOf(*job.train, "tables");
  const auto* planes = fieldOf(*job.train, "planes");
  form.small = tables || planes;
  if (tables) form.columns = tables->shape[1], form.bands = tables->shape[2];
  if (planes) config.gridRows = config.gridColumns = planes->shape[2] / kEyeStride;
  if (form.small) config.soundWidth = config.pictureWidth = recipe.width;
  if (const auto* sound = fieldOf(*job.train, "sound")) config.soundWidth = sound->shape[1];
  if (const auto* picture = fieldOf(*job.train, "picture")) {
    config.gridRows = picture->shape[1];
    config.gridColumns = picture->shape[2];
    config.pictureWidth = picture->shape[3];
  }
  if (auto ok = check(config); !ok) return fail(ok.error());
  return form;
}

// One label a clip: the event's class, Background (the last) where there is none.
at::Tensor clipTarget(const at::Tensor& target) {
  const auto any = target.amax(1);
  const auto events = any.narrow(1, 0, any.size(1) - 1);
  const auto background = 1.0 - events.amax(1, true);
  return at::cat({events, background}, 1);
}

class AveTrainable final : public nn::Trainable {
 public:
  AveTrainable(const TrainingJob& job, const AveModuleForm& form)
      : job_(job), form_(form), loss_(job.recipe().loss == "cross-entropy" ? AveLoss::crossEntropy : AveLoss::softMarginOfSoftmax),
        module_(std::make_shared<AveModule>(form)) {}

  // What fits is taken over by name: DMRN may start from an AV-att, as it was published.
  Result<void> begin() {
    if (job_.start.empty()) return {};
    std::int64_t taken = 0;
    const auto take = [&](const std::filesystem::path& folder, torch::nn::Module& into) -> Result<void> {
      auto spec = inference::readModelPackage(folder);
      if (!spec) return fail(spec.error());
      auto tensors = nn::weightsOfPackage(*spec);
      if (!tensors) return fail(std::move(tensors).error());
      at::NoGradGuard guard;
      for (auto& item : into.named_parameters()) {
        const auto found = tensors->find(item.key());
        if (found == tensors->end() || found->second.sizes() != item.value().sizes()) continue;
        item.value().copy_(found->second);
        ++taken;
      }
      return {};
    };
    if (auto done = take(job_.start, *module_->net); !done) return fail(done.error(), "starting from " + job_.start.string());
    std::error_code ignored;
    if (module_->ear && std::filesystem::exists(job_.start / kEar, ignored))
      if (auto done = take(job_.start / kEar, *module_->ear); !done) return done;
    if (module_->eye && std::filesystem::exists(job_.start / kEye, ignored))
      if (auto done = take(job_.start / kEye, *module_->eye); !done) return done;
    if (taken == 0) return fail(ErrorCode::incompatibleModel, job_.start.string() + ": no weight of the start fits; choose a localiser of the same sizes");
    job_.say(training::makeEvent("note").set("message", std::to_string(taken) + " of " + std::to_string(module_->parameters().size()) + " weights were taken over from the start"));
    return {};
  }

  [[nodiscard]] torch::nn::Module& module() override { return *module_; }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    nn::ParameterRole role;
    role.head = name.starts_with("net.L") || name.find("_head.") != std::string::npos;
    role.decays = parameter.dim() >= 2;
    return role;
  }

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace&) override {
    const auto outputs = module_->forward(batch);
    const auto& target = batch.at("target");
    nn::TrainLosses losses;
    losses.total = lossOfTable(outputs.logits, target);
    losses.parts.emplace_back("event", losses.total);
    for (const auto& table : outputs.further) {
      const auto extra = lossOfTable(table, target);
      losses.total = losses.total + job_.recipe().auxiliaryLoss * extra;
      losses.parts.emplace_back("auxiliary", extra);
    }
    if (const auto hits = hitsOf(batch); hits.defined()) {
      const auto pointing = pointingLoss(outputs.attentionLogits, hits);
      losses.total = losses.total + job_.recipe().pointingWeight * pointing;
      losses.parts.emplace_back("pointing", pointing);
    }
    return losses;
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    at::NoGradGuard guard;
    double loss = 0.0, right = 0.0, rightEvents = 0.0, events = 0.0, segments = 0.0, items = 0.0, pointed = 0.0, placed = 0.0;
    for (;;) {
      auto batch = batches();
      if (!batch) return fail(batch.error());
      if (!*batch) break;
      const auto outputs = module_->forward(**batch);
      const auto& logits = outputs.logits;
      const auto& target = (*batch)->at("target");
      loss += lossOfTable(logits, target).item<double>() * static_cast<double>((*batch)->size());
      const auto truth = target.argmax(-1);
      const auto hits = logits.argmax(-1).eq(truth);
      const auto isEvent = truth.ne(target.size(-1) - 1);
      right += hits.sum().item<double>();
      rightEvents += hits.logical_and(isEvent).sum().item<double>();
      events += isEvent.sum().item<double>();
      segments += static_cast<double>(truth.numel());
      items += static_cast<double>((*batch)->size());
      if (const auto onSource = hitsOf(**batch); onSource.defined()) {
        placed += onSource.any(-1).sum().item<double>();
        pointed += onSource.gather(-1, outputs.attentionLogits.argmax(-1, true)).sum().item<double>();
      }
    }
    if (items == 0.0) return fail(ErrorCode::invalidArgument, "no held-out examples to measure");
    nn::TrainFigures figures;
    figures.values = {{"loss", loss / items}, {"segment_accuracy", right / segments}};
    if (events > 0.0) figures.values.emplace_back("event_accuracy", rightEvents / events);
    if (placed > 0.0) figures.values.emplace_back("pointing", pointed / placed);
    figures.mainName = "segment_accuracy";
    figures.main = right / segments;
    return figures;
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    at::NoGradGuard guard;
    return module_->firstNotFinite(batch);
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    auto spec = newSpec(folder, std::string(familyName(form_.config.kind)), title(), {"audio-visual-events"});
    spec.architecture = toArchitecture(form_.config);
    spec.classes = job_.classes;
    spec.windowSeconds = spec.hopSeconds = static_cast<double>(form_.config.segments);
    spec.metricsJson = metricsJson;
    spec.frontend.sound = false;  // what it reads are features; their packages say how they are made
    const auto& recipe = job_.recipe();
    if (form_.config.hears()) spec.architecture[kSoundBackbone] = form_.small ? kEar : recipe.soundBackbone.empty() ? kUsualSoundBackbone : recipe.soundBackbone;
    if (form_.config.sees()) spec.architecture[kPictureBackbone] = form_.small ? kEye : recipe.pictureBackbone.empty() ? kUsualPictureBackbone : recipe.pictureBackbone;
    if (module_->ear)
      if (auto done = writeEar(folder / kEar); !done) return done;
    if (module_->eye)
      if (auto done = writeEye(folder / kEye); !done) return done;
    return write(spec, *module_->net, cardText(spec));
  }

 private:
  // [batch * segment, region]; undefined unless it is known and taught where to look.
  [[nodiscard]] at::Tensor hitsOf(const nn::TrainBatch& batch) const {
    const auto places = batch.fields.find("places");
    if (places == batch.fields.end() || !form_.config.attends()) return {};
    return regionsOfSource(places->second.flatten(0, 1), form_.config.gridRows, form_.config.gridColumns);
  }

  [[nodiscard]] at::Tensor lossOfTable(const at::Tensor& table, const at::Tensor& target) const {
    return form_.config.weak ? clipLoss(table, clipTarget(target), loss_) : segmentLoss(table, target, loss_);
  }

  [[nodiscard]] std::string title() const { return job_.recipe().title.empty() ? "Events, " + std::string(familyName(form_.config.kind)) : job_.recipe().title; }

  [[nodiscard]] inference::ModelSpec newSpec(const std::filesystem::path& folder, std::string family, std::string title, std::vector<std::string> tasks) const {
    inference::ModelSpec spec;
    spec.name = folder.filename().string();
    spec.folder = folder;
    spec.family = std::move(family);
    spec.title = std::move(title);
    spec.licence = kLicence;
    spec.source = "trained by chladni-cli train";
    spec.data = job_.dataDescription;
    spec.tasks = std::move(tasks);
    spec.weights.dtype = job_.recipe().dtype;
    return spec;
  }

  Result<void> writeEar(const std::filesystem::path& folder) const {
    auto spec = newSpec(folder, kEarFamily, title() + ": its ear", {"features"});
    spec.frontend = job_.frontend;
    spec.frontend.picture.reset();
    spec.architecture["width"] = static_cast<double>(form_.config.soundWidth);
    spec.windowSeconds = spec.hopSeconds = 1.0;
    return write(spec, *module_->ear, "# " + spec.title + "\n\nThe small backbone of sound that was trained with the localiser around this folder.\n");
  }

  Result<void> writeEye(const std::filesystem::path& folder) const {
    auto spec = newSpec(folder, kEyeFamily, title() + ": its eye", {"features"});
    spec.frontend.sound = false;
    spec.frontend.picture = job_.frontend.picture;
    spec.architecture["width"] = static_cast<double>(form_.config.pictureWidth);
    spec.windowSeconds = spec.hopSeconds = 1.0;
    return write(spec, *module_->eye, "# " + spec.title + "\n\nThe small backbone of pictures that was trained with the localiser around this folder.\n");
  }

  static Result<void> write(const inference::ModelSpec& spec, const torch::nn::Module& net, const std::string& card) {
    auto written = nn::writePackage(spec, net, card);
    return written ? Result<void>() : fail(written.error());
  }

  [[nodiscard]] std::string cardText(const inference::ModelSpec& spec) const {
    return "# " + spec.title + "\n\nLocalises " + std::to_string(spec.classes.size() - 1) + " kinds of events second by second, family `" + spec.family +
           "`, learnt from one label a " + (form_.config.weak ? "clip" : "second") + ", " + spec.source + ".\n\n## Data\n\n" + spec.data +
           "\n\n## Figures\n\n" + spec.metricsJson + "\n\nMeasured on the held-out part of the data. The recipe is config.json.\n";
  }

  const TrainingJob& job_;
  const AveModuleForm form_;
  const AveLoss loss_;
  std::shared_ptr<AveModule> module_;
};

Result<void> trainAve(AveKind kind, const TrainingJob& job) {
  auto form = formOf(kind, job);
  if (!form) return fail(form.error());
  nn::prepareToLearn(job);
  AveTrainable trainable(job, *form);
  if (auto begun = trainable.begin(); !begun) return begun;
  return nn::runTraining(trainable, job);
}

}  // namespace

Result<void> AveEventTraining::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return trainAve(kind_, job); });
}

}  // namespace chladni::models::ave

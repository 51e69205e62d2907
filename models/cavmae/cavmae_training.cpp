#include "models/cavmae/cavmae_training.h"

#include <array>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/nn/contrastive.h"
#include "core/nn/device.h"
#include "core/nn/mask_modes.h"
#include "core/nn/painting_strip.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/train_painting.h"
#include "core/nn/translate.h"
#include "core/serial/json_value.h"
#include "core/training/run_folder.h"
#include "models/cavmae/cavmae_forward.h"
#include "models/cavmae/cavmae_start.h"

namespace chladni::models::cavmae {
namespace {

using training::TrainingJob;

constexpr std::uint64_t kHeldOutSeed = 0xCA4;

// Examples of a batch that are alike in what they have; `rows` is undefined when that is all of them.
struct Group {
  bool hears = false, sees = false;
  std::int64_t count = 0;
  at::Tensor rows;
  at::Tensor sound, picture;  // of these rows; undefined when they have none
};

std::vector<Group> groupsOf(const nn::TrainBatch& batch) {
  const auto has = batch.at("has").to(at::kCPU);
  std::array<std::vector<std::int64_t>, 4> alike;
  for (std::int64_t n = 0; n < has.size(0); ++n)
    alike[(has[n][0].item<float>() > 0.5F ? 2U : 0U) + (has[n][1].item<float>() > 0.5F ? 1U : 0U)].push_back(n);
  std::vector<Group> groups;
  for (std::size_t kind = 1; kind < alike.size(); ++kind) {
    if (alike[kind].empty()) continue;
    Group group{kind >= 2, kind % 2 == 1, static_cast<std::int64_t>(alike[kind].size()), {}, {}, {}};
    const bool all = group.count == has.size(0);
    group.rows = torch::tensor(alike[kind], torch::kLong).to(batch.at("sound").device());
    const auto chosen = [&](const char* field) { return all ? batch.at(field) : batch.at(field).index_select(0, group.rows); };
    if (group.hears) group.sound = chosen("sound");
    if (group.sees) group.picture = chosen("picture");
    groups.push_back(std::move(group));
  }
  return groups;
}

// What both tasks share.
class CavmaeTrainable : public nn::Trainable {
 public:
  CavmaeTrainable(const TrainingJob& job, TrainingStart start)
      : job_(job), start_(std::move(start)), net_(std::make_shared<CavmaeNet>(start_.config)), stacks_(*net_) {}

  Result<void> begin() {
    return nn::tellStart(job_, fill(*net_, start_));
  }

  [[nodiscard]] torch::nn::Module& module() override { return *net_; }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    const auto place = placeOf(config(), name);
    nn::ParameterRole role;
    role.head = place.head;
    role.layersAbove = place.layersAbove;
    role.blockMatrix = place.block;
    // The study's Adam knows one kind of parameter only.
    role.decays = job_.recipe().optimiser == "adam" || (parameter.dim() >= 2 && name.ends_with("weight"));
    return role;
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    return writePackage(job_, start_, *net_, folder, metricsJson);
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    static constexpr std::array<const char*, 4> kNames{"blocks_a", "blocks_v", "blocks_u", "decoder_blocks"};
    std::string first;
    nn::Tap tap;
    Stack current = Stack::sound;
    tap.stream = [&](std::string_view, std::int64_t layer, const at::Tensor& tokens) {
      if (first.empty() && !nn::allFinite(tokens)) first = std::string(kNames[static_cast<std::size_t>(current)]) + "." + std::to_string(layer);
    };
    const NetStacks watched(*net_, [&](Stack stack, nn::Norms) {
      current = stack;
      return &tap;
    });
    look(batch, watched);
    return first.empty() ? "after the blocks" : first;
  }

 protected:
  // A forward pass for its taps alone.
  virtual void look(const nn::TrainBatch& batch, const StackRunner& stacks) = 0;
  [[nodiscard]] const CavmaeConfig& config() const { return net_->config(); }

  const TrainingJob& job_;
  const TrainingStart start_;
  std::shared_ptr<CavmaeNet> net_;
  NetStacks stacks_;
};

class PretrainTrainable final : public CavmaeTrainable {
 public:
  PretrainTrainable(const TrainingJob& job, TrainingStart start) : CavmaeTrainable(job, std::move(start)), strip_(job.run->path()) {}

  Result<void> begin() {
    for (const Branch branch : {Branch::sound, Branch::picture})
      if (auto ok = nn::checkMask(planOf(branch)); !ok) return fail(ok.error(), branch == Branch::sound ? "masking the sound" : "masking the picture");
    return CavmaeTrainable::begin();
  }

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace& place) override {
    const bool learning = net_->is_training() && at::GradMode::is_enabled();
    auto generator = generatorFor(learning ? place.step : batch.firstItem(), learning, batch.firstItem());
    if (learning) step_ = place.step + 1;
    return sumOf(batch, stacks_, generator, nullptr);
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    at::NoGradGuard guard;
    Tallies tallies;
    strip_.begin(step_);
    nn::LossMeans means;
    for (;;) {
      auto batch = batches();
      if (!batch) return fail(batch.error());
      if (!*batch) break;
      auto generator = generatorFor((*batch)->items.front(), false, 0);
      means.add(sumOf(**batch, stacks_, generator, &tallies), (*batch)->size());
    }
    auto figures = means.figures();
    tallies.sound.report(figures, "sound");
    tallies.picture.report(figures, "picture");
    tellPaintings();
    return figures;
  }

 protected:
  void look(const nn::TrainBatch& batch, const StackRunner& stacks) override {
    at::NoGradGuard guard;
    auto generator = generatorFor(0, false, 0);
    sumOf(batch, stacks, generator, nullptr);
  }

 private:
  struct Tallies {
    nn::PaintingTally sound, picture;
  };
  mutable nn::PaintingStrip strip_;
  std::int64_t step_ = 0;

  void tellPaintings() const {
    if (strip_.written().empty() || !job_.say) return;
    auto paths = serial::JsonValue::array();
    for (const auto& path : strip_.written()) paths.append(path.string());
    job_.say(training::makeEvent("sample").set("step", step_).set("paths", std::move(paths)));
  }

  [[nodiscard]] at::Generator generatorFor(std::int64_t number, bool learning, std::int64_t item) const {
    const auto seed = learning ? static_cast<std::uint64_t>(job_.recipe().seed) * 1000003ULL + static_cast<std::uint64_t>(item) : kHeldOutSeed;
    return nn::seededGenerator(Random::forItem(seed, static_cast<std::uint64_t>(number)).bits() >> 1);
  }

  [[nodiscard]] nn::MaskPlan planOf(Branch branch) const {
    const auto& recipe = job_.recipe();
    const bool sound = branch == Branch::sound;
    const auto rows = sound ? config().soundRows() : config().pictureRows();
    const auto columns = sound ? config().soundColumns() : config().pictureRows();
    auto mode = nn::maskModeFromName(recipe.maskMode).value_or(nn::MaskMode::unstructured);
    const bool ofSound = mode == nn::MaskMode::time || mode == nn::MaskMode::frequency || mode == nn::MaskMode::timeFrequency;
    if (!sound && ofSound) mode = nn::MaskMode::unstructured;
    return {mode, sound || recipe.pictureMaskRatio < 0.0 ? recipe.maskRatio : recipe.pictureMaskRatio, rows, columns};
  }

  // What is hidden of each row of the batch. Drawn for the joined batch of all processes, so that it does not depend on
  // how many there are.
  [[nodiscard]] nn::TokenMask drawnMask(Branch branch, const nn::TrainBatch& batch, at::Generator generator) const {
    const auto all = nn::drawMask(planOf(branch), batch.joinedSize(), generator);
    const auto own = [&](const at::Tensor& table) { return table.narrow(0, batch.firstRow, batch.size()); };
    return {own(all.shuffle), own(all.restore), own(all.mask), all.kept};
  }

  [[nodiscard]] nn::TokenMask maskOf(Branch branch, const Group& group, const nn::TokenMask& drawn) const {
    const auto device = net_->norm->weight.device();
    const bool given = branch == Branch::sound ? group.hears : group.sees;
    if (!given) return nn::maskByNoise(torch::zeros({group.count, planOf(branch).patches()}), std::int64_t{0}).to(device);
    const auto rows = group.rows.cpu();
    return nn::TokenMask{drawn.shuffle.index_select(0, rows), drawn.restore.index_select(0, rows), drawn.mask.index_select(0, rows), drawn.kept}.to(device);
  }

  // The losses of each group, weighted by its share of the batch.
  nn::TrainLosses sumOf(const nn::TrainBatch& batch, const StackRunner& stacks, at::Generator generator, Tallies* tallies) const {
    const auto zero = torch::zeros({}, net_->norm->weight.options().requires_grad(false));
    const auto soundMask = drawnMask(Branch::sound, batch, generator);
    const auto pictureMask = drawnMask(Branch::picture, batch, generator);
    at::Tensor total = zero, sound = zero, picture = zero, contrastive = zero, accuracy = zero;
    bool pairs = false;
    for (const auto& group : groupsOf(batch)) {
      pairs = pairs || (group.hears && group.sees);
      MaskedInput input{group.sound, group.picture, maskOf(Branch::sound, group, soundMask), maskOf(Branch::picture, group, pictureMask)};
      const double share = static_cast<double>(group.count) / static_cast<double>(batch.size());
      const auto found = pretrainLosses(*net_, stacks, input);
      total = total + share * found.total;
      sound = sound + share * found.sound.detach();
      picture = picture + share * found.picture.detach();
      contrastive = contrastive + share * found.contrastive.detach();
      accuracy = accuracy + share * found.accuracy.detach();
      if (tallies != nullptr) tally(found.painted, input, *tallies);
    }
    if (!pairs && config().contrastiveWeight > 0.0) nn::contrastiveWithout(config().width);
    return {total, {{"mae_audio", sound}, {"mae_visual", picture}, {"contrastive", contrastive}, {"contrastive_accuracy", accuracy}}};
  }

  // Models that paint patches without their own level have no values to compare.
  void tally(const Predicted& painted, const MaskedInput& input, Tallies& tallies) const {
    if (config().pixelNorm || !painted.sound.defined()) return;
    if (input.sound.defined()) {
      const auto truth = soundPatches(config(), input.sound);
      tallies.sound.add(truth, painted.sound, input.soundMask.mask, config().soundColumns());
      strip_.add("sound", {truth, painted.sound, input.soundMask.mask, config().soundRows(), config().soundColumns(), 1});
    }
    if (!input.picture.defined()) return;
    const auto& spec = *job_.frontend.picture;
    // Brightness from 0 to 1: normalised values by each colour's deviation; the mean goes out of differences.
    const auto deviation = torch::tensor({spec.deviation[0], spec.deviation[1], spec.deviation[2]}).repeat({config().patch * config().patch});
    tallies.picture.add(picturePatches(config(), input.picture).cpu() * deviation, painted.picture.cpu() * deviation, input.pictureMask.mask,
                        config().pictureRows(), 1.0);
    const auto mean = torch::tensor({spec.mean[0], spec.mean[1], spec.mean[2]}).repeat({config().patch * config().patch});
    strip_.add("picture", {picturePatches(config(), input.picture).cpu() * deviation + mean, painted.picture.cpu() * deviation + mean, input.pictureMask.mask,
                           config().pictureRows(), config().pictureRows(), 3});
  }
};

class ClassifyTrainable final : public CavmaeTrainable {
 public:
  ClassifyTrainable(const TrainingJob& job, TrainingStart start)
      : CavmaeTrainable(job, std::move(start)), loss_(nn::classifierLoss(job.recipe(), job.multiLabel)) {}

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace&) override {
    return nn::lossesOf({logitsOf(batch, stacks_)}, batch.at("target"), loss_);
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    return nn::classifierFigures(batches, [this](const nn::TrainBatch& batch) { return logitsOf(batch, stacks_); }, loss_, job_.multiLabel);
  }

 protected:
  void look(const nn::TrainBatch& batch, const StackRunner& stacks) override {
    at::NoGradGuard guard;
    logitsOf(batch, stacks);
  }

 private:
  // Rows that have nothing to be classified by, which the data report leaves out, would have logits of 0.
  at::Tensor logitsOf(const nn::TrainBatch& batch, const StackRunner& stacks) const {
    auto logits = torch::zeros({batch.size(), config().classes}, net_->norm->weight.options().requires_grad(false));
    for (const auto& group : groupsOf(batch)) {
      const auto mode = modeFor(config().trainedOn, group.hears, group.sees);
      if (!mode) continue;
      logits = logits.index_copy(0, group.rows, classify(*net_, stacks, *mode, group.sound, group.picture).to(logits.scalar_type()));
    }
    return logits;
  }

  const nn::ClassifierLoss loss_;
};

template <class Kind>
Result<void> trainAs(const TrainingJob& job, Task task) {
  auto start = trainingStart(job, task);
  if (!start) return fail(start.error());
  nn::prepareToLearn(job);
  Kind trainable(job, std::move(*start));
  if (auto begun = trainable.begin(); !begun) return begun;
  return nn::runTraining(trainable, job);
}

}  // namespace

Result<void> CavmaePretraining::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return trainAs<PretrainTrainable>(job, Task::pretrain); });
}

Result<void> CavmaeClassifierTraining::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return trainAs<ClassifyTrainable>(job, Task::classify); });
}

}  // namespace chladni::models::cavmae

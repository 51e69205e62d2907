#include "models/asit/asit_training.h"

#include <array>
#include <cmath>

#include <torch/types.h>

#include "core/nn/device.h"
#include "core/nn/package_writer.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/translate.h"
#include "models/asit/asit_pretraining.h"
#include "models/asit/asit_views.h"

namespace chladni::models::asit {
namespace {

using training::Recipe;
using training::TrainingJob;

constexpr double kLongestSound = 120.0;  // seconds from which clips are cut
constexpr std::uint64_t kHeldOutSeed = 0xA51;

Result<PretrainSettings> settingsFor(const Recipe& recipe) {
  auto settings = pretrainPreset(recipe.variant.empty() ? "asit-code" : recipe.variant);
  if (!settings) return fail(ErrorCode::invalidArgument, "variant: " + recipe.variant + " is neither asit-code nor asit-paper");
  auto& architecture = settings->architecture;
  architecture.depth = recipe.depth;
  architecture.width = recipe.width;
  architecture.heads = recipe.heads;
  if (recipe.projectionHidden > 0) architecture.projection.hidden = architecture.reconstruction.hidden = recipe.projectionHidden;
  if (recipe.projectionOutputs > 0) architecture.projection.classOutputs = architecture.projection.dataOutputs = recipe.projectionOutputs;
  settings->mask.ratio = recipe.maskRatio;
  settings->mask.leastRatio = std::min(settings->mask.leastRatio, recipe.maskRatio);
  settings->alienRatio = recipe.alienRatio;
  settings->dropPath = recipe.dropPath;
  settings->losses.classWeight = recipe.classWeight;
  settings->losses.dataWeight = recipe.dataWeight;
  settings->losses.reconstructionWeight = recipe.reconstructionWeight;
  return *settings;
}

// Two clips of each sound, cut anew at every draw.
class TwoClips final : public training::Examples {
 public:
  TwoClips(std::vector<training::SoundItem> items, const training::SoundLoader& loader, double rotationChance)
      : items_(std::move(items)), loader_(loader), rotationChance_(rotationChance),
        fields_{{"views", {2, loader.frontend().spec().targetFrames, loader.frontend().bins()}}} {}
  [[nodiscard]] const std::vector<training::ExampleField>& fields() const override { return fields_; }
  [[nodiscard]] std::int64_t size() const override { return static_cast<std::int64_t>(items_.size()); }
  [[nodiscard]] std::string nameOf(std::int64_t item) const override { return items_[static_cast<std::size_t>(item)].name; }

  Result<void> make(const training::ExampleDraw& draw, std::span<const std::span<float>> values) const override {
    const auto& item = items_[static_cast<std::size_t>(draw.item)];
    auto sound = loader_.sound(item, kLongestSound);
    if (!sound) return fail(sound.error(), item.name);
    const auto& frontend = loader_.frontend();
    // One column more than is kept, so that the last one is whole.
    const auto samples = frontend.spec().rate.samples(MediaTime::fromSeconds(frontend.spec().clipSeconds() + frontend.spec().frameShiftMs / 1000.0));
    Random random(draw.augment ? draw.seed : kHeldOutSeed);
    const auto clips = drawTwoClips(*sound, samples, rotationChance_, random);
    auto target = values[0].begin();
    for (const auto& clip : clips) {
      auto table = frontend.modelInput(clip);
      if (!table) return fail(table.error(), item.name);
      target = std::copy(table->values.begin(), table->values.end(), target);
    }
    return {};
  }

 private:
  std::vector<training::SoundItem> items_;
  const training::SoundLoader& loader_;
  double rotationChance_;
  std::vector<training::ExampleField> fields_;
};

at::Tensor maskTensor(const std::vector<PixelMask>& masks) {
  std::vector<at::Tensor> tables;
  for (const auto& mask : masks)
    tables.push_back(torch::tensor(at::ArrayRef<std::uint8_t>(mask.hidden), torch::kUInt8).reshape({mask.columns, mask.bins}));
  return torch::stack(tables);
}

class AsitTrainable final : public nn::Trainable {
 public:
  AsitTrainable(const TrainingJob& job, const PretrainSettings& settings)
      : job_(job), settings_(settings), student_(std::make_shared<AsitNet>(settings.architecture)),
        teacher_(std::make_shared<AsitNet>(settings.architecture)) {
    student_->initialise();
    followStudent(*teacher_, *student_, 0.0);
    for (auto& parameter : teacher_->parameters()) parameter.set_requires_grad(false);
    centres_ = {torch::zeros({1, settings.architecture.projection.classOutputs}),
                torch::zeros({1, settings.architecture.projection.dataOutputs})};
  }

  [[nodiscard]] torch::nn::Module& module() override { return *student_; }

  void moveTo(const at::Device& device) override {
    student_->to(device);
    teacher_->to(device);
    centres_ = {centres_.ofClass.to(device), centres_.ofData.to(device)};
  }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    nn::ParameterRole role;
    role.head = name.starts_with("head");
    role.decays = parameter.dim() >= 2 && !name.ends_with(".bias");
    role.blockMatrix = name.find(".blocks.") != std::string::npos;
    return role;
  }

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace& place) override {
    const bool learning = student_->is_training() && at::GradMode::is_enabled();
    const auto seed = static_cast<std::uint64_t>(job_.recipe().seed) * 1000003ULL + static_cast<std::uint64_t>(batch.items.front());
    auto random = Random::forItem(learning ? seed : kHeldOutSeed, static_cast<std::uint64_t>(learning ? place.step : batch.items.front()));
    const auto views = corruptedViews(batch.at("views"), random);
    const auto outputs = lookAtViews(*student_, *teacher_, views, learning ? settings_.dropPath : 0.0);
    const auto found = lossesOf(outputs, views, centres_, settings_.teacherTemperature.at(place.epoch),
                                settings_.architecture.patch, settings_.losses);
    if (learning && std::isfinite(found.total.item<double>())) seen_.push_back(outputs.teacher);
    return {found.total, {{"class", found.ofClass}, {"data", found.ofData}, {"reconstruction", found.ofReconstruction}}};
  }

  void stepped(const training::TrainPlace& place) override {
    for (const auto& projections : seen_) {
      ViewOutputs outputs;
      outputs.teacher = projections;
      auto moved = centres_;
      moveCentres(moved, outputs, settings_.centreMomentum);
      centres_.ofClass.copy_(moved.ofClass);
      centres_.ofData.copy_(moved.ofData);
    }
    seen_.clear();
    const training::CosineSchedule momentum{job_.recipe().teacherMomentum, 1.0, 0.0, place.steps, 0};
    followStudent(*teacher_, *student_, training::rateAtStep(momentum, place.step));
  }

  nn::NamedTensors state() override {
    nn::NamedTensors all{{"centre.class", centres_.ofClass}, {"centre.data", centres_.ofData}};
    for (const auto& item : teacher_->named_parameters()) all["teacher." + item.key()] = item.value();
    return all;
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    at::NoGradGuard guard;
    std::array<double, 4> sums{};
    double count = 0.0;
    training::TrainPlace place;
    place.epoch = settings_.teacherTemperature.warmupEpochs;  // the same measure in every epoch
    for (;;) {
      auto batch = batches();
      if (!batch) return fail(batch.error());
      if (!*batch) break;
      const auto found = losses(**batch, place);
      const auto items = static_cast<double>((*batch)->size());
      sums[0] += found.total.item<double>() * items;
      for (std::size_t n = 0; n < found.parts.size(); ++n) sums[n + 1] += found.parts[n].second.item<double>() * items;
      count += items;
    }
    nn::TrainFigures figures;
    const std::array<const char*, 4> names{"loss", "class_loss", "data_loss", "reconstruction_loss"};
    for (std::size_t n = 0; n < names.size(); ++n) figures.values.emplace_back(names[n], sums[n] / count);
    // The losses against a teacher that moves say little from epoch to epoch; what is painted has a fixed truth.
    figures.mainName = "minus_reconstruction_loss";
    figures.main = -sums[3] / count;
    return figures;
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    const auto input = batch.at("views").flatten(0, 1);
    std::string first;
    nn::Tap tap;
    tap.stream = [&](std::string_view place, std::int64_t layer, const at::Tensor& tokens) {
      if (first.empty() && !nn::allFinite(tokens))
        first = "backbone." + (place == "block" ? "blocks." + std::to_string(layer) : std::string(place));
    };
    const auto tokens = student_->backbone->forward(input, 0.0, &tap);
    if (!first.empty()) return first;
    if (!nn::allFinite(tokens)) return "backbone.norm";
    return nn::allFinite(student_->head_recons->forward(tokens)) ? "head_cls" : "head_recons";
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    auto spec = nn::trainedSpec(job_, "asit", folder, metricsJson);
    spec.source = "pre-trained by chladni-cli train";
    spec.tasks = {"reconstruction"};
    spec.architecture = toArchitecture(settings_.architecture);
    // The teacher's backbone and projections with the student's painter: the teacher paints nothing.
    auto weights = nn::weightsOf(*teacher_, nn::storedType(spec));
    for (auto& blob : weights)
      if (blob.name.starts_with("head_recons.")) blob = nn::toBlob(blob.name, student_->named_parameters()[blob.name], nn::storedType(spec));
    const auto card = "# " + spec.title + "\n\nAn ASiT, " + spec.source + ".\n\n## Data\n\n" + spec.data + "\n\n## Figures\n\n" + metricsJson + "\n";
    auto written = nn::writePackage(spec, std::move(weights), card);
    return written ? Result<void>() : fail(written.error());
  }

 private:
  // [clip, 2, frames, bins] to the batch of the losses: view 1 of all clips, then view 2.
  [[nodiscard]] ViewBatch corruptedViews(const at::Tensor& views, Random& random) const {
    std::array<ViewBatch, 2> parts;  // alien content stays within a view
    for (std::int64_t view = 0; view < 2; ++view) {
      const auto clean = views.select(1, view).contiguous();
      std::vector<Matrix> tables;
      for (std::int64_t clip = 0; clip < clean.size(0); ++clip) tables.push_back(nn::toMatrix(clean[clip]));
      const auto batch = corruptBatch(tables, settings_.mask, settings_.alienRatio, random);
      parts[static_cast<std::size_t>(view)] = {clean, nn::toTensor(std::span<const Matrix>(batch.pictures)).to(clean.device()), maskTensor(batch.masks).to(clean.device())};
    }
    return {torch::cat({parts[0].clean, parts[1].clean}), torch::cat({parts[0].corrupted, parts[1].corrupted}),
            torch::cat({parts[0].hidden, parts[1].hidden})};
  }

  const TrainingJob& job_;
  const PretrainSettings settings_;
  std::shared_ptr<AsitNet> student_, teacher_;
  Centres centres_;
  std::vector<Projections> seen_;  // by the teacher since the last step
};

Result<void> trainAsit(const TrainingJob& job) {
  if (!job.start.empty()) return fail(ErrorCode::unsupported, "start: ASiT's pre-training starts from nothing");
  auto settings = settingsFor(job.recipe());
  if (!settings) return fail(settings.error());
  const auto& shape = job.train->fields().front().shape;
  settings->architecture.frames = shape[1];
  settings->architecture.bins = shape[2];
  if (auto ok = check(settings->architecture); !ok) return ok;
  nn::prepareToLearn(job);
  AsitTrainable trainable(job, *settings);
  return nn::runTraining(trainable, job);
}

}  // namespace

Result<void> AsitPretrainingFamily::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return trainAsit(job); });
}

std::unique_ptr<training::Examples> AsitPretrainingFamily::examplesOf(const training::SoundSet& set, training::Part part,
                                                                      const training::SoundLoader& loader,
                                                                      const training::Recipe& recipe) const {
  const auto settings = settingsFor(recipe);
  return std::make_unique<TwoClips>(set.itemsOf(part), loader, settings ? settings->rotationChance : 0.0);
}

}  // namespace chladni::models::asit

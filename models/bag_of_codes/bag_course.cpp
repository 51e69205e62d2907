#include "models/bag_of_codes/bag_course.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/nn/device.h"
#include "core/nn/package_writer.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/torch_compat.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/translate.h"
#include "core/serial/safetensors.h"
#include "models/bag_of_codes/bag_codebook.h"
#include "models/bag_of_codes/bag_patches.h"
#include "models/bag_of_codes/bag_seconds.h"
#include "models/bag_of_codes/bag_training.h"

namespace chladni::models::bag {
namespace {

using training::Recipe;
using training::TrainingJob;

constexpr char kHuber[] = "huber";
constexpr std::uint64_t kCodebookDraws = 0xC0DE;

Result<BagConfig> configFor(const TrainingJob& job) {
  const auto& recipe = job.recipe();
  if (!job.start.empty()) return fail(ErrorCode::unsupported, "start: a bag of codes starts from nothing; leave it out");
  if (recipe.ema > 0.0 || recipe.averageFrom > 0)
    return fail(ErrorCode::invalidArgument, "ema and average_from: a codebook belongs to weights, not to their averages; leave them out");
  if (recipe.codebookSeconds < recipe.clusters)
    return fail(ErrorCode::invalidArgument, "codebook_seconds: " + std::to_string(recipe.codebookSeconds) + " give fewer whole pictures than the " +
                                                std::to_string(recipe.clusters) + " clusters; raise it");
  BagConfig config;
  const auto& shape = job.train->fields().front().shape;
  config.frames = shape[0];
  config.bins = shape[1];
  config.hidden = recipe.hidden;
  config.codeDivisor = recipe.codeDivisor;
  config.clusters = recipe.clusters;
  config.headHidden = recipe.headHidden;
  config.classes = static_cast<std::int64_t>(job.classes.size());
  auto checked = check(config);
  return checked ? Result<BagConfig>(config) : fail(checked.error());
}

// [second, frame, bin] as the front end makes it to [second, bin, frame] as patches are cut from it.
at::Tensor picturesOf(const nn::TrainBatch& batch) { return batch.at("input").transpose(1, 2); }

// By which held-out seconds are measured.
nn::ClassifierLoss lossOf(const TrainingJob& job) {
  auto loss = nn::classifierLoss(job.recipe(), job.multiLabel);
  loss.binary = loss.binary || job.recipe().loss == kHuber;
  return loss;
}

class BagTrainable final : public nn::Trainable {
 public:
  BagTrainable(const TrainingJob& job, const BagConfig& config)
      : job_(job), loss_(lossOf(job)), net_(std::make_shared<BagNet>(config)),
        learned_(torch::zeros({1}, torch::kDouble)) {
    for (const auto kind : kPatchKinds) centres(kind) = torch::zeros({config.clusters, config.code(kind)}, torch::kDouble);
  }

  [[nodiscard]] torch::nn::Module& module() override { return *net_; }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    nn::ParameterRole role;
    role.head = name.starts_with("mlp.");
    role.decays = parameter.dim() >= 2;
    return role;
  }

  // The schedule runs once for the auto-encoders and once for the head.
  [[nodiscard]] training::TrainPlace placeOfRates(const training::TrainPlace& place) const override {
    const double border = job_.recipe().coderShare;
    const bool second = place.share >= border;
    const double from = second ? border : 0.0, length = second ? 1.0 - border : border;
    auto own = place;
    const auto firstStep = static_cast<std::int64_t>(std::ceil(from * static_cast<double>(place.steps)));
    own.step = std::max<std::int64_t>(0, place.step - firstStep);
    own.steps = std::max<std::int64_t>(1, static_cast<std::int64_t>(std::lround(length * static_cast<double>(place.steps))));
    own.epoch = own.step / std::max<std::int64_t>(1, place.stepsPerEpoch);
    own.share = length > 0.0 ? (place.share - from) / length : 1.0;
    return own;
  }

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace& place) override {
    if (place.share < job_.recipe().coderShare) return codersLosses(batch, job_.recipe().dropout);
    learnWords();
    return headLosses(batch);
  }

  nn::NamedTensors state() override {
    nn::NamedTensors all{{"codebook.learned", learned_}};
    for (const auto kind : kPatchKinds) all["codebook." + std::string(nameOf(kind))] = centres(kind);
    return all;
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    if (!hasWords()) return codersFigures(batches);
    return nn::classifierFigures(batches, [this](const nn::TrainBatch& batch) { return net_->classify(countsOf(batch)); }, loss_, job_.multiLabel);
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    at::NoGradGuard guard;
    for (const auto kind : kPatchKinds) {
      const auto codes = net_->encode(kind, patchesOf(kind, picturesOf(batch), net_->config()));
      if (!nn::allFinite(codes)) return std::string("ae.") + nameOf(kind) + ".enc";
      if (!nn::allFinite(net_->decode(kind, codes))) return std::string("ae.") + nameOf(kind) + ".dec";
    }
    return "mlp";
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    at::NoGradGuard guard;
    Codebook codebook;
    if (hasWords()) {
      codebook = presentWords();
    } else {
      job_.say(training::makeEvent("note").set("message", "stopped while the auto-encoders learned: the model paints from codes, its classes mean nothing yet"));
      auto early = wordsOfNow();
      if (!early) return fail(early.error());
      codebook = std::move(*early);
    }
    const auto spec = specOf(folder, metricsJson);
    auto written = nn::writePackage(spec, *net_, cardText(spec), [&] {
      return serial::writeSafetensors(folder / kCodebookFile, {toBlobs(codebook), {}});
    });
    return written ? Result<void>() : fail(written.error());
  }

 private:
  [[nodiscard]] at::Tensor& centres(PatchKind kind) { return centres_[static_cast<std::size_t>(kind)]; }
  [[nodiscard]] bool hasWords() const { return learned_.item<double>() > 0.0; }

  // ---- The auto-encoders.
  [[nodiscard]] nn::TrainLosses codersLosses(const nn::TrainBatch& batch, double dropout) const {
    nn::TrainLosses losses;
    const auto pictures = picturesOf(batch);
    for (const auto kind : kPatchKinds) {
      const auto error = reconstructionError(*net_, kind, patchesOf(kind, pictures, net_->config()).flatten(0, 1), dropout);
      losses.total = losses.total.defined() ? losses.total + error : error;
      losses.parts.emplace_back(nameOf(kind), error);
    }
    return losses;
  }

  [[nodiscard]] Result<nn::TrainFigures> codersFigures(const nn::BatchStream& batches) const {
    at::NoGradGuard guard;
    std::vector<std::pair<std::string, double>> sums{{"reconstruction_loss", 0.0}};
    for (const auto kind : kPatchKinds) sums.emplace_back(std::string(nameOf(kind)) + "_loss", 0.0);
    double items = 0.0;
    for (;;) {
      auto batch = batches();
      if (!batch) return fail(batch.error());
      if (!*batch) break;
      const auto found = codersLosses(**batch, 0.0);
      const auto count = static_cast<double>((*batch)->size());
      sums[0].second += found.total.item<double>() * count;
      for (std::size_t n = 0; n < found.parts.size(); ++n) sums[n + 1].second += found.parts[n].second.item<double>() * count;
      items += count;
    }
    if (items == 0.0) return fail(ErrorCode::invalidArgument, "no held-out examples to measure");
    nn::TrainFigures figures;
    for (auto& [name, sum] : sums) figures.values.emplace_back(name, sum / items);
    // Below anything a head reaches, so that the best weights are ones with a head.
    figures.mainName = "minus_reconstruction_loss";
    figures.main = -sums[0].second / items;
    return figures;
  }

  // ---- The codebooks.
  // The same seconds whenever it is asked for.
  [[nodiscard]] Result<at::Tensor> someSeconds() const {
    const auto& examples = *job_.train;
    const auto& config = net_->config();
    const auto count = std::max<std::int64_t>(1, job_.recipe().codebookSeconds);
    auto pictures = torch::empty({count, config.frames, config.bins});
    std::vector<float> target(static_cast<std::size_t>(examples.fields()[1].values()));
    const auto size = static_cast<std::size_t>(config.frames * config.bins);
    for (std::int64_t n = 0; n < count; ++n) {
      auto random = Random::forItem(static_cast<std::uint64_t>(job_.recipe().seed) ^ kCodebookDraws, static_cast<std::uint64_t>(n));
      const auto item = count >= examples.size() ? n % examples.size() : random.below(examples.size());
      const std::vector<std::span<float>> tables{{pictures.data_ptr<float>() + static_cast<std::size_t>(n) * size, size}, target};
      if (auto made = examples.make({item, random.bits(), true}, tables); !made) return fail(made.error());
    }
    return pictures.transpose(1, 2).to(net_->mlp->layers()[0]->weight.device());
  }

  [[nodiscard]] Result<Codebook> wordsOfNow() const {
    auto pictures = someSeconds();
    if (!pictures) return fail(pictures.error());
    reduction::KMeansOptions options;
    options.seed = static_cast<std::uint64_t>(job_.recipe().seed);
    options.threads = static_cast<int>(job_.recipe().threads);
    const nn::AutocastGuard exact(pictures->device().type(), false);
    auto codebook = learnCodebook(*net_, *pictures, options);
    return codebook;
  }

  void learnWords() {
    if (hasWords()) return;
    const auto codebook = wordsOfNow();
    if (!codebook) throw std::runtime_error(codebook.error().describe());
    for (const auto kind : kPatchKinds)
      std::copy(codebook->of(kind).values.begin(), codebook->of(kind).values.end(), centres(kind).data_ptr<double>());
    learned_.fill_(1.0);
    job_.say(training::makeEvent("note").set("message", "the codebooks are made; from here on the head learns"));
  }

  [[nodiscard]] Codebook presentWords() const {
    Codebook codebook;
    for (const auto kind : kPatchKinds) {
      const auto& table = centres_[static_cast<std::size_t>(kind)];
      auto& centres = codebook.of(kind);
      centres = reduction::Table(table.size(0), table.size(1));
      std::copy_n(table.data_ptr<double>(), table.numel(), centres.values.begin());
    }
    return codebook;
  }

  // ---- The head.
  [[nodiscard]] at::Tensor countsOf(const nn::TrainBatch& batch) const {
    at::NoGradGuard guard;
    const nn::AutocastGuard exact(batch.at("input").device().type(), false);  // as the model will count
    auto counts = countWords(*net_, presentWords(), picturesOf(batch));
    if (!counts) throw std::runtime_error(counts.error().describe());
    return nn::toTensor(*counts).to(batch.at("input").device());
  }

  [[nodiscard]] nn::TrainLosses headLosses(const nn::TrainBatch& batch) const {
    const auto& recipe = job_.recipe();
    auto counts = countsOf(batch);
    if (recipe.codeMasking > 0.0) counts = maskCounts(counts, recipe.codeMasking);
    const auto logits = net_->classify(counts, recipe.headDropout);
    if (recipe.loss != kHuber) return nn::lossesOf({logits}, batch.at("target"), loss_);
    const auto error = headLoss(logits.sigmoid(), batch.at("target"), recipe.huberDelta);
    return {error, {{"class", error}}};
  }

  // ---- The package.
  [[nodiscard]] inference::ModelSpec specOf(const std::filesystem::path& folder, const std::string& metricsJson) const {
    const auto& recipe = job_.recipe();
    auto spec = nn::trainedSpec(job_, "bag-of-codes", folder, metricsJson);
    spec.tasks = {"features", recipe.source == "instruments" ? "instruments" : "audio-events"};
    spec.multiLabel = job_.multiLabel || recipe.loss == kHuber;  // that loss is of probabilities class by class
    spec.architecture = toArchitecture(net_->config());
    spec.classes = job_.classes;
    spec.windowSeconds = spec.hopSeconds = static_cast<double>(net_->config().frames) * spec.frontend.frameShiftMs / 1000.0;
    spec.fileSha256[kCodebookFile] = "";
    return spec;
  }

  static std::string cardText(const inference::ModelSpec& spec) {
    return "# " + spec.title + "\n\nA bag of auto-encoder codes for " + std::to_string(spec.classes.size()) + " classes, " + spec.source +
           ".\n\n## Data\n\n" + spec.data + "\n\n## Figures\n\n" + spec.metricsJson +
           "\n\nMeasured second by second on the held-out part named in data_report.json. The recipe is config.json.\n";
  }

  const TrainingJob& job_;
  const nn::ClassifierLoss loss_;
  std::shared_ptr<BagNet> net_;
  std::array<at::Tensor, kPatchKinds.size()> centres_;  // [cluster, code] in double; nothing before the codebooks are made
  at::Tensor learned_;                                  // [1]: 1 when they are
};

Result<void> trainBag(const TrainingJob& job) {
  const auto config = configFor(job);
  if (!config) return fail(config.error());
  nn::prepareToLearn(job);
  BagTrainable trainable(job, *config);
  return nn::runTraining(trainable, job);
}

}  // namespace

Result<void> BagCourse::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return trainBag(job); });
}

std::unique_ptr<training::Examples> BagCourse::examplesOf(const training::SoundSet& set, training::Part part,
                                                          const training::SoundLoader& loader, const Recipe& recipe) const {
  const bool learns = part == training::Part::train;
  if (learns && (recipe.crop == "random" || recipe.mixup > 0.0)) return TrainingFamily::examplesOf(set, part, loader, recipe);
  SecondOptions options{static_cast<std::int64_t>(set.classes.size()), set.multiLabel, learns && recipe.balanced, {}};
  if (learns) options.augmentation = {0.0, recipe.maskBins, recipe.maskFrames, recipe.roll, recipe.noise, recipe.labelSmoothing, false};
  return std::make_unique<SecondExamples>(set.itemsOf(part), loader, learns ? SecondExamples::Items::recordings : SecondExamples::Items::seconds, options);
}

}  // namespace chladni::models::bag

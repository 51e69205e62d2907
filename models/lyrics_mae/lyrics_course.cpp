#include "models/lyrics_mae/lyrics_course.h"

#include <algorithm>
#include <array>
#include <optional>
#include <system_error>

#include <torch/types.h>

#include "core/base/random.h"
#include "core/inference/model_package.h"
#include "core/nn/load_package.h"
#include "core/nn/device.h"
#include "core/nn/mask_modes.h"
#include "core/nn/package_writer.h"
#include "core/nn/tensor_exchange.h"
#include "core/nn/train_classifier.h"
#include "core/nn/train_family.h"
#include "core/nn/train_loop.h"
#include "core/nn/translate.h"
#include "models/lyrics_mae/lyrics_examples.h"
#include "models/lyrics_mae/lyrics_net.h"
#include "models/lyrics_mae/lyrics_presets.h"

namespace chladni::models::lyrics_mae {
namespace {

using training::Recipe;
using training::TrainingJob;

constexpr std::uint64_t kHeldOutSeed = 0x50E6;

// What a recipe says before any data are known: sizes, words, and where the weights begin.
struct Plan {
  LyricsConfig config;  // frames, bins and classes are settled with the data
  std::filesystem::path vocabulary;
  bool lowerCase = true;
  std::optional<inference::ModelSpec> start;
};

Result<LyricsConfig> configFromNothing(const Recipe& recipe) {
  const auto variant = recipe.variant.empty() ? std::string("lyrics-mae") : recipe.variant;
  if (variant != "lyrics-mae" && variant != "lyrics-mae-cav-mae-losses")
    return fail(ErrorCode::invalidArgument, "variant: " + variant + " is neither lyrics-mae nor lyrics-mae-cav-mae-losses");
  auto config = lyricsPreset(variant)->config;
  config.width = recipe.width;
  config.heads = recipe.heads;
  config.audioDepth = recipe.depth;
  config.textDepth = recipe.textDepth;
  config.jointDepth = recipe.unifiedDepth;
  config.decoderDepth = recipe.decoderDepth;
  config.decoderWidth = recipe.decoderWidth;
  config.decoderHeads = recipe.decoderHeads;
  config.patch = recipe.patch;
  config.tokens = recipe.tokens;
  config.textLayout = recipe.textLayout == "bert" ? TextLayout::bert : TextLayout::preNorm;
  return config;
}

void settleObjective(const Recipe& recipe, LyricsObjective& objective) {
  objective.maskRatio = recipe.maskRatio;
  objective.contrastiveWeight = recipe.contrastiveWeight;
  objective.reconstructionWeight = recipe.reconstructionWeight;
  objective.textWeight = recipe.textWeight;
  objective.standardisedTargets = recipe.pixelNorm;
}

Result<Plan> planFor(const Recipe& recipe, LyricsTask task) {
  Plan plan;
  if (!recipe.start.empty()) {
    auto spec = inference::readModelPackage(recipe.start);
    if (!spec) return fail(spec.error());
    const bool fits = spec->family == "lyrics-mae" || (task == LyricsTask::classifier && spec->family == "lyrics-classify");
    if (!fits)
      return fail(ErrorCode::incompatibleModel, recipe.start + ": a model of the family " + spec->family + "; start from lyrics-mae" +
                                                    (task == LyricsTask::classifier ? " or lyrics-classify" : ""));
    auto config = configFromSpec(*spec);
    if (!config) return fail(config.error());
    auto words = inference::packageFile(spec->folder, spec->frontend.lyrics->vocabulary);
    if (!words) return fail(words.error());
    plan = {*config, *words, spec->frontend.lyrics->lowerCase, std::move(*spec)};
  } else {
    if (recipe.vocabulary.empty())
      return fail(ErrorCode::invalidArgument, "vocabulary: missing; name a vocab.txt (one WordPiece a line), such as BERT's, or a start that has one");
    auto config = configFromNothing(recipe);
    if (!config) return fail(config.error());
    plan = {*config, recipe.vocabulary, true, std::nullopt};
    auto vocabulary = text::Vocabulary::read(plan.vocabulary);
    if (!vocabulary) return fail(vocabulary.error());
    plan.config.vocabularySize = vocabulary->size();
  }
  settleObjective(recipe, plan.config.objective);
  plan.config.decoder = task == LyricsTask::autoencoder;
  return plan;
}

Result<LyricsReader> readerFor(const Result<Plan>& plan) {
  if (!plan) return fail(plan.error());
  return LyricsReader::create(plan->vocabulary, plan->lowerCase, plan->config);
}

// The number of the block `name` belongs to, counted from the top of the model.
std::optional<std::int64_t> blocksAbove(const LyricsConfig& config, const std::string& name) {
  const auto in = [&](const std::string& stack, std::int64_t depth, std::int64_t above) -> std::optional<std::int64_t> {
    if (!name.starts_with(stack + ".")) return std::nullopt;
    return above + depth - std::stoll(name.substr(stack.size() + 1));
  };
  if (const auto found = in("blocks_u", config.jointDepth, 0)) return found;
  if (const auto found = in("blocks_a", config.audioDepth, config.jointDepth)) return found;
  if (const auto found = in("blocks_t", config.textDepth, config.jointDepth)) return found;
  return in("decoder_blocks", 0, 0) ? std::optional<std::int64_t>(0) : std::nullopt;
}

// What both tasks share.
class LyricsTrainable : public nn::Trainable {
 public:
  LyricsTrainable(const TrainingJob& job, Plan plan, LyricsTask task)
      : job_(job), plan_(std::move(plan)), task_(task), net_(std::make_shared<LyricsNet>(plan_.config)) {}

  Result<void> begin() {
    net_->initialise();
    if (!plan_.start) return {};
    return nn::tellStart(job_, fill());
  }

  [[nodiscard]] torch::nn::Module& module() override { return *net_; }

  [[nodiscard]] nn::ParameterRole roleOf(const std::string& name, const at::Tensor& parameter) const override {
    nn::ParameterRole role;
    // The study's Adam knows one kind of parameter only.
    role.decays = job_.recipe().optimiser == "adam" || (parameter.dim() >= 2 && name.ends_with("weight"));
    role.head = name.starts_with("mlp_head.");
    if (const auto above = blocksAbove(config(), name)) {
      role.layersAbove = *above;
      role.blockMatrix = true;
    } else if (name.starts_with("patch_embed") || name.starts_with("word_embed") || name.starts_with("modality_")) {
      role.layersAbove = config().jointDepth + std::max(config().audioDepth, config().textDepth) + 1;
    }
    return role;
  }

  Result<void> writeModel(const std::filesystem::path& folder, const std::string& metricsJson) override {
    const auto spec = specOf(folder, metricsJson);
    auto written = nn::writePackage(spec, *net_, cardText(spec), [&]() -> Result<void> {
      std::error_code problem;
      std::filesystem::copy_file(plan_.vocabulary, folder / kVocabularyFile, std::filesystem::copy_options::overwrite_existing, problem);
      if (problem) return fail(ErrorCode::io, "cannot copy '" + plan_.vocabulary.string() + "': " + problem.message());
      return {};
    });
    return written ? Result<void>() : fail(written.error());
  }

 protected:
  [[nodiscard]] const LyricsConfig& config() const { return net_->config(); }
  static at::Tensor idsOf(const at::Tensor& words) { return words.to(at::kLong); }

  const TrainingJob& job_;
  const Plan plan_;
  const LyricsTask task_;
  std::shared_ptr<LyricsNet> net_;

 private:
  // The start's weights in this net; what was changed, one line each.
  Result<std::vector<std::string>> fill() {
    auto weights = nn::weightsOfPackage(*plan_.start);
    if (!weights) return fail(std::move(weights).error());
    std::vector<std::string> lines;
    const bool sameClasses = plan_.start->classes == job_.classes;
    nn::NamedTensors taken;
    bool freshHead = false;
    for (const auto& item : net_->named_parameters()) {
      const auto found = weights->find(item.key());
      const bool head = item.key().starts_with("mlp_head.");
      const bool otherGrid = found != weights->end() && item.key().find("pos_embed") != std::string::npos && found->second.sizes() != item.value().sizes();
      if ((head && (found == weights->end() || !sameClasses)) || otherGrid) taken[item.key()] = item.value().detach().clone();
      else if (found != weights->end()) taken[item.key()] = found->second;
      freshHead = freshHead || (head && (found == weights->end() || !sameClasses));
      if (otherGrid) lines.push_back(item.key() + ": computed anew for another length of clip");
    }
    if (freshHead) lines.push_back("a fresh head for " + std::to_string(config().classes) + " classes");
    if (auto loaded = nn::loadWeights(*net_, taken); !loaded) return fail(loaded.error());
    return lines;
  }

  [[nodiscard]] inference::ModelSpec specOf(const std::filesystem::path& folder, const std::string& metricsJson) const {
    const bool classifies = task_ == LyricsTask::classifier;
    auto spec = nn::trainedSpec(job_, std::string(LyricsFamily(task_).name()), folder, metricsJson, plan_.start ? &*plan_.start : nullptr, "trained further");
    spec.tasks = {classifies ? "music-genres" : "reconstruction"};
    spec.multiLabel = job_.multiLabel || !classifies;
    spec.frontend.lyrics = LyricsSpec{kVocabularyFile, static_cast<int>(config().tokens), plan_.lowerCase};
    spec.architecture = toArchitecture(config());
    if (classifies) spec.classes = job_.classes;
    spec.fileSha256[kVocabularyFile] = "";
    return spec;
  }

  [[nodiscard]] std::string cardText(const inference::ModelSpec& spec) const {
    return "# " + spec.title + "\n\n" + (task_ == LyricsTask::classifier ? "A classifier of songs by sound and lyrics, " : "A masked autoencoder of sound and lyrics, ") +
           spec.source + ".\n\n## Data\n\n" + spec.data + "\n\n## Figures\n\n" + spec.metricsJson +
           "\n\nMeasured on the held-out part named in data_report.json. The recipe is config.json.\n";
  }
};

class PretrainTrainable final : public LyricsTrainable {
 public:
  PretrainTrainable(const TrainingJob& job, Plan plan, std::int64_t padId) : LyricsTrainable(job, std::move(plan), LyricsTask::autoencoder), padId_(padId) {}

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace& place) override {
    const bool learning = net_->is_training() && at::GradMode::is_enabled();
    return lossesWith(batch, learning ? generatorFor(place.step, batch.firstItem()) : heldOutGenerator(batch.firstItem()));
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    at::NoGradGuard guard;
    nn::LossMeans means;
    for (;;) {
      auto batch = batches();
      if (!batch) return fail(batch.error());
      if (!*batch) break;
      means.add(lossesWith(**batch, heldOutGenerator((*batch)->firstItem())), (*batch)->size());
    }
    if (means.empty()) return fail(ErrorCode::invalidArgument, "no held-out songs with lyrics to measure");
    return means.figures();
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    at::NoGradGuard guard;
    if (!nn::allFinite(net_->soundBranch(net_->embedSound(batch.at("sound"))))) return "blocks_a";
    if (!nn::allFinite(net_->textBranch(net_->embedText(idsOf(batch.at("words")))))) return "blocks_t";
    return "blocks_u or decoder";
  }

 private:
  [[nodiscard]] at::Generator generatorFor(std::int64_t step, std::int64_t item) const {
    const auto seed = static_cast<std::uint64_t>(job_.recipe().seed) * 1000003ULL + static_cast<std::uint64_t>(item);
    return nn::seededGenerator(Random::forItem(seed, static_cast<std::uint64_t>(step)).bits() >> 1);
  }
  // The same places hidden in every evaluation.
  static at::Generator heldOutGenerator(std::int64_t item) {
    return nn::seededGenerator(Random::forItem(kHeldOutSeed, static_cast<std::uint64_t>(item)).bits() >> 1);
  }

  [[nodiscard]] nn::TrainLosses lossesWith(const nn::TrainBatch& batch, const at::Generator& generator) const {
    const auto& objective = config().objective;
    const auto& sound = batch.at("sound");
    const auto ids = idsOf(batch.at("words"));
    // Drawn for the joined batch of all processes, so that what is hidden does not depend on how many there are.
    const auto own = [&](const at::Tensor& noise) { return noise.narrow(0, batch.firstRow, batch.size()).to(sound.device()); };
    const auto soundNoise = own(nn::drawNoise(batch.joinedSize(), config().patches(), generator));
    const auto textNoise = own(nn::drawNoise(batch.joinedSize(), config().tokens, generator));
    const auto encoding = net_->encode(sound, ids, soundNoise, textNoise, objective.maskRatio);
    const auto found = net_->losses(sound, ids, encoding, net_->decode(encoding), padId_);
    const auto& pairs = objective.direction == ContrastiveDirection::rows ? found.rows : found.columns;
    return {total(found, objective),
            {{"sound", found.soundMean}, {"text", found.text}, {"contrastive", pairs.loss}, {"contrastive_accuracy", pairs.accuracy}}};
  }

  const std::int64_t padId_;
};

class ClassifyTrainable final : public LyricsTrainable {
 public:
  ClassifyTrainable(const TrainingJob& job, Plan plan)
      : LyricsTrainable(job, std::move(plan), LyricsTask::classifier), loss_(nn::classifierLoss(job.recipe(), job.multiLabel)) {}

  nn::TrainLosses losses(const nn::TrainBatch& batch, const training::TrainPlace&) override {
    return nn::lossesOf({logitsOf(batch)}, batch.at("target"), loss_);
  }

  Result<nn::TrainFigures> evaluate(const nn::BatchStream& batches) override {
    return nn::classifierFigures(batches, [this](const nn::TrainBatch& batch) { return logitsOf(batch); }, loss_, job_.multiLabel);
  }

  std::string firstNotFinite(const nn::TrainBatch& batch) override {
    at::NoGradGuard guard;
    return nn::allFinite(logitsOf(batch)) ? "" : "before mlp_head";
  }

 private:
  // Songs of a batch that have the same modalities go through together; one that has none has logits of 0.
  [[nodiscard]] at::Tensor logitsOf(const nn::TrainBatch& batch) const {
    const auto has = batch.at("has").to(at::kCPU);
    std::array<std::vector<std::int64_t>, 4> alike;
    for (std::int64_t n = 0; n < batch.size(); ++n)
      alike[(has[n][0].item<float>() > 0.5F ? 2U : 0U) + (has[n][1].item<float>() > 0.5F ? 1U : 0U)].push_back(n);
    const auto& device = batch.at("sound").device();
    auto logits = torch::zeros({batch.size(), config().classes}, at::TensorOptions(device).dtype(at::kFloat));
    for (std::size_t kind = 1; kind < alike.size(); ++kind) {
      if (alike[kind].empty()) continue;
      const auto rows = torch::tensor(alike[kind], torch::kLong).to(device);
      const auto sound = kind >= 2 ? batch.at("sound").index_select(0, rows) : at::Tensor();
      const auto ids = kind % 2 == 1 ? idsOf(batch.at("words").index_select(0, rows)) : at::Tensor();
      logits = logits.index_copy(0, rows, net_->logits(sound, ids).to(at::kFloat));
    }
    return logits;
  }

  const nn::ClassifierLoss loss_;
};

Result<void> teach(const TrainingJob& job, LyricsTask task) {
  auto plan = planFor(job.recipe(), task);
  const auto reader = readerFor(plan);
  if (!reader) return fail(reader.error());
  const auto& shape = job.train->fields().front().shape;
  plan->config.frames = shape[0];
  plan->config.bins = shape[1];
  plan->config.classes = task == LyricsTask::classifier ? static_cast<std::int64_t>(job.classes.size()) : 0;
  if (auto checked = check(plan->config); !checked) return fail(checked.error());
  nn::prepareToLearn(job);
  const auto run = [&](auto trainable) -> Result<void> {
    if (auto begun = trainable.begin(); !begun) return begun;
    return nn::runTraining(trainable, job);
  };
  if (task == LyricsTask::classifier) return run(ClassifyTrainable(job, std::move(*plan)));
  return run(PretrainTrainable(job, std::move(*plan), reader->padId()));
}

}  // namespace

Result<void> LyricsTraining::train(const TrainingJob& job) const {
  return nn::translated("training", [&] { return teach(job, task_); });
}

std::unique_ptr<training::Examples> LyricsTraining::examplesOf(const training::SoundSet& set, training::Part part,
                                                               const training::SoundLoader& loader, const Recipe& recipe) const {
  const bool learns = part == training::Part::train;
  const auto plan = planFor(recipe, task_);
  SongOptions options;
  options.tokens = plan ? plan->config.tokens : recipe.tokens;
  options.hears = recipe.modality != "words";
  options.reads = recipe.modality != "sound";
  auto items = set.itemsOf(part);
  if (task_ == LyricsTask::classifier)
    options.classes = static_cast<std::int64_t>(set.classes.size());
  else
    std::erase_if(items, [](const training::SoundItem& item) { return item.lyrics.empty(); });
  if (learns) {
    options.modalityDropout = recipe.modalityDropout;
    options.wordMasking = recipe.wordMasking;
    options.balanced = recipe.balanced;
    options.augmentation = {0.0, recipe.maskBins, recipe.maskFrames, recipe.roll, recipe.noise, 0.0, recipe.crop == "random"};
  }
  return std::make_unique<LyricsExamples>(std::move(items), loader, readerFor(plan), options);
}

}  // namespace chladni::models::lyrics_mae

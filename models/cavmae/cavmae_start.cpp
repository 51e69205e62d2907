#include "models/cavmae/cavmae_start.h"

#include <torch/types.h>

#include "core/inference/model_package.h"
#include "core/nn/load_package.h"
#include "core/nn/package_writer.h"
#include "core/nn/train_family.h"

namespace chladni::models::cavmae {
namespace {

using training::TrainingJob;

Result<CavmaeConfig> configFromRecipe(const training::Recipe& recipe, Task task) {
  const auto variant = recipe.variant.empty() ? std::string("cav-mae") : recipe.variant;
  auto config = preset(variant, task);
  if (!config) {
    std::string known;
    for (const auto& name : presetNames()) known += (known.empty() ? "" : ", ") + name;
    return fail(ErrorCode::invalidArgument, "variant: " + recipe.variant + " is none of " + known);
  }
  config->audioDepth = config->imageDepth = recipe.depth;
  config->unifiedDepth = recipe.unifiedDepth;
  config->width = recipe.width;
  config->heads = recipe.heads;
  config->decoderDepth = recipe.decoderDepth;
  config->decoderWidth = recipe.decoderWidth;
  config->decoderHeads = recipe.decoderHeads;
  config->patch = recipe.patch;
  config->pixelNorm = recipe.pixelNorm;
  return *config;
}

// What the recipe says whatever the start.
void settle(CavmaeConfig& config, const TrainingJob& job, Task task) {
  const auto& recipe = job.recipe();
  config.task = task;
  config.classes = task == Task::classify ? static_cast<std::int64_t>(job.classes.size()) : 0;
  if (task == Task::classify) {
    config.positions = config.positions == Positions::sincosFixed ? Positions::sincosTrained : config.positions;
    config.trainedOn = recipe.modality == "sound" ? TrainedOn::sound : recipe.modality == "picture" ? TrainedOn::picture : TrainedOn::both;
  } else {
    config.contrastiveWeight = recipe.contrastiveWeight;
    config.reconstructionWeight = recipe.reconstructionWeight;
  }
  const auto& fields = job.train->fields();
  config.frames = fields[0].shape[0];
  config.melBands = fields[0].shape[1];
  config.imageSize = fields[1].shape[1];
}

bool isPositions(const std::string& name) { return name.find("pos_embed") != std::string::npos; }

std::optional<std::int64_t> blockOf(const std::string& name, const char* stack) {
  const std::string prefix = std::string(stack) + ".";
  if (!name.starts_with(prefix)) return std::nullopt;
  return std::stoll(name.substr(prefix.size()));
}

}  // namespace

Result<TrainingStart> trainingStart(const TrainingJob& job, Task task) {
  TrainingStart start;
  if (job.start.empty()) {
    auto config = configFromRecipe(job.recipe(), task);
    if (!config) return fail(config.error());
    start.config = *config;
  } else {
    auto spec = inference::readModelPackage(job.start);
    if (!spec) return fail(spec.error());
    if (spec->family != kPretrainFamily && spec->family != kClassifyFamily)
      return fail(ErrorCode::incompatibleModel, job.start.string() + ": a model of the family " + spec->family + "; start from a CAV-MAE");
    if (task == Task::pretrain && spec->family == kClassifyFamily)
      return fail(ErrorCode::incompatibleModel, job.start.string() + ": a classifier has no decoder; pretraining starts from a cavmae-pretrain model");
    auto config = configFromSpec(*spec);
    if (!config) return fail(config.error());
    start.config = *config;
    start.sameClasses = spec->classes == job.classes;
    start.package = std::move(*spec);
  }
  settle(start.config, job, task);
  if (auto ok = check(start.config); !ok) return fail(ok.error());
  return start;
}

Result<std::vector<std::string>> fill(CavmaeNet& net, const TrainingStart& start) {
  net.initialise();
  std::vector<std::string> lines;
  if (!start.package) return lines;
  auto weights = nn::weightsOfPackage(*start.package);
  if (!weights) return fail(std::move(weights).error());
  nn::NamedTensors taken;
  std::int64_t heads = 0;
  for (const auto& item : net.named_parameters()) {
    const auto& name = item.key();
    const auto found = weights->find(name);
    const bool ofOtherClasses = name.starts_with("mlp_head.") && (found == weights->end() || !start.sameClasses);
    const bool ofOtherGrid = isPositions(name) && found != weights->end() && found->second.sizes() != item.value().sizes();
    if (ofOtherClasses || ofOtherGrid) taken[name] = item.value().detach().clone();
    else if (found != weights->end()) taken[name] = found->second;
    heads += ofOtherClasses ? 1 : 0;
    if (ofOtherGrid) lines.push_back(name + ": computed anew for another size of input");
  }
  if (heads > 0) lines.push_back("a fresh head for " + std::to_string(net.config().classes) + " classes");
  if (auto loaded = nn::loadWeights(net, taken); !loaded) return fail(loaded.error());
  return lines;
}

ParameterPlace placeOf(const CavmaeConfig& config, const std::string& name) {
  ParameterPlace place;
  place.head = name.starts_with("mlp_head.");
  if (const auto block = blockOf(name, "blocks_u")) return {config.unifiedDepth - *block, true, false};
  if (const auto block = blockOf(name, "blocks_a")) return {config.unifiedDepth + config.audioDepth - *block, true, false};
  if (const auto block = blockOf(name, "blocks_v")) return {config.unifiedDepth + config.imageDepth - *block, true, false};
  if (blockOf(name, "decoder_blocks")) return {0, true, false};
  const bool first = name.starts_with("patch_embed") || name.starts_with("modality_") || name.starts_with("pos_embed");
  if (first) place.layersAbove = config.unifiedDepth + std::max(config.audioDepth, config.imageDepth) + 1;
  return place;
}

Result<void> writePackage(const TrainingJob& job, const TrainingStart& start, const CavmaeNet& net,
                          const std::filesystem::path& folder, const std::string& metricsJson) {
  const bool classifies = net.config().task == Task::classify;
  auto spec = nn::trainedSpec(job, classifies ? kClassifyFamily : kPretrainFamily, folder, metricsJson, start.package ? &*start.package : nullptr, "trained further");
  spec.tasks = {classifies ? "audio-events" : "reconstruction"};
  spec.multiLabel = job.multiLabel;
  spec.architecture = toArchitecture(net.config());
  spec.classes = classifies ? job.classes : std::vector<std::string>{};
  const auto card = "# " + spec.title + "\n\n" + (classifies ? "A classifier of sound and pictures (CAV-MAE), " : "A masked autoencoder of sound and pictures (CAV-MAE), ") +
                    spec.source + ".\n\n## Data\n\n" + spec.data + "\n\n## Figures\n\n" + spec.metricsJson + "\n\nThe recipe is config.json.\n";
  auto written = nn::writePackage(spec, net, card);
  return written ? Result<void>() : fail(written.error());
}

}  // namespace chladni::models::cavmae

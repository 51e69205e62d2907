#include "models/cavmae/cavmae_import.h"

#include <torch/types.h>

#include "core/dsp/frontend_presets.h"
#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/serial/checkpoint_reader.h"
#include "models/cavmae/cavmae_net.h"
#include "models/cavmae/cavmae_settings.h"
#include "models/cavmae/cavmae_vision_start.h"

namespace chladni::models::cavmae {
namespace {

using Lines = std::vector<std::string>;

constexpr std::int64_t kAudioSetClasses = 527;
constexpr float kThesisDeviation = 4.485F;  // the published recipes have 4.4849

struct Checkpoint {
  nn::CanonicalWeights weights;
  std::map<std::string, std::string> metadata;
};

Result<Checkpoint> readWeights(const std::filesystem::path& source) {
  auto file = serial::readCheckpoint(source);
  if (!file) return fail(std::move(file).error());
  auto published = nn::toNamedTensors(file->tensors);
  if (!published) return fail(std::move(published).error());
  auto weights = canonicalise(*published);
  if (!weights) return fail(std::move(weights).error());
  weights->tellChoice(file->metadata);
  return Checkpoint{std::move(*weights), std::move(file->metadata)};
}

// The user's words win over what the file says of itself.
std::map<std::string, std::string> allWords(const inference::ImportOptions& options,
                                            const std::map<std::string, std::string>& metadata) {
  auto words = options.settings;
  for (const auto& name : settingNames())
    if (metadata.contains(name)) words.emplace(name, metadata.at(name));
  return words;
}

struct Sized {
  nn::CanonicalWeights weights;
  CavmaeConfig config;
};

void apply(const CavmaeSettings& settings, CavmaeConfig& config) {
  const auto chosen = *preset(settings.variant, config.task);
  config.unifiedSingleModality = settings.reading.value_or(chosen.unifiedSingleModality);
  config.contrastiveWeight = chosen.contrastiveWeight;
  config.reconstructionWeight = chosen.reconstructionWeight;
  config.positions = chosen.positions;
  config.pixelNorm = settings.pixelNorm.value_or(chosen.pixelNorm);
  config.trainedOn = settings.trainedOn.value_or(config.trainedOn);
}

Result<Sized> fromVision(const Checkpoint& file, const CavmaeSettings& settings) {
  auto config = configFromVision(file.weights.tensors, settings.hints);
  if (!config) return fail(std::move(config).error());
  apply(settings, *config);
  torch::manual_seed(0);
  CavmaeNet fresh(*config);
  fresh.initialise();
  auto weights = startFromVision(fresh, file.weights.tensors);
  if (!weights) return fail(std::move(weights).error());
  weights->lines.insert(weights->lines.begin(), file.weights.lines.begin(), file.weights.lines.end());
  return Sized{std::move(*weights), *config};
}

// A classifier to be trained: encoder as it is, no decoder, a head that knows nothing yet.
void exchangeHead(nn::CanonicalWeights& weights, CavmaeConfig& config, std::int64_t classes) {
  std::erase_if(weights.tensors, [&](const auto& item) {
    if (!item.first.starts_with("decoder_") && item.first != "mask_token") return false;
    weights.lines.push_back("dropped '" + item.first + "': only the pretraining model paints");
    return true;
  });
  config.task = Task::classify;
  config.positions = Positions::sincosTrained;
  config.classes = classes;
  torch::manual_seed(0);
  CavmaeNet fresh(config, CavmaeNet::Blocks::none);
  fresh.initialise();
  for (const auto& item : fresh.named_parameters())
    if (item.key().starts_with("mlp_head.")) {
      weights.tensors.emplace(item.key(), item.value().detach());
      weights.lines.push_back("fresh: '" + item.key() + "': a new head, to be trained");
    }
}

Result<Sized> fromCheckpoint(const Checkpoint& file, const CavmaeSettings& settings, Task task, const inference::ImportOptions& options) {
  auto config = detectConfig(file.weights.tensors, settings.hints);
  if (!config) return fail(std::move(config).error());
  Sized sized{file.weights, *config};
  if (task == Task::pretrain && sized.config.task == Task::classify)
    return fail(ErrorCode::incompatibleModel, "the weights have a classifier and no decoder; import them as cavmae-classify");
  if (task == Task::classify && sized.config.task == Task::pretrain) {
    if (!settings.newHead)
      return fail(ErrorCode::incompatibleModel,
                  "no tensor 'mlp_head.1.weight': the weights have no classifier; import them as cavmae-pretrain, or start a "
                  "classifier from them with the setting new_head=true");
    if (options.classes.empty())
      return fail(ErrorCode::invalidArgument, "a new head needs the names of its classes; give them");
    exchangeHead(sized.weights, sized.config, static_cast<std::int64_t>(options.classes.size()));
  }
  apply(settings, sized.config);
  if (auto checked = check(sized.config); !checked) return fail(std::move(checked).error());
  return sized;
}

FrontendSpec frontendOf(const CavmaeConfig& config, const CavmaeSettings& settings, Lines& lines) {
  auto frontend = *dsp::frontendPreset("cavmae");
  frontend.melBins = static_cast<int>(config.melBands);
  frontend.targetFrames = config.frames;
  const bool thesis = settings.variant.starts_with("dualmae");
  frontend.mean = settings.mean.value_or(frontend.mean);
  frontend.deviation = settings.deviation.value_or(thesis ? kThesisDeviation : frontend.deviation);
  if (!settings.mean || !settings.deviation)
    lines.push_back("assumed the normalisation of the sound of " + settings.variant + "; settings mean and deviation give another");
  if (!config.picture) return frontend;
  auto& picture = frontend.picture.emplace();
  picture.size = static_cast<int>(config.imageSize);
  picture.framesPerClip = static_cast<int>(settings.framesPerClip.value_or(1));
  return frontend;
}

Result<inference::ModelSpec> newSpec(const inference::ImportOptions& options, const CavmaeConfig& config,
                                     const CavmaeSettings& settings, Lines& lines) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = std::string(config.task == Task::pretrain ? kPretrainFamily : kClassifyFamily);
  spec.title = options.title.empty() ? spec.name : options.title;
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.multiLabel = settings.multiLabel.value_or(config.classes == kAudioSetClasses);
  spec.tasks = {config.task == Task::pretrain ? "reconstruction" : "audio-events"};
  spec.architecture = toArchitecture(config);
  auto classes = config.classes > 0 ? inference::classNames(options, config.classes) : Lines{};  // names may be said in vain
  if (!classes) return fail(std::move(classes).error());
  spec.classes = std::move(*classes);
  spec.frontend = frontendOf(config, settings, lines);
  spec.windowSeconds = spec.frontend.clipSeconds();
  spec.hopSeconds = spec.windowSeconds / 2.0;
  return spec;
}

}  // namespace

Result<inference::ImportReport> importCavmae(const inference::ImportOptions& options, Task task) {
  const auto file = readWeights(options.source);
  if (!file) return fail(file.error());
  const auto settings = readSettings(allWords(options, file->metadata));
  if (!settings) return fail(settings.error());
  const bool vision = isVisionMae(file->weights.tensors);
  if (vision && task == Task::classify)
    return fail(ErrorCode::incompatibleModel, "these are the weights of a vision masked autoencoder; import them as cavmae-pretrain");
  auto sized = vision ? fromVision(*file, *settings) : fromCheckpoint(*file, *settings, task, options);
  if (!sized) return fail(std::move(sized).error());

  inference::ImportReport report;
  report.lines = std::move(sized->weights.lines);
  const auto differences = nn::compareWeights(CavmaeNet(sized->config), sized->weights.tensors);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  if (!differences.fits()) return report;
  auto spec = newSpec(options, sized->config, *settings, report.lines);
  if (!spec) return fail(std::move(spec).error());
  auto written = nn::writePackage(*spec, sized->weights.tensors, inference::importedCard(*spec, "A CAV-MAE"));
  if (!written) return fail(std::move(written).error());
  report.lines.push_back("used " + std::to_string(sized->weights.tensors.size()) + " tensors, each once");
  report.spec = std::move(*written);
  report.accepted = true;
  return report;
}

}  // namespace chladni::models::cavmae

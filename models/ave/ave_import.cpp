#include "models/ave/ave_import.h"

#include <set>

#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/nn/weights.h"
#include "core/serial/checkpoint_reader.h"
#include "models/ave/ave_classes.h"
#include "models/ave/ave_detect.h"
#include "models/ave/ave_model.h"

namespace chladni::models::ave {
namespace {

using Lines = std::vector<std::string>;

const std::set<std::string> kSettings{"grid", "attention", "fusion_blocks", "weak", "segments", kSoundBackbone, kPictureBackbone};

struct Source {
  nn::NamedTensors tensors;
  Settings settings;
};

// The caller's settings win over those of the file.
Result<Source> readSource(const inference::ImportOptions& options) {
  for (const auto& [key, value] : options.settings)
    if (!kSettings.contains(key))
      return fail(ErrorCode::invalidArgument, "there is no setting '" + key + "'; known are grid, attention, fusion_blocks, weak, "
                                              "segments, sound_backbone and picture_backbone");
  auto file = serial::readCheckpoint(options.source);
  if (!file) return fail(std::move(file).error());
  auto tensors = nn::toNamedTensors(file->tensors);
  if (!tensors) return fail(std::move(tensors).error());
  Source source{*std::move(tensors), options.settings};
  for (const auto& [key, value] : file->metadata)
    if (kSettings.contains(key)) source.settings.emplace(key, value);
  return source;
}

Result<Lines> classNames(const inference::ImportOptions& options, std::int64_t classes, Lines& lines) {
  if (!options.classes.empty() || classes != static_cast<std::int64_t>(aveClasses().size()))
    return inference::classNames(options, classes);
  lines.push_back("assumed the 29 classes of the AVE data set, in its order");
  return aveClasses();
}

inference::ModelSpec newSpec(const inference::ImportOptions& options, std::string family, std::string task) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = std::move(family);
  spec.title = options.title.empty() ? spec.name : options.title;
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.tasks = {std::move(task)};
  spec.frontend.sound = false;  // what it reads are features; their packages say how they are made
  return spec;
}

// Names of the backbones, said or assumed.
void settleBackbones(inference::ModelSpec& spec, const Settings& settings, bool hears, bool sees, Lines& lines) {
  const auto settle = [&](bool wanted, const char* key, const char* usual) {
    if (!wanted) return;
    const auto said = settings.find(key);
    spec.architecture[key] = said != settings.end() ? said->second : std::string(usual);
    if (said == settings.end())
      lines.push_back(std::string("assumed features of '") + usual + "'; say " + key + " if the weights were trained on others");
  };
  settle(hears, kSoundBackbone, kUsualSoundBackbone);
  settle(sees, kPictureBackbone, kUsualPictureBackbone);
}

// Compares, writes when everything fits, and says which tensor was used.
Result<inference::ImportReport> finish(inference::ImportReport report, const torch::nn::Module& net,
                                       const nn::NamedTensors& tensors) {
  const auto differences = nn::compareWeights(net, tensors);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  if (!differences.fits()) return report;
  auto written = nn::writePackage(report.spec, tensors,
                                  inference::importedCard(report.spec, "A model of the family `" + report.spec.family + "`"));
  if (!written) return fail(std::move(written).error());
  report.lines.push_back("used " + std::to_string(tensors.size()) + " tensors, each once");
  report.spec = *std::move(written);
  report.accepted = true;
  return report;
}

// Keras repeats the name of a layer as that of its folder: "dense_1/dense_1/kernel:0", with or without "model_weights/".
std::string kerasName(const std::string& name) {
  const auto last = name.rfind('/');
  if (last == std::string::npos || last == 0) return name;
  const auto before = name.rfind('/', last - 1);
  return before == std::string::npos ? name : name.substr(before + 1);
}

Result<MatchingConfig> matchingShape(const nn::NamedTensors& tensors) {
  MatchingConfig config;
  const auto read = [&](const std::string& name, std::int64_t& in, std::int64_t& out) -> Result<void> {
    const auto found = tensors.find(name);
    if (found == tensors.end())
      return fail(ErrorCode::incompatibleModel, "missing tensor '" + name + "'; these are not weights of the matching network");
    if (found->second.dim() != 2)
      return fail(ErrorCode::incompatibleModel, "tensor '" + name + "' has shape " + nn::shapeText(found->second) + ", expected a matrix");
    in = found->second.size(0);
    out = found->second.size(1);
    return {};
  };
  if (auto done = read("dense_1/kernel:0", config.pictureWidth, config.hidden); !done) return fail(done.error());
  if (auto done = read("dense_3/kernel:0", config.soundWidth, config.hidden); !done) return fail(done.error());
  if (auto done = read("dense_4/kernel:0", config.hidden, config.embedding); !done) return fail(done.error());
  if (auto checked = check(config); !checked) return fail(std::move(checked).error());
  return config;
}

}  // namespace

Result<inference::ImportReport> importAve(AveKind kind, const inference::ImportOptions& options) {
  auto source = readSource(options);
  if (!source) return fail(std::move(source).error());
  auto weights = canonicalise(kind, source->tensors);
  if (!weights) return fail(std::move(weights).error());
  const auto config = detectConfig(kind, weights->tensors, source->settings);
  if (!config) return fail(config.error());
  inference::ImportReport report;
  report.lines = std::move(weights->lines);
  auto classes = classNames(options, config->classes, report.lines);
  if (!classes) return fail(std::move(classes).error());
  report.spec = newSpec(options, std::string(familyName(kind)), "audio-visual-events");
  report.spec.architecture = toArchitecture(*config);
  report.spec.classes = *std::move(classes);
  report.spec.windowSeconds = report.spec.hopSeconds = static_cast<double>(config->segments);
  settleBackbones(report.spec, source->settings, config->hears(), config->sees(), report.lines);
  return finish(std::move(report), AveNet(*config), weights->tensors);
}

Result<inference::ImportReport> importMatching(const inference::ImportOptions& options) {
  auto source = readSource(options);
  if (!source) return fail(std::move(source).error());
  inference::ImportReport report;
  nn::NamedTensors tensors;
  for (const auto& [name, tensor] : source->tensors) {
    const auto canonical = kerasName(name);
    if (canonical != name) report.lines.push_back("renamed '" + name + "' to '" + canonical + "'");
    if (!tensors.emplace(canonical, tensor).second)
      return fail(ErrorCode::incompatibleModel, "tensor '" + canonical + "' is there twice under different names");
  }
  const auto config = matchingShape(tensors);
  if (!config) return fail(config.error());
  report.spec = newSpec(options, "ave-matching", "audio-visual-matching");
  report.spec.architecture = toArchitecture(*config);
  settleBackbones(report.spec, source->settings, true, true, report.lines);
  return finish(std::move(report), MatchingNet(*config), tensors);
}

}  // namespace chladni::models::ave

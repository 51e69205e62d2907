#include "models/ast/ast_import.h"

#include <charconv>
#include <system_error>

#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/nn/weights.h"
#include "core/serial/checkpoint_reader.h"
#include "models/ast/ast_detect.h"
#include "models/ast/ast_names.h"
#include "models/ast/ast_net.h"

namespace chladni::models::ast {
namespace {

std::optional<std::int64_t> wholeNumber(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (problem != std::errc{} || end != text.data() + text.size() || value < 1) return std::nullopt;
  return value;
}

// What was said by the user, else by the file about itself. Nobody says: nothing.
using Sizes = std::map<std::string, std::optional<std::int64_t>>;

Result<Sizes> sizesSaid(const std::map<std::string, std::string>& settings, const std::map<std::string, std::string>& metadata) {
  Sizes sizes{{"heads", {}}, {"frames", {}}, {"bins", {}}, {"stride_frequency", {}}, {"stride_time", {}}};
  for (const auto& [name, text] : settings) {
    if (!sizes.contains(name))
      return fail(ErrorCode::invalidArgument, "there is no setting '" + name + "'; there are bins, frames, heads, stride_frequency, stride_time");
    sizes[name] = wholeNumber(text);
    if (!sizes[name])
      return fail(ErrorCode::invalidArgument, "setting " + name + " is '" + text + "', expected a whole number above 0");
  }
  for (auto& [name, size] : sizes)
    if (const auto found = metadata.find(name); !size && found != metadata.end()) size = wholeNumber(found->second);
  return sizes;
}

DetectHints hintsFrom(Sizes sizes) {
  DetectHints hints;
  hints.heads = sizes["heads"];
  hints.frames = sizes["frames"];
  hints.strideFrequency = sizes["stride_frequency"];
  hints.strideTime = sizes["stride_time"];
  hints.bins = sizes["bins"].value_or(hints.bins);
  return hints;
}

// What the published files of each size were trained on decides the normalisation (and one label or many).
void settleTask(inference::ModelSpec& spec, const AstConfig& config, std::vector<std::string>& lines) {
  spec.frontend.melBins = static_cast<int>(config.bins);
  spec.frontend.targetFrames = config.frames;
  spec.multiLabel = config.classes == 527;
  if (config.classes == 35 && config.frames == 128) {
    spec.frontend.mean = -6.845978F;
    spec.frontend.deviation = 5.5654526F;
    lines.push_back("assumed the Speech Commands normalisation: 35 classes and 128 frames");
  } else {
    lines.push_back("assumed the AudioSet normalisation; correct frontend.mean and frontend.deviation in model.json if the "
                    "weights were trained with another");
  }
}

inference::ModelSpec newSpec(const inference::ImportOptions& options, const AstConfig& config,
                             std::vector<std::string> classes, std::vector<std::string>& lines) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = "ast";
  spec.title = options.title.empty() ? spec.name : options.title;
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.tasks = {"audio-events"};
  spec.architecture = toArchitecture(config);
  spec.classes = std::move(classes);
  settleTask(spec, config, lines);
  spec.windowSeconds = spec.frontend.clipSeconds();
  spec.hopSeconds = spec.windowSeconds / 2.0;
  return spec;
}

}  // namespace

Result<inference::ImportReport> importAst(const inference::ImportOptions& options) {
  auto file = serial::readCheckpoint(options.source);
  if (!file) return fail(std::move(file).error());
  const auto sizes = sizesSaid(options.settings, file->metadata);
  if (!sizes) return fail(sizes.error());
  auto published = nn::toNamedTensors(file->tensors);
  if (!published) return fail(std::move(published).error());
  auto weights = canonicalise(*published);
  if (!weights) return fail(std::move(weights).error());
  weights->tellChoice(file->metadata);
  auto config = detectConfig(weights->tensors, weights->huggingFace, hintsFrom(*sizes));
  if (!config) return fail(std::move(config).error());
  auto classes = inference::classNames(options, config->classes);
  if (!classes) return fail(std::move(classes).error());

  inference::ImportReport report;
  report.lines = weights->lines;
  const auto differences = nn::compareWeights(AstNet(*config), weights->tensors);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  report.spec = newSpec(options, *config, std::move(*classes), report.lines);
  if (!differences.fits()) return report;
  auto written = nn::writePackage(report.spec, weights->tensors,
                                  inference::importedCard(report.spec, "An Audio Spectrogram Transformer"));
  if (!written) return fail(std::move(written).error());
  report.spec = std::move(*written);
  report.accepted = true;
  return report;
}

}  // namespace chladni::models::ast

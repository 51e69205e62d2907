#include "models/asit/asit_import.h"

#include "core/inference/import_settings.h"
#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/serial/checkpoint_reader.h"
#include "models/asit/asit_detect.h"
#include "models/asit/asit_names.h"
#include "models/asit/asit_net.h"
#include "models/asit/asit_positions.h"
#include "models/asit/asit_presets.h"

namespace chladni::models::asit {
namespace {

using Lines = std::vector<std::string>;

std::string textSetting(const Settings& settings, const std::string& name, const std::string& fallback) {
  const auto found = settings.find(name);
  return found == settings.end() ? fallback : found->second;
}

Result<std::string> networkSetting(const Settings& settings) {
  auto network = textSetting(settings, "network", "teacher");
  if (network != "teacher" && network != "student")
    return fail(ErrorCode::invalidArgument, "setting network is '" + network + "', expected teacher or student");
  return network;
}

// Fits the table when another length is wanted.
Result<void> fitPositions(const Settings& settings, AsitConfig& config, nn::NamedTensors& tensors, Lines& lines) {
  const auto frames = wholeSetting(settings, "frames", config.frames);
  if (!frames) return fail(frames.error());
  const auto name = textSetting(settings, "positions", "bicubic");
  const auto how = positionResizeNamed(name);
  if (!how)
    return fail(ErrorCode::invalidArgument, "setting positions is '" + name + "', expected bicubic, bilinear, bicubic-scale or crop");
  auto target = config;
  target.frames = *frames;
  if (auto checked = check(target); !checked) return checked;
  const TokenGrid source{config.columns(), config.rows()}, wanted{target.columns(), target.rows()};
  config = target;
  if (source == wanted) return {};
  auto& table = tensors.at("backbone.pos_embed");
  table = resizedPositions(table, source, wanted, *how);
  lines.push_back("reshaped 'backbone.pos_embed' from " + std::to_string(source.columns) + " to " + std::to_string(wanted.columns) +
                  " columns of patches (" + name + ")");
  return {};
}

Result<void> settleFrontend(const Settings& settings, const AsitConfig& config, inference::ModelSpec& spec, Lines& lines) {
  spec.frontend = codeSettings(AsitSize::base).frontend;
  spec.frontend.melBins = static_cast<int>(config.bins);
  spec.frontend.targetFrames = config.frames;
  const auto rate = wholeSetting(settings, "sample_rate", spec.frontend.rate.hz());
  if (!rate) return fail(rate.error());
  if (*rate > 1'000'000) return fail(ErrorCode::invalidArgument, "setting sample_rate is not a rate of sound in Hz");
  spec.frontend.rate = SampleRate{static_cast<decltype(spec.frontend.rate.hz())>(*rate)};
  if (!settings.contains("sample_rate"))
    lines.push_back("assumed sound of 32 kHz, as the authors' code has it; their paper says 16 kHz: setting sample_rate");
  const auto data = settings.find("data");
  if (data == settings.end()) {
    lines.push_back("assumed the AudioSet normalisation; setting data, or frontend.mean and frontend.deviation in model.json");
    return {};
  }
  for (const auto& row : fineTunePresets())
    if (row.name == data->second) {
      spec.frontend.mean = row.mean;
      spec.frontend.deviation = row.deviation;
      spec.multiLabel = row.multiLabel;
      return {};
    }
  std::string names;
  for (const auto& row : fineTunePresets()) names += (names.empty() ? "" : ", ") + row.name;
  return fail(ErrorCode::invalidArgument, "setting data is '" + data->second + "', expected one of " + names);
}

Result<inference::ModelSpec> newSpec(const inference::ImportOptions& options, const AsitConfig& config, Lines& lines) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = "asit";
  spec.title = options.title.empty() ? spec.name : options.title;
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.multiLabel = config.classes == 527;
  spec.tasks = config.classes > 0 ? Lines{"audio-events"} : Lines{};
  if (config.reconstruction.hidden > 0) spec.tasks.emplace_back("reconstruction");
  spec.architecture = toArchitecture(config);
  auto classes = inference::classNames(options, config.classes);
  if (!classes) return fail(std::move(classes).error());
  spec.classes = std::move(*classes);
  if (auto settled = settleFrontend(options.settings, config, spec, lines); !settled) return fail(std::move(settled).error());
  spec.windowSeconds = spec.frontend.clipSeconds();
  spec.hopSeconds = spec.windowSeconds / 2.0;
  return spec;
}

// The file's tensors under our names; a zip's set of weights is chosen by its key.
Result<nn::CanonicalWeights> readWeights(const std::filesystem::path& source, const std::string& network) {
  auto file = serial::readCheckpoint(source, network);
  if (!file) return fail(std::move(file).error());
  auto published = nn::toNamedTensors(file->tensors);
  if (!published) return fail(std::move(published).error());
  auto weights = canonicalise(*published, network);
  if (!weights) return weights;
  weights->tellChoice(file->metadata);
  return weights;
}

}  // namespace

Result<inference::ImportReport> importAsit(const inference::ImportOptions& options) {
  const auto known = inference::checkSettingNames(
      options.settings, {"network", "heads", "bins", "last_gelu", "frames", "positions", "sample_rate", "data"});
  if (!known) return fail(known.error());
  const auto network = networkSetting(options.settings);
  if (!network) return fail(network.error());
  auto weights = readWeights(options.source, *network);
  if (!weights) return fail(std::move(weights).error());
  auto config = detectConfig(weights->tensors, options.settings);
  if (!config) return fail(std::move(config).error());

  inference::ImportReport report;
  report.lines = std::move(weights->lines);
  const auto differences = nn::compareWeights(AsitNet(*config), weights->tensors);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  if (!differences.fits()) return report;
  if (auto fitted = fitPositions(options.settings, *config, weights->tensors, report.lines); !fitted)
    return fail(std::move(fitted).error());
  auto spec = newSpec(options, *config, report.lines);
  if (!spec) return fail(std::move(spec).error());
  auto written = nn::writePackage(*spec, weights->tensors, inference::importedCard(*spec, "An ASiT"));
  if (!written) return fail(std::move(written).error());
  report.lines.push_back("used " + std::to_string(weights->tensors.size()) + " tensors, each once");
  report.spec = std::move(*written);
  report.accepted = true;
  return report;
}

}  // namespace chladni::models::asit

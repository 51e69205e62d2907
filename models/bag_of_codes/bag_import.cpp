#include "models/bag_of_codes/bag_import.h"

#include "core/dsp/frontend_presets.h"
#include "core/inference/import_settings.h"
#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/serial/checkpoint_reader.h"
#include "core/serial/safetensors.h"
#include "models/bag_of_codes/bag_codebook.h"
#include "models/bag_of_codes/bag_detect.h"
#include "models/bag_of_codes/bag_net.h"

namespace chladni::models::bag {
namespace {

using Lines = std::vector<std::string>;

// Tensors of a file under the names of a package.
Result<std::vector<TensorBlob>> readTensors(const std::filesystem::path& path, Lines& lines) {
  auto file = serial::readCheckpoint(path);
  if (!file) return fail(std::move(file).error());
  constexpr std::string_view wrapper = "module.";
  std::size_t unwrapped = 0;
  for (auto& tensor : file->tensors)
    if (tensor.name.starts_with(wrapper)) {
      tensor.name.erase(0, wrapper.size());
      ++unwrapped;
    }
  if (unwrapped > 0)
    lines.push_back("took 'module.' off " + std::to_string(unwrapped) + " names: the wrapper of data-parallel training");
  return std::move(file->tensors);
}

// Centres apart from weights; what is neither stays among the weights, where it is reported as unexpected.
std::vector<TensorBlob> takeCentres(std::vector<TensorBlob>& tensors) {
  std::vector<TensorBlob> centres, rest;
  for (auto& tensor : tensors) {
    bool known = false;
    for (const auto kind : kPatchKinds) known = known || tensor.name == centresName(kind);
    (known ? centres : rest).push_back(std::move(tensor));
  }
  tensors = std::move(rest);
  return centres;
}

inference::ModelSpec newSpec(const inference::ImportOptions& options, const BagConfig& config, Lines classes, Lines& lines) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = "bag-of-codes";
  spec.title = options.title.empty() ? spec.name : options.title;
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.tasks = {"audio-events"};
  spec.multiLabel = true;
  spec.frontend = *dsp::frontendPreset("bow");
  spec.frontend.melBins = static_cast<int>(config.bins);
  spec.frontend.targetFrames = config.frames;
  spec.architecture = toArchitecture(config);
  spec.classes = std::move(classes);
  spec.fileSha256[kCodebookFile] = "";
  spec.windowSeconds = spec.hopSeconds = static_cast<double>(config.frames) * spec.frontend.frameShiftMs / 1000.0;
  lines.push_back("assumed the log-mel table of preset 'bow' (ln(x + 1e-6), HTK mel, zeros at the right edge) and bicubic "
                  "coefficient " + std::to_string(config.bicubic) + "; correct model.json if the weights were trained otherwise");
  return spec;
}

// The centres of the checkpoint, or of the file that the setting names.
Result<std::vector<TensorBlob>> settleCentres(const inference::ImportOptions& options, std::vector<TensorBlob>& tensors,
                                              Lines& lines) {
  auto centres = takeCentres(tensors);
  const auto setting = options.settings.find("codebook");
  if (setting == options.settings.end()) return centres;
  if (!centres.empty())
    return fail(ErrorCode::invalidArgument, "the checkpoint holds centres of its own; leave out the setting codebook");
  auto other = readTensors(setting->second, lines);
  if (other) lines.push_back("centres were read from " + setting->second);
  return other;
}

void reportCentres(const std::vector<TensorBlob>& centres, Lines& lines) {
  for (const auto& blob : centres)
    if (blob.dtype != DType::f64) lines.push_back(blob.name + ": stored in double precision, as every codebook is");
}

}  // namespace

Result<inference::ImportReport> importBag(const inference::ImportOptions& options) {
  const auto known = inference::checkSettingNames(options.settings, {"bins", "frames", "bicubic", "codebook"});
  if (!known) return fail(known.error());
  inference::ImportReport report;
  auto tensors = readTensors(options.source, report.lines);
  if (!tensors) return fail(std::move(tensors).error());
  auto centres = settleCentres(options, *tensors, report.lines);
  if (!centres) return fail(std::move(centres).error());
  auto weights = nn::toNamedTensors(*tensors);
  if (!weights) return fail(std::move(weights).error());
  auto everything = nn::toNamedTensors(*centres);
  if (!everything) return fail(std::move(everything).error());
  everything->insert(weights->begin(), weights->end());
  const auto config = detectConfig(*everything, options.settings);
  if (!config) return fail(config.error());
  auto classes = inference::classNames(options, config->classes);
  if (!classes) return fail(std::move(classes).error());

  reportCentres(*centres, report.lines);
  const auto differences = nn::compareWeights(BagNet(*config), *weights);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  const auto codebook = codebookFromBlobs(*centres, *config);
  if (!codebook) report.lines.push_back("not explained: " + codebook.error().message);
  report.spec = newSpec(options, *config, std::move(*classes), report.lines);
  if (!differences.fits() || !codebook) return report;
  auto written = nn::writePackage(report.spec, *weights, inference::importedCard(report.spec, "A bag of auto-encoder codes"), [&] {
    return serial::writeSafetensors(report.spec.folder / kCodebookFile, {toBlobs(*codebook), {}});
  });
  if (!written) return fail(std::move(written).error());
  report.lines.push_back("used " + std::to_string(weights->size()) + " weights and " + std::to_string(centres->size()) +
                         " tables of centres, each once");
  report.spec = std::move(*written);
  report.accepted = true;
  return report;
}

}  // namespace chladni::models::bag

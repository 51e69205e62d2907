#include "models/lyrics_mae/lyrics_import.h"

#include <system_error>

#include "core/dsp/frontend_presets.h"
#include "core/inference/imported_package.h"
#include "core/nn/package_writer.h"
#include "core/serial/checkpoint_reader.h"
#include "models/lyrics_mae/lyrics_net.h"
#include "models/lyrics_mae/lyrics_presets.h"
#include "models/lyrics_mae/lyrics_reader.h"
#include "models/lyrics_mae/lyrics_settings.h"
#include "models/lyrics_mae/lyrics_start.h"

namespace chladni::models::lyrics_mae {
namespace {

struct Checkpoint {
  nn::NamedTensors tensors;  // names without wrappers
  std::map<std::string, std::string> metadata;
};

Result<Checkpoint> readTensors(const std::filesystem::path& path) {
  auto file = serial::readCheckpoint(path);
  if (!file) return fail(std::move(file).error());
  auto tensors = nn::toNamedTensors(file->tensors);
  if (!tensors) return fail(std::move(tensors).error());
  return Checkpoint{std::move(*tensors), std::move(file->metadata)};
}

// The user's words win over what the file says of itself.
std::map<std::string, std::string> allWords(const inference::ImportOptions& options,
                                            const std::map<std::string, std::string>& metadata) {
  auto words = options.settings;
  for (const auto& name : settingNames())
    if (name != "vocabulary" && name != "bert" && metadata.contains(name)) words.emplace(name, metadata.at(name));
  return words;
}

nn::NamedTensors unwrapped(const nn::NamedTensors& tensors) {
  nn::NamedTensors plain;
  for (const auto& [name, tensor] : tensors) plain.emplace(nn::withoutWrappers(name), tensor);
  return plain;
}

// What the package's task has no use for goes, each with its line.
void keepTask(nn::CanonicalWeights& weights, LyricsTask task) {
  const auto drop = [&](auto unwanted, const std::string& why) {
    std::erase_if(weights.tensors, [&](const auto& item) {
      if (!unwanted(item.first)) return false;
      weights.lines.push_back("dropped '" + item.first + "': " + why);
      return true;
    });
  };
  if (task == LyricsTask::autoencoder)
    drop([](const std::string& name) { return name.starts_with("mlp_head."); },
         "the classifier's head; import as lyrics-classify to have it");
  else
    drop([](const std::string& name) { return name.starts_with("decoder_") || name == "mask_token"; },
         "only the autoencoder paints; import as lyrics-mae to have it");
}

void apply(const LyricsSettings& settings, LyricsConfig& config) {
  if (settings.specialTokens) config.specialTokens = *settings.specialTokens;
  if (settings.cleanLyrics) config.cleanLyrics = *settings.cleanLyrics;
  if (settings.wordLimit) config.wordLimit = *settings.wordLimit;
  if (settings.standardisedTargets) config.objective.standardisedTargets = *settings.standardisedTargets;
}

struct Sized {
  nn::CanonicalWeights weights;
  LyricsConfig config;
};

Result<Sized> fromCheckpoint(const Checkpoint& file, const LyricsSettings& settings, LyricsTask task) {
  auto weights = canonicalise(file.tensors);
  if (!weights) return fail(std::move(weights).error());
  weights->tellChoice(file.metadata);
  keepTask(*weights, task);
  auto config = detectConfig(weights->tensors, settings.hints);
  if (!config) return fail(std::move(config).error());
  if (task == LyricsTask::classifier && config->classes == 0)
    return fail(ErrorCode::incompatibleModel,
                "no tensor 'mlp_head.1.weight': the weights have no classifier; import them as lyrics-mae");
  if (task == LyricsTask::autoencoder && !config->decoder)
    return fail(ErrorCode::incompatibleModel,
                "no tensor 'decoder_embed.weight': the weights have no decoder; import them as lyrics-classify");
  return Sized{std::move(*weights), *config};
}

Result<Sized> fromCavMae(const Checkpoint& file, const LyricsSettings& settings) {
  if (settings.bert.empty())
    return fail(ErrorCode::invalidArgument,
                "these are the weights of a CAV-MAE; name those of a BERT with the setting 'bert' to start a model from both");
  auto preset = lyricsPreset(settings.preset);
  if (!preset) return fail(ErrorCode::invalidArgument, "preset '" + settings.preset + "' is unknown");
  if (settings.textLayout) preset->config.textLayout = *settings.textLayout;
  auto bert = readTensors(settings.bert);
  if (!bert) return fail(std::move(bert).error());
  auto weights = startingPoint(preset->config, {unwrapped(file.tensors), unwrapped(bert->tensors)});
  if (!weights) return fail(std::move(weights).error());
  return Sized{std::move(*weights), preset->config};
}

FrontendSpec frontendOf(const LyricsConfig& config, const LyricsSettings& settings, std::vector<std::string>& lines) {
  auto frontend = *dsp::frontendPreset("lyrics");
  frontend.melBins = static_cast<int>(config.bins);
  frontend.targetFrames = config.frames;
  frontend.mean = settings.mean.value_or(frontend.mean);
  frontend.deviation = settings.deviation.value_or(frontend.deviation);
  auto& lyrics = frontend.lyrics.emplace();
  lyrics.vocabulary = kVocabularyFile;
  lyrics.tokens = static_cast<int>(config.tokens);
  lyrics.lowerCase = settings.lowerCase.value_or(true);
  if (!settings.mean || !settings.deviation)
    lines.push_back("assumed CAV-MAE's normalisation of the sound; settings mean and deviation give another");
  return frontend;
}

inference::ModelSpec newSpec(const inference::ImportOptions& options, const LyricsConfig& config, LyricsTask task) {
  inference::ModelSpec spec;
  spec.name = options.destination.filename().string();
  spec.folder = options.destination;
  spec.family = std::string(LyricsFamily(task).name());
  spec.title = options.title.empty() ? spec.name : options.title;
  spec.licence = "unknown";
  spec.source = options.source.filename().string();
  spec.tasks = {task == LyricsTask::classifier ? "music-genres" : "reconstruction"};
  spec.multiLabel = true;
  spec.architecture = toArchitecture(config);
  spec.fileSha256[kVocabularyFile] = "";
  return spec;
}

Result<void> copyVocabulary(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::error_code problem;
  std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing, problem);
  if (problem) return fail(ErrorCode::io, "cannot copy '" + from.string() + "': " + problem.message());
  return {};
}

}  // namespace

Result<inference::ImportReport> importLyrics(const inference::ImportOptions& options, LyricsTask task) {
  auto file = readTensors(options.source);
  if (!file) return fail(std::move(file).error());
  auto settings = readSettings(allWords(options, file->metadata));
  if (!settings) return fail(std::move(settings).error());
  const bool start = isCavMae(unwrapped(file->tensors));
  if (start && task == LyricsTask::classifier)
    return fail(ErrorCode::incompatibleModel, "these are the weights of a CAV-MAE, which knows no lyrics; import as lyrics-mae");
  auto sized = start ? fromCavMae(*file, *settings) : fromCheckpoint(*file, *settings, task);
  if (!sized) return fail(std::move(sized).error());
  apply(*settings, sized->config);
  const auto vocabulary = settings->vocabulary.empty() ? options.source.parent_path() / kVocabularyFile : settings->vocabulary;
  if (auto fits = readVocabulary(vocabulary, sized->config); !fits) return fail(std::move(fits).error());
  auto classes = task == LyricsTask::classifier ? inference::classNames(options, sized->config.classes)
                                                : std::vector<std::string>{};  // names may be said in vain
  if (!classes) return fail(std::move(classes).error());

  inference::ImportReport report;
  report.lines = std::move(sized->weights.lines);
  const auto differences = nn::compareWeights(LyricsNet(sized->config), sized->weights.tensors);
  for (const auto& line : differences.lines()) report.lines.push_back("not explained: " + line);
  report.spec = newSpec(options, sized->config, task);
  report.spec.classes = std::move(*classes);
  report.spec.frontend = frontendOf(sized->config, *settings, report.lines);
  report.spec.windowSeconds = report.spec.frontend.clipSeconds();
  report.spec.hopSeconds = report.spec.windowSeconds / 2.0;
  if (!differences.fits()) return report;
  auto written = nn::writePackage(report.spec, sized->weights.tensors, inference::importedCard(report.spec, "An audio + lyrics model"),
                                  [&] { return copyVocabulary(vocabulary, report.spec.folder / kVocabularyFile); });
  if (!written) return fail(std::move(written).error());
  report.spec = std::move(*written);
  report.accepted = true;
  return report;
}

}  // namespace chladni::models::lyrics_mae

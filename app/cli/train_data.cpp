#include "app/cli/train_data.h"

#include <cstdio>
#include <set>

#include "app/cli/event_data.h"
#include "app/cli/instrument_examples.h"
#include "app/cli/score_examples.h"
#include "core/analysis/class_lookup.h"
#include "core/inference/manifest.h"
#include "core/synth/blown_instruments.h"
#include "core/synth/modal_instruments.h"
#include "core/training/recipe_frontend.h"

namespace chladni::cli {
namespace {

using training::Part;
using training::Recipe;

constexpr int kNotesPerPreset = 14;
constexpr int kComputedInstruments = 32;  // of each class that can be made without a recording
// Of the examples of a model that names everything that sounds.
constexpr double kMixtures = 0.5, kWithoutInstrument = 0.12;
constexpr std::int64_t kMostVoices = 5;
const std::string kTom = "tom";  // of drum kits only

class FileData final : public TrainData {
 public:
  FileData(dsp::Frontend frontend, const Recipe& recipe)
      : cache_(recipe.cacheFolder, static_cast<std::uintmax_t>(recipe.cacheMegabytes * 1e6)),
        loader_(frontend, inference::frontendToJson(frontend.spec()).text(), cache_) {}

  Result<void> open(const Context& context, const Recipe& recipe, const training::TrainingFamily& family,
                    const std::vector<std::string>& usual) {
    auto set = training::openSoundSet(recipe, usual);
    if (!set) return fail(set.error());
    std::optional<training::PictureLoader> pictures;
    training::InspectOptions options{recipe.validationShare, static_cast<std::uint64_t>(recipe.seed), recipe.loaders, recipe.folds, recipe.fold};
    if (family.sees()) {
      options.pictures = &pictures.emplace(*loader_.frontend().spec().picture, loader_);
      options.needsSound = recipe.modality == "sound";
      options.needsPicture = recipe.modality == "picture";
    }
    auto report = training::inspect(*set, loader_, options, context.progressSink(), context.stop);
    if (!report) return fail(report.error(), recipe.data);
    report_ = std::move(*report);
    train_ = family.examplesOf(*set, Part::train, loader_, recipe);
    if (report_.validation > 0) held_ = family.examplesOf(*set, Part::validation, loader_, recipe);
    if (held_ && held_->size() == 0) held_.reset();  // none has all that the family needs
    classes = set->classes;
    multiLabel = set->multiLabel;
    description = std::filesystem::path(recipe.data).filename().string() + ": " + std::to_string(report_.train + report_.validation + report_.test) +
                  " items of " + std::to_string(classes.size()) + " classes; " + std::to_string(report_.train) + " were learned from, " +
                  std::to_string(report_.validation) + " held out.";
    return {};
  }

  [[nodiscard]] const training::Examples& train() const override { return *train_; }
  [[nodiscard]] const training::Examples* held() const override { return held_.get(); }
  [[nodiscard]] const FrontendSpec& frontend() const override { return loader_.frontend().spec(); }
  [[nodiscard]] const training::DataReport* report() const override { return &report_; }

 private:
  training::BlobCache cache_;
  training::SoundLoader loader_;
  training::DataReport report_;
  std::unique_ptr<training::Examples> train_, held_;
};

// Notes that pieces are made of: recorded ones, when there are any, and those of soundfonts.
Result<synth::NoteBank> noteBank(const Context& context, const Recipe& recipe, const synth::InstrumentMap& map,
                                 const std::set<std::string>& labels, int notesPerPreset, SampleRate rate) {
  synth::NoteBank bank;
  bank.rate = rate;
  if (!recipe.data.empty()) {
    auto recorded = synth::loadRecordedNotes(recipe.data, rate, context.progressSink(), context.stop);
    if (!recorded) return recorded;
    bank.append(std::move(*recorded));
  }
  auto rendered = synth::renderNoteBank(map, labels, rate, notesPerPreset, context.progressSink(), context.stop);
  const bool enough = !bank.groups.empty() && !rendered && rendered.error().code == ErrorCode::notFound;  // no soundfonts here
  if (enough) return bank;
  if (!rendered) return rendered;
  bank.append(std::move(*rendered));
  return bank;
}

// Labels of the recordings that no phrase can be made of, each with the instruments that it might mean.
std::string unknownLabels(const synth::NoteBank& bank, const synth::InstrumentMap& map) {
  inference::ModelSpec instruments;
  for (const auto& [label, instrument] : map.instruments) instruments.classes.push_back(label);
  const analysis::ClassLookup lookup(instruments);
  std::set<std::string> told;
  std::string text;
  for (const auto& group : bank.groups) {
    const bool known = map.instruments.contains(group.label) || group.label == synth::kNoInstrument || group.label == kTom;
    if (known || !told.insert(group.label).second) continue;
    text += (text.empty() ? "\"" : ", \"") + group.label + '"';
    if (const auto like = lookup.namesLike(group.label); !like.empty()) text += " (like \"" + like.front() + "\")";
  }
  return text;
}

class InstrumentData final : public TrainData {
 public:
  Result<void> open(const Context& context, const Recipe& recipe, const dsp::Frontend& frontend) {
    spec_ = frontend.spec();
    auto map = synth::InstrumentMap::load();
    if (!map) return fail(map.error());
    map_ = std::move(*map);
    auto bank = noteBank(context, recipe, map_, {}, kNotesPerPreset, spec_.rate);
    if (!bank) return fail(bank.error());
    bank_ = std::move(*bank);
    std::map<std::string, double> recordings;
    std::set<std::string> known;
    for (const auto& group : bank_.groups) {
      if (group.recorded) recordings[group.label] += group.weight;
      known.insert(group.label);
    }
    // Beside what there is: data of two classes make a model of two.
    const auto seed = static_cast<std::uint64_t>(recipe.seed);
    bank_.append(synth::modalNoteBank(map_, known, spec_.rate, kComputedInstruments, kNotesPerPreset, seed));
    bank_.append(synth::blownNoteBank(map_, known, spec_.rate, kComputedInstruments, kNotesPerPreset, seed));
    assembler_.emplace(bank_, map_);
    for (const auto& [label, instrument] : map_.instruments)
      if (assembler_->canPlay(label)) classes.push_back(label);
    if (auto told = tellUnknown(context, recipe); !told) return told;
    ExampleOptions options;
    options.examples = recipe.examples;
    options.labelSmoothing = recipe.labelSmoothing;
    if (recipe.labels == "multi-label") {
      multiLabel = options.multiLabel = true;
      options.mixture = kMixtures;
      options.voices = kMostVoices;
      options.nothing = kWithoutInstrument;
      options.certainty = recipe.family == "ast";
    }
    examples_.emplace(*assembler_, frontend, classes, recordings, options);
    description = "Phrases of " + std::to_string(classes.size()) + " instruments, made from " +
                  (recipe.data.empty() ? "the installed soundfonts." : "recorded notes and the installed soundfonts.");
    return {};
  }

  [[nodiscard]] const training::Examples& train() const override { return *examples_; }
  [[nodiscard]] const training::Examples* held() const override { return nullptr; }
  [[nodiscard]] const FrontendSpec& frontend() const override { return spec_; }
  [[nodiscard]] const training::DataReport* report() const override { return nullptr; }

 private:
  Result<void> tellUnknown(const Context& context, const Recipe& recipe) const {
    const auto unknown = unknownLabels(bank_, map_);
    if (classes.empty())
      return fail(ErrorCode::corruptData, recipe.data + ": no class in it is an instrument that phrases can be made of" + (unknown.empty() ? "" : ": " + unknown) +
                                              "; use the names of VGGSound, as \"playing violin, fiddle\"");
    if (!unknown.empty() && !context.quiet)
      std::fprintf(stderr, "warning: %s: no phrases are made of %s; its sounds are left out\n", recipe.data.c_str(), unknown.c_str());
    return {};
  }

  FrontendSpec spec_;
  synth::InstrumentMap map_;
  synth::NoteBank bank_;
  std::optional<synth::PhraseAssembler> assembler_;
  std::optional<InstrumentExamples> examples_;
};

// Labels that pieces are played with: instruments with a clear pitch, of many kinds, and a few strokes.
const std::set<std::string> kPieceInstruments{
    "playing piano",     "playing violin, fiddle", "playing cello",     "playing flute",       "playing trumpet",     "playing clarinet",
    "playing saxophone", "playing acoustic guitar", "playing oboe",     "playing french horn", "playing vibraphone",  "playing harp",
    "playing accordion", "playing bass guitar",    "playing glockenspiel", "playing trombone",  "playing snare drum", "playing bass drum",
    "playing cymbal"};
constexpr int kNotesPerPiecePreset = 6;

class ScoreData final : public TrainData {
 public:
  Result<void> open(const Context& context, const Recipe& recipe, dsp::Frontend frontend) {
    spec_ = frontend.spec();
    auto map = synth::InstrumentMap::load();
    if (!map) return fail(map.error());
    map_ = std::move(*map);
    auto bank = noteBank(context, recipe, map_, kPieceInstruments, kNotesPerPiecePreset, spec_.rate);
    if (!bank) return fail(bank.error());
    bank_ = std::move(*bank);
    writer_.emplace(bank_, map_);
    if (writer_->groups() == 0) return fail(ErrorCode::notFound, "no notes to play pieces with; install fluid-soundfont-gm or timgm6mb-soundfont");
    train_.emplace(*writer_, frontend, recipe.examples, false);
    const auto kept = static_cast<std::int64_t>(recipe.validationShare * static_cast<double>(recipe.examples));
    if (kept > 0) held_.emplace(*writer_, frontend, kept, true);
    description = "Pieces for one to four voices, written and played by the program from " + std::to_string(writer_->groups()) +
                  " groups of notes (" + (recipe.data.empty() ? "the installed soundfonts" : "recorded notes and the installed soundfonts") +
                  "), with pictures that follow their scores.";
    return {};
  }

  [[nodiscard]] const training::Examples& train() const override { return *train_; }
  [[nodiscard]] const training::Examples* held() const override { return held_ ? &*held_ : nullptr; }
  [[nodiscard]] const FrontendSpec& frontend() const override { return spec_; }
  [[nodiscard]] const training::DataReport* report() const override { return nullptr; }

 private:
  FrontendSpec spec_;
  synth::InstrumentMap map_;
  synth::NoteBank bank_;
  std::optional<synth::PieceWriter> writer_;
  std::optional<ScoreExamples> train_, held_;
};

}  // namespace

Result<std::unique_ptr<TrainData>> openTrainData(Context& context, const Recipe& recipe,
                                                 const training::TrainingFamily& family,
                                                 const std::optional<inference::ModelSpec>& start) {
  if (recipe.source == "scores" && !family.sees())
    return fail(ErrorCode::invalidArgument, "source: scores are for families that see and hear; " + recipe.family + " only hears");
  if (recipe.source == "instruments" && (family.sees() || family.task() != "classify"))
    return fail(ErrorCode::invalidArgument, "source: phrases of instruments are for classifiers of sound; " + recipe.family + " (" + recipe.task + ") learns from other sources");
  if (recipe.source == "events") {
    auto spec = training::frontendOf(recipe, /*sees=*/false, std::nullopt);
    return spec ? openEventData(context, recipe, *spec) : Result<std::unique_ptr<TrainData>>(fail(spec.error()));
  }
  auto spec = training::frontendOf(recipe, family.sees(), start ? std::optional(start->frontend) : std::nullopt);
  if (!spec) return fail(spec.error());
  auto frontend = dsp::Frontend::create(*spec);
  if (!frontend) return fail(frontend.error());
  if (recipe.source == "instruments") {
    auto data = std::make_unique<InstrumentData>();
    if (auto opened = data->open(context, recipe, *frontend); !opened) return fail(opened.error());
    return std::unique_ptr<TrainData>(std::move(data));
  }
  if (recipe.source == "scores") {
    auto data = std::make_unique<ScoreData>();
    if (auto opened = data->open(context, recipe, *frontend); !opened) return fail(opened.error());
    return std::unique_ptr<TrainData>(std::move(data));
  }
  auto data = std::make_unique<FileData>(*frontend, recipe);
  if (auto opened = data->open(context, recipe, family, start ? start->classes : std::vector<std::string>{}); !opened) return fail(opened.error());
  return std::unique_ptr<TrainData>(std::move(data));
}

}  // namespace chladni::cli

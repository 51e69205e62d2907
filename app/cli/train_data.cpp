#include "app/cli/train_data.h"

#include "app/cli/event_data.h"
#include "app/cli/instrument_examples.h"
#include "core/inference/manifest.h"
#include "core/training/recipe_frontend.h"

namespace chladni::cli {
namespace {

using training::Part;
using training::Recipe;

constexpr int kNotesPerPreset = 10;

class FileData final : public TrainData {
 public:
  FileData(dsp::Frontend frontend, const Recipe& recipe)
      : cache_(recipe.cacheFolder, static_cast<std::uintmax_t>(recipe.cacheMegabytes * 1e6)),
        loader_(frontend, inference::frontendToJson(frontend.spec()).text(), cache_) {}

  Result<void> open(const Context& context, const Recipe& recipe, const training::TrainingFamily& family,
                    const std::vector<std::string>& usual) {
    auto set = training::openSoundSet(recipe, usual);
    if (!set) return fail(set.error());
    const training::InspectOptions options{recipe.validationShare, static_cast<std::uint64_t>(recipe.seed), recipe.loaders};
    auto report = training::inspect(*set, loader_, options, context.progressSink(), context.stop);
    if (!report) return fail(report.error(), recipe.data);
    report_ = std::move(*report);
    train_ = family.examplesOf(*set, Part::train, loader_, recipe);
    if (report_.validation > 0) held_ = family.examplesOf(*set, Part::validation, loader_, recipe);
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

class InstrumentData final : public TrainData {
 public:
  Result<void> open(const Context& context, const Recipe& recipe) {
    auto frontend = dsp::Frontend::create(instrumentFrontend());
    if (!frontend) return fail(frontend.error());
    spec_ = frontend->spec();
    if (auto loaded = loadSounds(context, recipe); !loaded) return loaded;
    assembler_.emplace(bank_, map_);
    std::map<std::string, bool> recorded;
    for (const auto& group : bank_.groups) recorded[group.label] |= group.recorded;
    for (const auto& [label, instrument] : map_.instruments)
      if (assembler_->canPlay(label)) classes.push_back(label);
    ExampleOptions options;
    options.examples = recipe.examples;
    options.labelSmoothing = recipe.labelSmoothing;
    examples_.emplace(*assembler_, *frontend, classes, recorded, options);
    description = "Phrases of " + std::to_string(classes.size()) + " instruments, made from " +
                  (recipe.data.empty() ? "the installed soundfonts." : "recorded notes and the installed soundfonts.");
    return {};
  }

  [[nodiscard]] const training::Examples& train() const override { return *examples_; }
  [[nodiscard]] const training::Examples* held() const override { return nullptr; }
  [[nodiscard]] const FrontendSpec& frontend() const override { return spec_; }
  [[nodiscard]] const training::DataReport* report() const override { return nullptr; }

 private:
  Result<void> loadSounds(const Context& context, const Recipe& recipe) {
    auto map = synth::InstrumentMap::load();
    if (!map) return fail(map.error());
    map_ = std::move(*map);
    if (!recipe.data.empty()) {
      auto recorded = synth::loadRecordedNotes(recipe.data, spec_.rate, context.progressSink(), context.stop);
      if (!recorded) return fail(recorded.error());
      bank_.append(std::move(*recorded));
    }
    auto rendered = synth::renderNoteBank(map_, {}, spec_.rate, kNotesPerPreset, context.progressSink(), context.stop);
    if (!rendered) return fail(rendered.error());
    bank_.append(std::move(*rendered));
    return {};
  }

  FrontendSpec spec_;
  synth::InstrumentMap map_;
  synth::NoteBank bank_;
  std::optional<synth::PhraseAssembler> assembler_;
  std::optional<InstrumentExamples> examples_;
};

}  // namespace

Result<std::unique_ptr<TrainData>> openTrainData(Context& context, const Recipe& recipe,
                                                 const training::TrainingFamily& family,
                                                 const std::optional<inference::ModelSpec>& start) {
  if (recipe.source == "instruments") {
    auto data = std::make_unique<InstrumentData>();
    if (auto opened = data->open(context, recipe); !opened) return fail(opened.error());
    return std::unique_ptr<TrainData>(std::move(data));
  }
  if (recipe.source == "events") {
    auto spec = training::frontendOf(recipe, std::nullopt);
    return spec ? openEventData(context, recipe, *spec) : Result<std::unique_ptr<TrainData>>(fail(spec.error()));
  }
  auto spec = training::frontendOf(recipe, start ? std::optional(start->frontend) : std::nullopt);
  if (!spec) return fail(spec.error());
  auto frontend = dsp::Frontend::create(*spec);
  if (!frontend) return fail(frontend.error());
  auto data = std::make_unique<FileData>(*frontend, recipe);
  if (auto opened = data->open(context, recipe, family, start ? start->classes : std::vector<std::string>{}); !opened) return fail(opened.error());
  return std::unique_ptr<TrainData>(std::move(data));
}

}  // namespace chladni::cli

// train instruments-s: teaches the instrument recogniser from recorded notes and the installed soundfonts, and leaves a
// model package in the run folder. With --json one event a line.
#include <chrono>

#include "app/cli/context.h"
#include "app/cli/instrument_examples.h"
#include "app/cli/instrument_package.h"
#include "app/cli/output.h"
#include "core/base/atomic_file.h"
#include "models/ast/ast_trainer.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

constexpr int kNotesPerPreset = 10;

struct TrainOptions {
  std::string preset = "instruments-s";
  std::string data;
  std::int64_t steps = 4000;
  double minutes = 0.0;
};

Result<void> say(const Context& context, const std::string& event, JsonValue fields) {
  const double now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  JsonValue line = JsonValue::object();
  line.set("event", event).set("time", now);
  for (const auto& [name, value] : *fields.members()) line.set(name, value);
  if (context.json) return print(line.text() + "\n");
  return context.quiet ? Result<void>() : print(line.text() + "\n");
}

struct Sounds {
  synth::InstrumentMap map;
  synth::NoteBank bank;
  std::map<std::string, bool> recorded;
};

Result<Sounds> loadSounds(const Context& context, const TrainOptions& options, SampleRate rate) {
  Sounds sounds;
  auto map = synth::InstrumentMap::load();
  if (!map) return fail(map.error());
  sounds.map = std::move(*map);
  if (!options.data.empty()) {
    auto recorded = synth::loadRecordedNotes(options.data, rate, context.progressSink(), context.stop);
    if (!recorded) return fail(recorded.error());
    sounds.bank.append(std::move(*recorded));
  }
  auto rendered = synth::renderNoteBank(sounds.map, {}, rate, kNotesPerPreset, context.progressSink(), context.stop);
  if (!rendered) return fail(rendered.error());
  sounds.bank.append(std::move(*rendered));
  for (const auto& group : sounds.bank.groups) sounds.recorded[group.label] |= group.recorded;
  return sounds;
}

models::ast::AstConfig architecture(const FrontendSpec& frontend, std::size_t classes) {
  models::ast::AstConfig config;
  config.depth = 4;
  config.width = 192;
  config.heads = 3;
  config.strideFrequency = config.strideTime = config.patch;
  config.bins = frontend.melBins;
  config.frames = frontend.targetFrames;
  config.classes = static_cast<std::int64_t>(classes);
  return config;
}

Result<void> savePackage(const std::filesystem::path& out, const std::vector<TensorBlob>& weights,
                         const models::ast::AstTraining& training, const std::vector<std::string>& classes) {
  auto halves = models::ast::halfPrecision(weights);
  if (!halves) return fail(halves.error());
  InstrumentPackage package;
  package.weights = std::move(*halves);
  package.classes = classes;
  package.architecture = models::ast::toArchitecture(training.architecture);
  package.title = "Instruments, small";
  package.source = "trained by chladni-cli train";
  auto written = writeInstrumentPackage(package, out);
  return written ? Result<void>() : fail(written.error());
}

Result<void> train(Context& context, const TrainOptions& options) {
  auto out = context.output("the run folder");
  if (!out) return fail(out.error());
  auto frontend = dsp::Frontend::create(instrumentFrontend());
  if (!frontend) return fail(frontend.error());
  auto sounds = loadSounds(context, options, frontend->spec().rate);
  if (!sounds) return fail(sounds.error());
  const synth::PhraseAssembler assembler(sounds->bank, sounds->map);
  std::vector<std::string> classes;
  for (const auto& [label, instrument] : sounds->map.instruments)
    if (assembler.canPlay(label)) classes.push_back(label);
  const InstrumentExamples examples(assembler, *frontend, classes, sounds->recorded, {});

  models::ast::AstTraining training;
  training.architecture = architecture(frontend->spec(), classes.size());
  training.config.steps = options.steps;
  training.config.minutes = options.minutes;
  training.config.seed = context.seed;
  Result<void> told = say(context, "start", JsonValue::object().set("preset", options.preset)
                              .set("classes", JsonValue::arrayOf(classes)).set("parameters", training.architecture.parameters()));
  if (!told) return told;
  training.report = [&](const training::TrainProgress& now) {
    JsonValue step = JsonValue::object();
    step.set("step", now.step).set("steps", now.steps).set("loss", now.loss).set("lr", now.rate);
    told = say(context, "step", step.set("samples_per_s", now.examplesPerSecond).set("eta_s", now.secondsLeft));
  };
  training.checkpoint = [&](const training::TrainProgress&, const std::vector<TensorBlob>& weights) -> Result<void> {
    if (auto saved = savePackage(*out, weights, training, classes); !saved) return saved;
    return say(context, "checkpoint", JsonValue::object().set("path", utf8(*out)));
  };
  auto weights = models::ast::trainAst(training, examples, context.stop);
  if (!weights) return fail(weights.error());
  if (auto saved = savePackage(*out, *weights, training, classes); !saved) return saved;
  return say(context, "done", JsonValue::object().set("package", utf8(*out)));
}

}  // namespace

void addTrain(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("train", "Teaches a model; the run folder becomes a model package");
  command->footer("Example: chladni-cli train instruments-s --data notes/manifest.csv --out runs/first --minutes 30 --json");
  const auto options = std::make_shared<TrainOptions>();
  command->add_option("PRESET", options->preset, "What to train")->required()->check(CLI::IsMember({"instruments-s"}));
  command->add_option("--data", options->data, "Manifest of recorded notes (file,class,source,kind,midi_note)");
  command->add_option("--steps", options->steps, "Steps of 48 examples")->check(CLI::Range(1, 100'000'000));
  command->add_option("--minutes", options->minutes, "Stop after so long, with the schedule run to its end")
      ->check(CLI::Range(0.0, 1e6));
  command->callback([&context, options] { context.run = [&context, options] { return train(context, *options); }; });
}

}  // namespace chladni::cli

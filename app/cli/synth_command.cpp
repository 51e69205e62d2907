// synth instruments: labelled clips rendered from soundfonts. synth scenes: audio-visual clips with known events.
// synth demo: the short piece that ships as a demo.
#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/base/atomic_file.h"
#include "core/synth/demo_piece.h"
#include "core/synth/instrument_synth.h"
#include "core/synth/scene_synth.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct InstrumentsOptions {
  synth::SynthOptions synth;
  int rate = 32000;
};

Result<void> instruments(Context& context, InstrumentsOptions options) {
  auto out = context.output("the folder for the clips");
  if (!out) return fail(out.error());
  options.synth.out = *out;
  options.synth.seed = static_cast<std::uint64_t>(context.seed.value_or(0));
  options.synth.rate = SampleRate(options.rate);
  options.synth.threads = context.threads;
  auto report = synth::synthesiseInstruments(options.synth, context.progressSink(), context.stop);
  if (!report) return fail(report.error());
  if (!context.json) {
    if (context.quiet) return {};
    return print(utf8(*out) + ": " + std::to_string(report->clips) + " clips of " +
                 std::to_string(report->clipsOfClass.size()) + " classes, " + seconds(report->secondsOfSound) +
                 " of sound; manifest.csv says what is what\n");
  }
  JsonValue json = JsonValue::object();
  json.set("out", utf8(*out)).set("manifest", utf8(*out / "manifest.csv")).set("clips", report->clips);
  json.set("seconds_of_sound", report->secondsOfSound).set("soundfonts", JsonValue::arrayOf(report->soundfonts));
  JsonValue classes = JsonValue::object();
  for (const auto& [label, count] : report->clipsOfClass) classes.set(label, count);
  return printJson(json.set("classes", std::move(classes)));
}

struct ScenesOptions {
  synth::SceneOptions synth;
  int rate = 32000;
  std::vector<std::string> styles;
};

Result<void> scenes(Context& context, ScenesOptions options) {
  auto out = context.output("the folder for the scenes");
  if (!out) return fail(out.error());
  options.synth.out = *out;
  options.synth.seed = static_cast<std::uint64_t>(context.seed.value_or(0));
  options.synth.rate = SampleRate(options.rate);
  options.synth.threads = context.threads;
  if (!options.styles.empty()) options.synth.styles.clear();
  for (const auto& word : options.styles) {
    auto style = synth::styleOf(word);
    if (!style) return fail(style.error());
    options.synth.styles.push_back(*style);
  }
  auto report = synth::synthesiseScenes(options.synth, context.progressSink(), context.stop);
  if (!report) return fail(report.error());
  if (!context.json) {
    if (context.quiet) return {};
    return print(utf8(*out) + ": " + std::to_string(report->scenes) + " scenes, " + seconds(report->secondsOfMedia) +
                 "; Annotations.txt, positions.csv and manifest.csv say what happens when and where\n");
  }
  JsonValue json = JsonValue::object();
  json.set("out", utf8(*out)).set("manifest", utf8(*out / "manifest.csv")).set("annotations", utf8(*out / "Annotations.txt"));
  json.set("positions", utf8(*out / "positions.csv")).set("scenes", report->scenes).set("seconds_of_media", report->secondsOfMedia);
  JsonValue classes = JsonValue::object();
  for (const auto& [label, count] : report->eventsOfClass) classes.set(label, count);
  return printJson(json.set("classes", std::move(classes)));
}

Result<void> demo(Context& context, const std::string& score) {
  auto out = context.outputFile("the WAV file to write");
  if (!out) return fail(out.error());
  if (auto done = synth::renderDemoPiece(*out); !done) return done;
  if (!score.empty())
    if (auto done = writeFileAtomically(score, synth::demoScore()); !done) return done;
  if (context.json) return printJson(JsonValue::object().set("out", utf8(*out)));
  return context.quiet ? Result<void>() : print(utf8(*out) + "\n");
}

void addInstruments(CLI::App& synth, Context& context) {
  auto* command = synth.add_subcommand("instruments", "Labelled clips of instruments with a manifest.csv for training");
  command->footer("Example: chladni-cli synth instruments --out clips --clips 500 --classes \"playing cello\" \"playing flute\"");
  const auto options = std::make_shared<InstrumentsOptions>();
  command->add_option("--clips", options->synth.clips, "How many")->check(CLI::Range(1, 10'000'000));
  command->add_option("--classes", options->synth.classes, "Only these; all that the soundfonts can play otherwise");
  command->add_option("--seconds", options->synth.seconds, "Length of a clip")->check(CLI::Range(0.5, 600.0));
  command->add_option("--rate", options->rate, "Sample rate in Hz")->check(CLI::Range(8000, 96000));
  command->add_option("--mixtures", options->synth.mixtures, "Share of clips with two instruments")->check(CLI::Range(0.0, 1.0));
  command->add_option("--colour", options->synth.colour, "Strength of room, equaliser and noise; 0: none")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--maps", options->synth.maps, "Folder of instrument maps instead of the program's own");
  command->callback([&context, options] { context.run = [&context, options] { return instruments(context, *options); }; });
}

void addScenes(CLI::App& synth, Context& context) {
  auto* command = synth.add_subcommand("scenes", "Audio-visual scenes with known events and source positions, as AVE-format data");
  command->footer("Things move while they sound; others move silently, and some sounds come from off screen.\n"
                  "Example: chladni-cli synth scenes --out scenes --scenes 200 --seed 1");
  const auto options = std::make_shared<ScenesOptions>();
  command->add_option("--scenes", options->synth.scenes, "How many")->check(CLI::Range(1, 1'000'000));
  command->add_option("--classes", options->synth.classes, "Only these of AVE's classes; all that have a sound here otherwise");
  command->add_option("--seconds", options->synth.seconds, "Length of a scene")->check(CLI::Range(3, 10));
  command->add_option("--size", options->synth.size, "Width and height of the picture")->check(CLI::Range(64, 1080));
  command->add_option("--fps", options->synth.fps, "Pictures per second")->check(CLI::Range(1, 60));
  command->add_option("--rate", options->rate, "Sample rate in Hz")->check(CLI::Range(8000, 96000));
  command->add_option("--styles", options->styles, "How things are drawn: flat, outlined, shaded");
  command->add_option("--without-event", options->synth.silentShare, "Share of scenes without an event")->check(CLI::Range(0.0, 1.0));
  command->add_option("--off-screen", options->synth.offScreenShare, "Share of the others with a sound from off screen")->check(CLI::Range(0.0, 1.0));
  command->add_option("--validation", options->synth.validationShare, "Share for validation")->check(CLI::Range(0.0, 1.0));
  command->add_option("--test", options->synth.testShare, "Share for the test")->check(CLI::Range(0.0, 1.0));
  command->callback([&context, options] { context.run = [&context, options] { return scenes(context, *options); }; });
}

}  // namespace

void addSynth(CLI::App& app, Context& context) {
  auto* synth = app.add_subcommand("synth", "Makes labelled sound and scenes, and nothing is downloaded");
  synth->footer("Example: chladni-cli synth instruments --out clips --clips 500");
  synth->require_subcommand(1);
  addInstruments(*synth, context);
  addScenes(*synth, context);
  auto* piece = synth->add_subcommand("demo", "The short piece that ships as a demo, as WAV");
  piece->footer("Example: chladni-cli synth demo --out demo.wav");
  const auto score = std::make_shared<std::string>();
  piece->add_option("--score", *score, "Also write its notes to this CSV file")->type_name("PATH");
  piece->callback([&context, score] { context.run = [&context, score] { return demo(context, *score); }; });
}

}  // namespace chladni::cli

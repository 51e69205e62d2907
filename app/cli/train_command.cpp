// train: teaches a model by a recipe; the run folder becomes a model package. With --json one event a line on stdout,
// and commands (pause, resume, stop) one a line on stdin.
#include <unistd.h>

#include <cstdio>
#include <thread>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "app/cli/train_data.h"
#include "app/cli/train_study.h"
#include "core/base/atomic_file.h"
#include "core/inference/model_package.h"
#include "core/training/recipe_presets.h"
#include "models/training_families.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;
using training::makeEvent;
using training::RunFolder;

struct TrainOptions {
  std::string recipe;  // preset or file
  std::string file;
  std::vector<std::string> assignments;
  std::string data;
  bool describe = false;
  bool resume = false;
  std::string resumeFolder;
  std::optional<std::int64_t> steps;
  std::optional<double> minutes;
  std::optional<std::int64_t> folds;
  std::vector<std::string> sweeps;
};

Result<void> describe() { return print(training::describeRecipe().prettyText()); }

Result<void> listPresets(const Context& context) {
  JsonValue all = JsonValue::array();
  std::string text;
  for (const auto& preset : training::recipePresets()) {
    JsonValue entry = JsonValue::object();
    entry.set("name", preset.name).set("summary", preset.summary).set("recipe", training::recipeJson(preset.recipe));
    all.append(std::move(entry));
    char line[160];
    std::snprintf(line, sizeof line, "%-24s %s\n", std::string(preset.name).c_str(), std::string(preset.summary).c_str());
    text += line;
  }
  return context.json ? printJson(JsonValue::object().set("presets", std::move(all))) : print(text);
}

// What people read instead of JSON; empty for events that are of no interest to them.
std::string textOf(const JsonValue& event) {
  const serial::JsonField field(event);
  const auto number = [&](const char* name) { return field[name].number().value_or(0.0); };
  const auto name = field["event"].string().value_or("");
  char text[400] = "";
  if (name == "start")
    std::snprintf(text, sizeof text, "learning from %.0f examples in %.0f steps, %.2f million parameters\n", number("samples"), number("steps"), number("parameters") / 1e6);
  if (name == "step")
    std::snprintf(text, sizeof text, "step %.0f of %.0f  loss %.4f  %.1f examples/s  %.0f s left\n", number("step"), number("steps"), number("loss"), number("samples_per_s"), number("eta_s"));
  if (name == "epoch" && field["value"].present())
    std::snprintf(text, sizeof text, "epoch %.0f  held-out %s %.4f  best %.4f\n", number("epoch"), field["metric"].string().value_or("").c_str(), number("value"), number("best"));
  if (name == "warning" || name == "note" || (name == "paused" && field["message"].present()))
    return name + ": " + field["message"].string().value_or("") + "\n";
  if (name == "done") return "model: " + field["package"].string().value_or("") + "\n";
  return text;
}

// Writes an event down and shows it. A window that was closed does not end the run that it started.
void tell(const Context& context, RunFolder& run, const JsonValue& event) {
  run.append(event);
  if (context.json) {
    (void)print(event.text() + "\n").has_value();
  } else if (!context.quiet) {
    (void)print(utf8(textOf(event))).has_value();
  }
}

// Lines from whoever started the program. A terminal is not read: a program in the background would be halted by it.
void listen(const std::shared_ptr<training::TrainControl>& control) {
  if (isatty(STDIN_FILENO) != 0) return;
  std::thread([control] {
    std::string line;
    char c = 0;
    while (::read(STDIN_FILENO, &c, 1) == 1) {
      if (c != '\n') {
        if (line.size() < 4096) line += c;
        continue;
      }
      if (auto obeyed = control->obey(line); !obeyed) std::fprintf(stderr, "warning: %s\n", obeyed.error().message.c_str());
      line.clear();
    }
  }).detach();
}

// Resumed from another folder a run finds the same files, and the same start, which may be named by name.
Result<void> settlePaths(Context& context, training::Recipe& recipe) {
  for (std::string* path : {&recipe.vocabulary, &recipe.data, &recipe.classes, &recipe.media, &recipe.cacheFolder})
    if (!path->empty()) *path = std::filesystem::absolute(*path).string();
  if (recipe.start.empty()) return {};
  auto spec = context.registry().find(recipe.start);
  if (!spec) return fail(spec.error());
  recipe.start = std::filesystem::absolute(spec->folder).string();
  return {};
}

Result<training::Recipe> recipeOf(Context& context, const TrainOptions& options) {
  const auto& named = options.file.empty() ? options.recipe : options.file;
  if (named.empty())
    return fail(ErrorCode::invalidArgument, "what to train is missing: give a preset or --recipe FILE; train presets lists the presets");
  auto recipe = training::resolveRecipe(named, options.assignments);
  if (!recipe) return recipe;
  if (!options.data.empty()) recipe->data = options.data;
  if (options.steps) recipe->steps = *options.steps;
  if (options.minutes) recipe->minutes = *options.minutes;
  if (context.seed)
    if (auto set = training::setField(*recipe, "seed=" + std::to_string(*context.seed)); !set) return fail(set.error());
  if (context.threads != 0) recipe->threads = context.threads;
  if (context.device != "auto") recipe->device = context.device;
  if (context.precision != "auto") recipe->precision = context.precision;
  if (options.folds) recipe->folds = *options.folds;
  if (auto settled = settlePaths(context, *recipe); !settled) return fail(settled.error());
  if (auto ok = training::check(*recipe); !ok) return fail(ok.error());
  return recipe;
}

Result<std::filesystem::path> runFolderOf(const Context& context, const TrainOptions& options) {
  const std::filesystem::path folder = options.resumeFolder.empty() ? context.out : options.resumeFolder;
  if (folder.empty()) return fail(ErrorCode::invalidArgument, "--out is missing: the run folder");
  return folder;
}

// What a resumed run is told anew; what would change how it learns is refused, not passed over. The command that began it may
// be repeated with a bare --resume.
Result<std::vector<std::string>> newWords(const Context& context, const TrainOptions& options) {
  for (const auto& [given, name] : {std::pair(!options.data.empty(), "--data"), {options.folds.has_value(), "--folds"}, {!options.sweeps.empty(), "--sweep"},
                                    {context.seed.has_value(), "--seed"}, {!options.file.empty(), "--recipe"}, {!options.recipe.empty(), "a recipe"}})
    if (given && !options.resumeFolder.empty()) return fail(ErrorCode::invalidArgument, std::string("--resume goes on as the run began; leave ") + name + " out, or start another run");
  auto assignments = options.assignments;
  if (options.steps) assignments.push_back("steps=" + std::to_string(*options.steps));
  if (options.minutes) assignments.push_back("minutes=" + JsonValue(*options.minutes).text());
  if (context.threads != 0) assignments.push_back("threads=" + std::to_string(context.threads));
  if (context.device != "auto") assignments.push_back("device=" + context.device);
  if (context.precision != "auto") assignments.push_back("precision=" + context.precision);
  return assignments;
}

Result<std::unique_ptr<RunFolder>> createRun(Context& context, const std::filesystem::path& folder, training::Recipe recipe, const training::ProcessPlace& place) {
  if (auto settled = settlePaths(context, recipe); !settled) return fail(settled.error());
  if (auto family = models::trainingFamily(recipe.family, recipe.task); !family) return fail(family.error());
  return place.leads() ? RunFolder::create(folder, recipe) : RunFolder::follow(folder, recipe);
}

Result<std::unique_ptr<RunFolder>> reopenRun(const std::filesystem::path& folder, const std::vector<std::string>& assignments, const training::ProcessPlace& place) {
  return place.leads() ? RunFolder::reopen(folder, assignments) : RunFolder::followAgain(folder, assignments);
}

// A run goes on only with the data that it began with: another order would be another curve.
Result<void> settleReport(const RunFolder& run, const training::DataReport& report, bool resume) {
  const auto path = run.path() / "data_report.json";
  if (resume && std::filesystem::exists(path)) {
    auto before = serial::readJsonFile(path.string());
    if (!before) return fail(before.error());
    const auto* signature = before->find("signature");
    if (!signature || !signature->string() || *signature->string() != report.signature)
      return fail(ErrorCode::invalidArgument, run.path().string() + ": the data are not those that the run began with; restore them, or start a new run from this one's model");
    return {};
  }
  return writeFileAtomically(path, report.json().prettyText());
}

Result<void> learn(Context& context, RunFolder& run, const training::TrainingFamily& family, const training::ProcessPlace& place,
                   training::TrainControl& control, bool resume) {
  const auto& recipe = run.recipe();
  const auto say = [&](const JsonValue& event) {
    if (place.leads()) tell(context, run, event);
  };
  std::optional<inference::ModelSpec> start;
  if (!recipe.start.empty()) {
    auto spec = inference::readModelPackage(recipe.start);
    if (!spec) return fail(spec.error());
    start = std::move(*spec);
  }
  auto data = openTrainData(context, recipe, family, start);
  if (!data) return fail(data.error());
  if (const auto* report = (*data)->report()) {
    if (auto settled = place.leads() ? settleReport(run, *report, resume) : Result<void>(); !settled) return settled;
    if (!resume) say(makeEvent("data").set("report", report->json()));
    for (const auto& warning : report->warnings()) say(makeEvent("warning").set("message", warning));
  }
  training::TrainingJob job;
  job.run = &run;
  job.train = &(*data)->train();
  job.held = (*data)->held();
  job.classes = (*data)->classes;
  job.multiLabel = (*data)->multiLabel;
  job.frontend = (*data)->frontend();
  job.dataDescription = (*data)->description;
  job.start = recipe.start;
  job.control = &control;
  job.say = say;
  job.resume = resume;
  job.place = place;
  return family.train(job);
}

Result<void> carryOut(Context& context, RunFolder& run, const training::ProcessPlace& place, training::TrainControl& control, bool resume) {
  auto family = models::trainingFamily(run.recipe().family, run.recipe().task);
  if (!family) return fail(family.error());
  auto done = learn(context, run, **family, place, control, resume);
  if (done || !place.leads()) return done;
  if (done.error().code != ErrorCode::cancelled)
    tell(context, run, makeEvent("error").set("code", name(done.error().code)).set("message", done.error().describe()));
  if (!resume && std::filesystem::is_empty(run.checkpoints())) run.abandon();
  return done;
}

Result<void> trainStudy(Context& context, const training::Study& study, const std::filesystem::path& folder,
                        const std::vector<std::string>& assignments, const std::shared_ptr<training::TrainControl>& control) {
  listen(control);
  return carryOutStudy(context, study, folder, [&](const training::StudyRun& one, const std::filesystem::path& own, bool resume) -> Result<bool> {
    auto recipe = one.recipe;
    if (auto told = training::tellAnew(recipe, assignments); !told) return fail(told.error());
    auto run = resume ? reopenRun(own, assignments, {}) : createRun(context, own, recipe, {});
    if (!run) return fail(run.error());
    if (auto done = carryOut(context, **run, {}, *control, resume); !done) return fail(done.error());
    return !control->stopRequested();
  });
}

// Several runs of one recipe in one folder.
Result<std::optional<training::Study>> studyOf(const TrainOptions& options, const std::filesystem::path& folder, const training::Recipe& recipe,
                                               const training::ProcessPlace& place) {
  if (options.sweeps.empty() && (recipe.folds == 0 || recipe.fold > 0)) return std::optional<training::Study>();
  if (!place.alone()) return fail(ErrorCode::unsupported, "a sweep or a cross-validation runs in one process; start its runs one by one to share each among several");
  std::vector<training::SweepAxis> axes;
  for (const auto& text : options.sweeps) {
    auto axis = training::sweepAxis(text);
    if (!axis) return fail(axis.error());
    axes.push_back(std::move(*axis));
  }
  auto study = training::Study::create(recipe, std::move(axes));
  if (!study) return fail(study.error());
  for (const char* file : {"study.json", "config.json", "model.json"})
    if (std::filesystem::exists(folder / file))
      return fail(ErrorCode::invalidArgument, folder.string() + ": holds a study, a run or a model already; add --resume to go on, or choose another folder");
  std::error_code problem;
  std::filesystem::create_directories(folder, problem);
  if (problem) return fail(ErrorCode::io, folder.string() + ": " + problem.message() + "; choose another folder");
  if (auto written = study->write(folder); !written) return fail(written.error());
  return std::optional(std::move(*study));
}

Result<void> resumeAny(Context& context, const TrainOptions& options, const std::filesystem::path& folder, const training::ProcessPlace& place,
                       const std::shared_ptr<training::TrainControl>& control) {
  auto words = newWords(context, options);
  if (!words) return fail(words.error());
  if (training::Study::isIn(folder)) {
    auto study = training::Study::open(folder);
    if (!study) return fail(study.error());
    return trainStudy(context, *study, folder, *words, control);
  }
  auto run = reopenRun(folder, *words, place);
  if (!run) return fail(run.error());
  if (place.leads()) listen(control);
  return carryOut(context, **run, place, *control, true);
}

Result<void> train(Context& context, const TrainOptions& options) {
  if (options.describe) return describe();
  if (options.recipe == "presets") return listPresets(context);
  auto place = training::processPlace();
  if (!place) return fail(place.error());
  auto folder = runFolderOf(context, options);
  if (!folder) return fail(folder.error());
  const auto control = std::make_shared<training::TrainControl>(context.stop);
  if (options.resume) return resumeAny(context, options, *folder, *place, control);
  auto recipe = recipeOf(context, options);
  if (!recipe) return fail(recipe.error());
  auto study = studyOf(options, *folder, *recipe, *place);
  if (!study) return fail(study.error());
  if (*study) return trainStudy(context, **study, *folder, {}, control);
  auto run = createRun(context, *folder, *recipe, *place);
  if (!run) return fail(run.error());
  if (place->leads()) listen(control);
  return carryOut(context, **run, *place, *control, false);
}

}  // namespace

void addTrain(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("train", "Teaches a model; the run folder becomes a model package");
  command->footer("chladni-cli train presets lists the presets, chladni-cli train --describe every field of a recipe.\n"
                  "While it runs, the words pause, resume and stop are read from stdin, one a line.\n"
                  "Example: chladni-cli train ast-finetune --data clips/manifest.csv --set start=instruments-s --out runs/first\n"
                  "Example: chladni-cli train tiny-dualmae --data clips.csv --sweep mask_ratio=0.25,0.5,0.75 --out studies/masks\n"
                  "Example: chladni-cli train ast-finetune --data clips/manifest.csv --folds 5 --out studies/folds\n"
                  "Example: torchrun --nproc_per_node 2 --no_python chladni-cli train ast-finetune --data clips/manifest.csv --out runs/two\n"
                  "Example: chladni-cli train --resume runs/first");
  const auto options = std::make_shared<TrainOptions>();
  command->add_option("RECIPE", options->recipe, "Preset, recipe file, or the word presets");
  command->add_option("--recipe", options->file, "Recipe file (JSON)")->type_name("FILE");
  command->add_option("--set", options->assignments, "Change a field of the recipe")->type_name("key=value")->take_all()->allow_extra_args(false);
  command->add_option("--data", options->data, "Manifest, list or folder of classes")->type_name("PATH");
  command->add_option("--steps", options->steps, "The same as --set steps=N")->check(CLI::Range(1, 100'000'000));
  command->add_option("--minutes", options->minutes, "The same as --set minutes=N")->check(CLI::Range(0.0, 1e6));
  command->add_option("--folds", options->folds, "Cross-validation: a run for each of so many folds, and a table of means; the same as --set folds=N")->check(CLI::Range(2, 1000))->type_name("N");
  command->add_option("--sweep", options->sweeps, "A run for each value, or each combination when given several times, and a table of them")->type_name("field=v1,v2,...")->take_all()->allow_extra_args(false);
  command->add_flag("--describe", options->describe, "Print every field of a recipe as JSON");
  auto* resume = command->add_option("--resume", options->resumeFolder, "Go on with the run in this folder, or in --out")->expected(0, 1)->type_name("RUN");
  command->callback([&context, options, resume] {
    options->resume = resume->count() > 0;
    context.run = [&context, options] { return train(context, *options); };
  });
}

}  // namespace chladni::cli

// project export, import and dataset: labels of a project in files of others, and as data to train on.
#include <cstdio>

#include "app/cli/output.h"
#include "app/cli/project_commands.h"
#include "core/analysis/recording.h"
#include "core/datasets/manifest.h"
#include "core/exchange/data_set_export.h"
#include "core/exchange/label_exchange.h"

namespace chladni::cli {

namespace {

namespace fs = std::filesystem;
using annotation::LabelFormat;
using serial::JsonValue;

struct ExchangeOptions {
  std::string project;
  std::vector<std::string> files;
  std::string to = "json";
  std::string from;
  std::string recording;
  bool replace = false;
  int rate = 44100;
  exchange::ExportChoice choice;
  exchange::DataSetChoice data;
  std::string form = "manifest";
  std::string source = "file";
};

Result<std::optional<LabelFormat>> formatNamed(const std::string& name) {
  if (name.empty()) return std::optional<LabelFormat>();
  if (const auto format = annotation::labelFormatNamed(name)) return std::optional(*format);
  std::string known;
  for (const auto& info : annotation::labelFormats()) known += (known.empty() ? "" : ", ") + std::string(info.id);
  return fail(ErrorCode::invalidArgument, "the format " + name + " is not known; these are: " + known);
}

void remark(const Context& context, const std::string& text) {
  if (!context.quiet && !context.json) std::fprintf(stderr, "%s\n", text.c_str());
}

Result<void> exportLabels(Context& context, const ExchangeOptions& options) {
  const auto out = context.output("a folder, or a file when one recording is named");
  if (!out) return fail(out.error());
  auto format = formatNamed(options.to);
  if (!format) return fail(format.error());
  auto project = store::Project::open(options.project);
  if (!project) return fail(project.error());
  auto files = chosenFiles(*project, options.files);
  if (!files) return fail(files.error());
  exchange::ExportChoice choice = options.choice;
  choice.format = **format;
  choice.writing.rate = SampleRate(options.rate);
  std::vector<exchange::PlannedFile> plans;
  std::error_code ignored;
  if (options.files.size() == 1 && !fs::is_directory(*out, ignored)) {
    auto plan = exchange::planFile(*project, files->front(), choice, *out);
    if (!plan) return fail(plan.error());
    plans.push_back(std::move(*plan));
  } else {
    auto planned = exchange::planFolder(*project, *files, choice, *out);
    if (!planned) return fail(planned.error());
    plans = std::move(*planned);
  }
  JsonValue written = JsonValue::array();
  std::string text;
  for (const auto& plan : plans) {
    for (const std::string& loss : plan.losses) remark(context, utf8(plan.name) + ": " + utf8(loss));
    JsonValue one = JsonValue::object();
    one.set("file", utf8(plan.name)).set("out", utf8(plan.path)).set("losses", JsonValue::arrayOf(plan.losses));
    written.append(std::move(one));
    text += utf8(plan.path) + "\n";
  }
  if (auto ok = exchange::writePlanned(plans, choice); !ok) return ok;
  JsonValue json = JsonValue::object();
  json.set("format", annotation::infoOf(choice.format).id).set("written", std::move(written));
  return finish(context, json, text.empty() ? "no labels to write\n" : text);
}

Result<void> importLabels(Context& context, const ExchangeOptions& options) {
  auto format = formatNamed(options.from);
  if (!format) return fail(format.error());
  auto project = store::Project::open(options.project);
  if (!project) return fail(project.error());
  if (!options.recording.empty() && options.files.size() > 1)
    return fail(ErrorCode::invalidArgument, "--for names one recording; give one file of labels with it");
  std::vector<exchange::ImportPair> pairs;
  std::vector<std::string> strangers;
  for (const std::string& path : options.files) {
    if (options.recording.empty()) {
      auto plan = exchange::planImport(*project, path, *format);
      if (!plan) return fail(plan.error());
      pairs.insert(pairs.end(), plan->pairs.begin(), plan->pairs.end());
      for (const std::string& stranger : plan->strangers) strangers.push_back(utf8(stranger));
    } else {
      auto recording = chosenFiles(*project, {options.recording});
      if (!recording) return fail(recording.error());
      pairs.push_back({path, recording->front(), {}});
    }
  }
  auto imported = exchange::importLabels(*project, pairs, *format, options.replace);
  if (!imported) return fail(imported.error());
  if (!strangers.empty())
    remark(context, std::to_string(strangers.size()) + " recordings that are named are not in the project, the first: " + strangers.front());
  JsonValue json = JsonValue::object();
  json.set("files", static_cast<std::int64_t>(options.files.size())).set("recordings", static_cast<std::int64_t>(pairs.size()));
  json.set("tracks", imported->tracks).set("labels", imported->labels).set("not_in_project", JsonValue::arrayOf(strangers));
  return finish(context, json, std::to_string(imported->labels) + " labels on " + std::to_string(imported->tracks) + " tracks\n");
}

// Seconds of each file; 0 where it cannot be opened, so that its last label ends it.
std::vector<double> lengthsOf(store::Project& project, const std::vector<store::FileId>& files) {
  std::vector<double> lengths;
  for (const store::FileId id : files) {
    const auto file = project.file(id);
    const auto recording = file ? analysis::Recording::open(file->path) : Result<std::shared_ptr<analysis::Recording>>(fail(file.error()));
    lengths.push_back(recording ? (*recording)->durationSeconds() : 0.0);
  }
  return lengths;
}

JsonValue countsOf(const std::vector<datasets::DataItem>& items) {
  std::int64_t train = 0;
  std::int64_t validation = 0;
  std::int64_t test = 0;
  for (const auto& item : items) ++(item.split == "train" ? train : item.split == "validation" ? validation : test);
  JsonValue json = JsonValue::object();
  return json.set("train", train).set("validation", validation).set("test", test);
}

Result<void> writeDataSet(Context& context, const ExchangeOptions& options) {
  const bool ave = options.form == "ave";
  const auto out = context.output(ave ? "a folder" : "manifest.csv or manifest.jsonl");
  if (!out) return fail(out.error());
  auto project = store::Project::open(options.project);
  if (!project) return fail(project.error());
  auto files = chosenFiles(*project, options.files);
  if (!files) return fail(files.error());
  exchange::DataSetChoice choice = options.data;
  choice.seed = static_cast<std::uint64_t>(context.seed.value_or(0));
  choice.source = options.source == "folder" ? exchange::SplitSource::folder : exchange::SplitSource::file;
  std::vector<datasets::DataItem> items;
  std::vector<std::string> notes;
  if (ave) {
    auto draft = exchange::draftAve(*project, *files, choice);
    if (!draft) return fail(draft.error());
    for (const std::string& note : draft->notes) remark(context, note);
    if (auto ok = exchange::writeAve(*draft, *out); !ok) return ok;
    items = std::move(draft->clips);
    notes = std::move(draft->notes);
  } else {
    auto draft = exchange::draftManifest(*project, *files, choice, choice.clipSeconds > 0.0 ? lengthsOf(*project, *files) : std::vector<double>());
    if (!draft) return fail(draft.error());
    for (const std::string& note : draft->notes) remark(context, note);
    // Whole, so that paths below its folder are written from there.
    std::error_code ignored;
    if (auto ok = datasets::writeManifest(fs::absolute(*out, ignored), draft->items); !ok) return ok;
    items = std::move(draft->items);
    notes = std::move(draft->notes);
  }
  JsonValue json = JsonValue::object();
  json.set("form", options.form).set("out", utf8(*out)).set("items", static_cast<std::int64_t>(items.size()));
  json.set("splits", countsOf(items)).set("classes", JsonValue::arrayOf(datasets::classesOf(items))).set("notes", JsonValue::arrayOf(notes));
  return finish(context, json, utf8(*out) + ": " + std::to_string(items.size()) + (ave ? " rows\n" : " items\n"));
}

using Options = std::shared_ptr<ExchangeOptions>;

CLI::App* addOne(CLI::App& group, Context& context, const Options& o, const char* name, const char* about, const char* example,
                 Result<void> (*work)(Context&, const ExchangeOptions&)) {
  auto* command = group.add_subcommand(name, about);
  command->footer(std::string("Example: chladni-cli project ") + name + " birds.chladni " + example);
  command->fallthrough();
  command->add_option("PROJECT", o->project, "A .chladni file")->required();
  command->callback([&context, o, work] { context.run = [&context, o, work] { return work(context, *o); }; });
  return command;
}

}  // namespace

void addProjectExchange(CLI::App& group, Context& context) {
  const auto o = std::make_shared<ExchangeOptions>();
  auto* out = addOne(group, context, o, "export", "Labels as files of another format, one a recording; says what it cannot hold", "--to audacity --out labels/", exportLabels);
  out->add_option("FILE", o->files, "Recordings; none: all of the project");
  out->add_option("--to", o->to, "Format (chladni-cli annotations formats)")->type_name("FORMAT");
  out->add_option("--track", o->choice.track, "Only the track of this name")->type_name("NAME");
  out->add_flag("--confirmed", o->choice.confirmedOnly, "Without what is proposed or rejected");
  out->add_option("--rate", o->rate, "Sample rate of Sonic Visualiser layers in Hz")->check(CLI::Range(1, 10'000'000));

  auto* in = addOne(group, context, o, "import", "Files of labels into the project, each to the recording of its name", "dawn.TextGrid dusk.txt", importLabels);
  in->add_option("LABELS", o->files, "Files of labels")->required();
  in->add_option("--for", o->recording, "Recording that they belong to")->type_name("FILE");
  in->add_option("--from", o->from, "Their format, when it cannot be told from the file")->type_name("FORMAT");
  in->add_flag("--replace", o->replace, "Tracks take the place of those of the same name; else they get a number");

  auto* data = addOne(group, context, o, "dataset", "Confirmed labels as data to train on, split by source", "--out manifest.csv --split 0.8 0.1", writeDataSet);
  data->add_option("FILE", o->files, "Recordings; none: all of the project");
  data->add_option("--form", o->form, "manifest, or ave: a folder with Annotations.txt and order files")->check(CLI::IsMember({"manifest", "ave"}));
  data->add_option("--track", o->data.track, "Only the track of this name")->type_name("NAME");
  data->add_option_function<std::vector<double>>("--split", [o](const std::vector<double>& shares) {
        o->data.trainShare = shares[0];
        o->data.validationShare = shares[1];
      }, "Shares for training and validation; the rest is for testing")->expected(2)->type_name("TRAIN VALIDATION");
  data->add_option("--source", o->source, "What may not be torn apart by the split: file or folder")->check(CLI::IsMember({"file", "folder"}));
  data->add_option("--clip", o->data.clipSeconds, "Of a manifest: clips of so many seconds with all their labels; else an item a labelled stretch")->check(CLI::Range(0.0, 86400.0));
  data->add_flag("--background", o->data.background, "With --clip: also clips without a label");
}

}  // namespace chladni::cli

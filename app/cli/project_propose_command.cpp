// project propose: a model's proposals for the files of a project, as labels that wait for a person's word.
#include <cstdio>

#include "app/cli/output.h"
#include "app/cli/project_commands.h"
#include "core/analysis/library_proposals.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct ProposeOptions {
  std::string project;
  std::vector<std::string> files;
  std::string model;
  std::string task = "instruments";
  analysis::LibraryRun run;
};

class Teller {
 public:
  explicit Teller(const Context& context) : context_(context) {}

  void operator()(const analysis::FileOutcome& outcome) {
    JsonValue one = JsonValue::object();
    one.set("file", utf8(outcome.file.name)).set("proposals", outcome.proposals).set("finished_before", outcome.finishedBefore);
    one.set("error", outcome.error ? JsonValue(utf8(outcome.error->message)) : JsonValue());
    files_.append(std::move(one));
    if (outcome.error) {
      ++failed_;
      if (!context_.quiet) std::fprintf(stderr, "warning: %s\n", outcome.error->describe().c_str());
      return;
    }
    text_ += utf8(outcome.file.name) + ": " + std::to_string(outcome.proposals) + (outcome.proposals == 1 ? " proposal" : " proposals") +
             (outcome.finishedBefore ? " from before (--again makes them anew)\n" : "\n");
  }
  [[nodiscard]] JsonValue json(const std::string& model) const {
    JsonValue json = JsonValue::object();
    return json.set("model", utf8(model)).set("files", files_).set("failed", failed_);
  }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::int64_t failed() const { return failed_; }

 private:
  const Context& context_;
  JsonValue files_ = JsonValue::array();
  std::string text_;
  std::int64_t failed_ = 0;
};

Result<void> propose(Context& context, const ProposeOptions& options) {
  // What is wrong with the settings is said before a model is loaded.
  if (auto ok = analysis::checkOptions(options.run.options); !ok) return ok;
  auto project = store::Project::open(options.project);
  if (!project) return fail(project.error());
  auto files = chosenFiles(*project, options.files);
  if (!files) return fail(files.error());
  auto model = context.loadModel(options.model, options.task);
  if (!model) return fail(model.error());
  analysis::LibraryRun run = options.run;
  run.files = std::move(*files);
  const analysis::ModelLoader load = [&](const std::string& package) { return context.registry().load(package, context.runtime()); };
  Teller teller(context);
  const auto done = analysis::proposeForLibrary(*project, run, **model, load, std::ref(teller), context.progressSink(), context.stop);
  // Also after a failure: finished files are in the project.
  auto told = finish(context, teller.json((*model)->spec().name), teller.text());
  if (!done) return done;
  if (!told) return told;
  if (teller.failed() == 0) return {};
  return fail(ErrorCode::corruptData, std::to_string(teller.failed()) + " of " + std::to_string(run.files.size()) + " files could not be read; the others are done");
}

}  // namespace

void addProjectPropose(CLI::App& group, Context& context) {
  const auto o = std::make_shared<ProposeOptions>();
  auto* command = group.add_subcommand("propose", "A model's proposals as labels to accept or reject; finished files are kept, a second run goes on");
  command->footer("Example: chladni-cli project propose birds.chladni --threshold 0.6 --minimum 0.5");
  command->fallthrough();
  command->add_option("PROJECT", o->project, "A .chladni file")->required();
  command->add_option("FILE", o->files, "Files; none: all of the project");
  command->add_option("--model", o->model, "Classifier or localiser, by name or folder")->type_name("PKG");
  command->add_option("--task", o->task, "Without --model: the default of this task")->type_name("TASK");
  command->add_option("--threshold", o->run.options.threshold, "Probability that a stretch must reach")->check(CLI::Range(0.0, 1.0));
  command->add_option("--hysteresis", o->run.options.hysteresis, "How far it may fall below without an end")->check(CLI::Range(0.0, 1.0));
  command->add_option("--minimum", o->run.options.minimumSeconds, "Shorter stretches are dropped, in seconds")->check(CLI::Range(0.0, 86400.0));
  command->add_option("--gap", o->run.options.gapSeconds, "Gaps up to this are bridged, in seconds")->check(CLI::Range(0.0, 86400.0));
  command->add_option("--window", o->run.windowSeconds, "Window of a classifier in seconds; the model's own when left out")->check(CLI::Range(0.02, 86400.0));
  command->add_option("--hop", o->run.hopSeconds, "Hop in seconds")->check(CLI::Range(0.01, 86400.0));
  command->add_flag("--again", o->run.again, "Also files that have proposals of this model; what was accepted or rejected stays");
  command->callback([&context, o] { context.run = [&context, o] { return propose(context, *o); }; });
}

}  // namespace chladni::cli

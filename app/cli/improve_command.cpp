// improve: finetunes the head of a classifier on corrections, and keeps the result only when it is no worse on those of
// them that were held out.
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/improve_run.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct ImproveCommandOptions {
  std::string model;
  std::string labels;
  bool force = false;
  analysis::ClassifyOptions windows;
  analysis::ImproveOptions settings;
};

JsonValue outcomeJson(const Context& context, const ImproveCommandOptions& options, const inference::ModelSpec& parent, const analysis::ImproveOutcome& outcome) {
  const analysis::Improvement& found = outcome.improvement;
  JsonValue out = JsonValue::object();
  out.set("model", utf8(parent.name)).set("weights_sha256", parent.weights.sha256).set("labels", utf8(options.labels));
  out.set("out", utf8(context.out)).set("written", outcome.written);
  out.set("accuracy_before", found.before.accuracy).set("accuracy_after", found.after.accuracy);
  out.set("corrections", static_cast<std::int64_t>(found.learned.size() + found.held.size()));
  out.set("learned_from", static_cast<std::int64_t>(found.learned.size())).set("held_out", static_cast<std::int64_t>(found.held.size()));
  out.set("files", found.sources).set("before", analysis::figuresJson(found.before)).set("after", analysis::figuresJson(found.after));
  JsonValue temperature = JsonValue::object();
  out.set("temperature", temperature.set("before", parent.temperature).set("after", found.temperature));
  JsonValue leftOut = JsonValue::array();
  for (const analysis::LeftOut& item : outcome.leftOut) {
    JsonValue row = JsonValue::object();
    leftOut.append(std::move(row.set("item", utf8(item.item)).set("reason", utf8(item.reason))));
  }
  out.set("left_out", std::move(leftOut)).set("device", outcome.device).set("precision", outcome.precision);
  return out.set("seconds", outcome.seconds);
}

std::string figures(const char* title, const analysis::HeadFigures& of) {
  char line[128];
  std::snprintf(line, sizeof line, "%-8s accuracy %5.1f %%   calibration error %.3f   loss %.3f\n", title, 100.0 * of.accuracy, of.expectedError, of.loss);
  return line;
}

std::string outcomeText(const Context& context, const inference::ModelSpec& parent, const analysis::ImproveOutcome& outcome) {
  const analysis::Improvement& found = outcome.improvement;
  std::string text = utf8(parent.name) + ": learned from " + std::to_string(found.learned.size()) + " corrections, measured on " +
                     std::to_string(found.held.size()) + " held out (" + std::to_string(found.sources) + " files in all)\n";
  text += figures("before", found.before) + figures("after", found.after);
  for (const analysis::LeftOut& item : outcome.leftOut) text += "left out: " + utf8(item.item) + ": " + utf8(item.reason) + "\n";
  if (outcome.written) text += utf8(context.out) + ": written, " + seconds(outcome.seconds) + "\n";
  return text;
}

std::string worseText(const Context& context, const analysis::Improvement& found) {
  char text[160];
  std::snprintf(text, sizeof text, "held-out accuracy fell from %.1f %% to %.1f %% on %zu corrections; ", 100.0 * found.before.accuracy,
                100.0 * found.after.accuracy, found.held.size());
  return text + utf8(context.out) + " was not written; add corrections, or keep the result all the same with --force";
}

Result<void> improve(Context& context, const ImproveCommandOptions& options) {
  auto out = context.output("the package folder to create");
  if (!out) return fail(out.error());
  auto model = context.loadModel(options.model, "instruments");
  if (!model) return fail(model.error());
  const inference::ModelSpec& parent = (*model)->spec();
  const analysis::ImproveRun run{options.labels, utf8(std::filesystem::path(options.labels).filename()), *out, options.windows, options.settings, options.force, nullptr};
  auto outcome = analysis::improvePackage(context.registry(), context.runtime(), **model, run, context.progressSink(), context.stop);
  if (!outcome) return fail(outcome.error());
  auto said = context.json ? printJson(outcomeJson(context, options, parent, *outcome)) : print(outcomeText(context, parent, *outcome));
  if (said && !outcome->written) return fail(ErrorCode::internal, worseText(context, outcome->improvement));
  return said;
}

}  // namespace

void addImprove(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("improve", "A better head for a classifier, from corrections");
  command->footer("MANIFEST is CSV with the columns path,start,end,labels[,split], labels separated by \";\". A part of the files\n"
                  "is held out (always the same; or those of the splits \"test\" and \"validation\") and tells whether it helped;\n"
                  "if accuracy on it fell, nothing is written. The package PKG itself is never changed.\n"
                  "Example: chladni-cli improve --model instruments-s --labels corrections/manifest.csv --out instruments-mine");
  const auto o = std::make_shared<ImproveCommandOptions>();
  command->add_option("--model", o->model, "Classifier package, by name or folder")->type_name("PKG");
  command->add_option("--labels", o->labels, "Manifest of corrected stretches")->required()->type_name("MANIFEST");
  command->add_flag("--force", o->force, "Write the package although accuracy fell");
  command->add_option("--held-out", o->settings.heldOutShare, "Share of the files that is held out")->check(CLI::Range(0.01, 0.9));
  command->add_option("--reach", o->settings.reach, "How far the head may move away from the old one, in logits")
      ->check(CLI::Range(0.001, 1000.0));
  command->add_option("--keep", o->settings.keep, "How much each class that nobody corrected is held, in corrections")
      ->check(CLI::Range(0.0, 1000.0));
  command->add_option("--window", o->windows.windowSeconds, "Window in seconds; the model's own when left out")
      ->check(CLI::Range(0.02, 86400.0));
  command->add_option("--hop", o->windows.hopSeconds, "Hop in seconds")->check(CLI::Range(0.01, 86400.0));
  command->callback([&context, o] { context.run = [&context, o] { return improve(context, *o); }; });
}

}  // namespace chladni::cli

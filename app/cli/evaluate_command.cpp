// evaluate: every metric of a sound classifier on labelled media, or of a localiser on a folder of events, as one JSON
// report and tables beside it.
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/evaluate_events.h"
#include "app/cli/output.h"
#include "app/cli/painting_report.h"
#include "core/analysis/evaluation_report.h"
#include "core/analysis/example_scores.h"
#include "core/base/atomic_file.h"
#include "core/datasets/data_set.h"
#include "core/serial/csv.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct EvaluateCommandOptions {
  std::string model;
  std::string data;
  std::string split;
  double threshold = 0.5;
  double ratio = 0.75;
  bool modalities = false;
  analysis::ClassifyOptions windows;
};

Result<std::vector<analysis::ManifestExample>> examplesOf(const EvaluateCommandOptions& options) {
  auto examples = analysis::readManifestExamples(options.data);
  if (!examples || options.split.empty()) return examples;
  std::erase_if(*examples, [&](const analysis::ManifestExample& example) { return example.split != datasets::splitName(options.split); });
  if (examples->empty())
    return fail(ErrorCode::notFound, options.data + ": no line has the split " + options.split + "; leave --split out, or "
                                                                                                "name one that is there");
  return examples;
}

JsonValue reportJson(const EvaluateCommandOptions& options, const analysis::ScoredExamples& scored,
                     const analysis::Evaluation& evaluation) {
  JsonValue out = JsonValue::object();
  out.set("model", utf8(scored.provenance.model)).set("weights_sha256", scored.provenance.weightsSha256);
  out.set("data", utf8(options.data)).set("device", scored.provenance.device).set("precision", scored.provenance.precision);
  if (!options.split.empty()) out.set("split", utf8(options.split));
  const JsonValue figures = analysis::evaluationJson(evaluation);
  for (const auto& [name, value] : *figures.members()) out.set(name, value);
  JsonValue leftOut = JsonValue::array();
  for (const analysis::LeftOut& item : scored.leftOut) {
    JsonValue row = JsonValue::object();
    leftOut.append(std::move(row.set("item", utf8(item.item)).set("reason", utf8(item.reason))));
  }
  out.set("left_out", std::move(leftOut)).set("complete", !scored.stopped);
  out.set("seconds_of_media", scored.secondsOfMedia).set("seconds_of_compute", scored.secondsOfCompute);
  return out;
}

std::string line(const char* title, const std::optional<double>& value) {
  if (!value) return {};
  char text[96];
  std::snprintf(text, sizeof text, "%-28s %.4f\n", title, *value);
  return text;
}

std::string reportText(const analysis::ScoredExamples& scored, const analysis::Evaluation& evaluation) {
  std::string text = analysis::evaluationText(evaluation) + "\n";
  text += line("mean average precision", evaluation.ranking.meanAveragePrecision);
  text += line("mean ROC area", evaluation.ranking.meanRocArea);
  if (evaluation.strongest) {
    text += line("highest score is right", evaluation.strongest->report.accuracy);
    text += line("top-3 accuracy", evaluation.strongest->topThree);
    text += line("top-5 accuracy", evaluation.strongest->topFive);
    text += line("error of highest score", evaluation.strongest->calibration.expectedError);
  }
  text += line("expected calibration error", evaluation.calibration.expectedError);
  if (!scored.leftOut.empty())
    text += std::to_string(scored.leftOut.size()) + " left out; the first: " + utf8(scored.leftOut.front().item) + ": " +
            utf8(scored.leftOut.front().reason) + "\n";
  return text;
}

// report.json, report.classes.csv, report.confusion.csv; report.strongest.csv where that is another table
Result<void> writeReport(const std::filesystem::path& out, const JsonValue& document, const analysis::Evaluation& evaluation) {
  auto written = serial::writeCsv(std::filesystem::path(out).replace_extension(".classes.csv"), analysis::perClassTable(evaluation));
  if (!written) return written;
  written = serial::writeCsv(std::filesystem::path(out).replace_extension(".confusion.csv"), analysis::confusionTable(evaluation));
  if (written && analysis::hasStrongestTable(evaluation))
    written = serial::writeCsv(std::filesystem::path(out).replace_extension(".strongest.csv"), analysis::strongestTable(evaluation));
  if (!written) return written;
  return writeFileAtomically(out, document.prettyText());
}

Result<void> evaluateFolder(Context& context, const EvaluateCommandOptions& options) {
  auto model = context.loadModel(options.model, "audio-visual-events");
  if (!model) return fail(model.error());
  if (!(*model)->localiser())
    return fail(ErrorCode::unsupported, (*model)->spec().name + ": this model localises nothing; evaluate classifiers on a manifest");
  auto found = evaluateEvents(context, **model, options.data, options.split);
  if (!found) return fail(found.error());
  found->document.set("complete", !found->stopped);
  if (!context.out.empty())
    if (auto written = writeReport(context.out, found->document, found->figures); !written) return written;
  auto said = context.json ? printJson(found->document) : print(found->text);
  if (said && found->stopped) return fail(ErrorCode::cancelled, "evaluation was stopped");
  return said;
}

Result<void> evaluate(Context& context, const EvaluateCommandOptions& options) {
  if (context.out.empty() && !context.json)
    return fail(ErrorCode::invalidArgument, "--out is missing: the report to write, for example --out report.json");
  if (!context.out.empty()) {
    auto out = context.outputFile("the report to write");
    if (!out) return fail(out.error());
    if (out->extension() != ".json")
      return fail(ErrorCode::invalidArgument, "--out " + utf8(*out) + ": a report is JSON; let its name end in .json");
  }
  if (holdsEvents(options.data)) return evaluateFolder(context, options);
  auto examples = examplesOf(options);
  if (!examples) return fail(examples.error());
  auto model = context.loadModel(options.model, "instruments");
  if (!model) return fail(model.error());
  if (!(*model)->classifier() && (*model)->reconstructor()) return reportPaintings(context, *examples, **model, options.ratio);
  auto scored = analysis::scoreExamples(*examples, **model, options.windows, context.progressSink(), context.stop);
  if (!scored) return fail(scored.error());
  scored->items.threshold = options.threshold;
  auto evaluation = analysis::evaluationOf(scored->items);
  if (!evaluation) return fail(evaluation.error());
  if (options.modalities && !scored->stopped) {
    auto importance = analysis::scoreModalities(*examples, **model, options.windows, context.progressSink(), context.stop);
    if (!importance) return fail(importance.error());
    evaluation->modalityImportance = std::move(*importance);
  }
  const JsonValue document = reportJson(options, *scored, *evaluation);
  if (!context.out.empty()) {
    auto written = writeReport(context.out, document, *evaluation);
    if (!written) return written;
  }
  auto said = context.json ? printJson(document) : print(reportText(*scored, *evaluation));
  if (said && scored->stopped) return fail(ErrorCode::cancelled, "evaluation was stopped");
  return said;
}

}  // namespace

void addEvaluate(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("evaluate", "Every metric of a classifier, localiser or masked autoencoder on labelled media");
  command->footer("Writes REPORT.json, and beside it REPORT.classes.csv and REPORT.confusion.csv. A model of several labels also\n"
                  "gets REPORT.strongest.csv, who is taken for whom by the highest score, where each item has one class.\n"
                  "MANIFEST is CSV with the columns path,start,end,labels[,split][,lyrics], labels separated by \";\".\n"
                  "Localisers are measured on a folder in AVE's format (Annotations.txt, order files, AVE/*.mp4).\n"
                  "A model that paints is judged on the middle of each stretch, beside the mean and the nearest of the visible patches.\n"
                  "Example: chladni-cli evaluate --data clips/manifest.csv --split test --out report.json\n"
                  "Example: chladni-cli evaluate --model events-s --data scenes --out report.json");
  const auto o = std::make_shared<EvaluateCommandOptions>();
  command->add_option("--model", o->model, "Model package or finished run, by name or folder")->type_name("PKG");
  command->add_option("--data", o->data, "Manifest of labelled media, or folder of events")->required()->type_name("MANIFEST");
  command->add_option("--split", o->split, "Only the lines of this split")->type_name("NAME");
  command->add_option("--threshold", o->threshold, "Probability above which a class of many is called")
      ->check(CLI::Range(0.0, 1.0));
  command->add_option("--ratio", o->ratio, "Share of patches to hide from a model that paints")->check(CLI::Range(0.01, 0.99));
  command->add_flag("--modality-importance", o->modalities,
                    "Of a model of sound and lyrics: which share of each class's average precision is lost without the one and without the other");
  command->add_option("--window", o->windows.windowSeconds, "Window in seconds; the model's own when left out")
      ->check(CLI::Range(0.02, 86400.0));
  command->add_option("--hop", o->windows.hopSeconds, "Hop in seconds")->check(CLI::Range(0.01, 86400.0));
  command->callback([&context, o] { context.run = [&context, o] { return evaluate(context, *o); }; });
}

}  // namespace chladni::cli

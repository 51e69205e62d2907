// classify FILE...: classes per window and for the whole clip.
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/classification.h"
#include "core/base/atomic_file.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct ClassifyCommandOptions {
  std::vector<std::string> files;
  std::string model;
  std::string lyricsFile;
  int top = 5;
  analysis::ClassifyOptions windows;
};

JsonValue scoresJson(const Prediction& prediction, std::span<const float> scores, int top) {
  JsonValue list = JsonValue::array();
  for (const ClassScore& score : topScores(scores, top)) {
    JsonValue entry = JsonValue::object();
    entry.set("class", utf8(prediction.classes[static_cast<std::size_t>(score.index)]));
    entry.set("index", score.index).set("p", score.p);
    list.append(std::move(entry));
  }
  return list;
}

JsonValue predictionJson(const std::string& file, const Prediction& prediction, int top) {
  JsonValue out = JsonValue::object();
  out.set("model", utf8(prediction.provenance.model)).set("file", utf8(file));
  out.set("device", prediction.provenance.device).set("precision", prediction.provenance.precision);
  out.set("multi_label", prediction.multiLabel).set("clip", scoresJson(prediction, prediction.clip, top));
  JsonValue windows = JsonValue::array();
  for (std::size_t w = 0; w < prediction.windows.size(); ++w) {
    JsonValue window = JsonValue::object();
    window.set("start", prediction.windows[w].start.seconds()).set("end", prediction.windows[w].end.seconds());
    if (prediction.isSilent(w)) window.set("silent", true);
    window.set("top", scoresJson(prediction, prediction.scores.row(static_cast<std::int64_t>(w)), top));
    windows.append(std::move(window));
  }
  if (prediction.allSilent()) out.set("silent", true);
  out.set("windows", std::move(windows)).set("seconds_of_media", prediction.secondsOfMedia);
  out.set("seconds_of_compute", prediction.secondsOfCompute);
  return out;
}

std::string predictionText(const std::string& file, const Prediction& prediction, int top) {
  std::string text = utf8(file) + "  (" + utf8(prediction.provenance.model) + ", " + prediction.provenance.device + ", " +
                     prediction.provenance.precision + ")\n";
  char line[64];
  if (prediction.allSilent()) return text + "  silence: nothing that a class could name\n";
  for (const ClassScore& score : topScores(prediction.clip, top)) {
    std::snprintf(line, sizeof line, "  %6.1f %%  ", 100.0 * score.p);
    text += line + utf8(prediction.classes[static_cast<std::size_t>(score.index)]) + "\n";
  }
  if (prediction.windows.size() < 2) return text;
  for (std::size_t w = 0; w < prediction.windows.size(); ++w) {
    const auto best = topScores(prediction.scores.row(static_cast<std::int64_t>(w)), 1);
    if (best.empty()) continue;
    if (prediction.isSilent(w)) {
      std::snprintf(line, sizeof line, "  %9.2f - %9.2f s           silence\n", prediction.windows[w].start.seconds(), prediction.windows[w].end.seconds());
      text += line;
      continue;
    }
    std::snprintf(line, sizeof line, "  %9.2f - %9.2f s  %5.1f %%  ", prediction.windows[w].start.seconds(),
                  prediction.windows[w].end.seconds(), 100.0 * best[0].p);
    text += line + utf8(prediction.classes[static_cast<std::size_t>(best[0].index)]) + "\n";
  }
  return text;
}

class Report {
 public:
  Report(const Context& context, const ClassifyCommandOptions& options) : context_(context), options_(options) {}

  void add(const std::string& file, const Prediction& prediction) {
    if (context_.json || !context_.out.empty()) documents_.append(predictionJson(file, prediction, options_.top));
    if (!context_.json) text_ += predictionText(file, prediction, options_.top);
    any_ = true;
  }
  // One file: its document. Several: an array of them. Also after a failure, so that what was finished is kept.
  Result<void> finish() const {
    if (!any_) return {};
    const JsonValue document = options_.files.size() == 1 ? documents_.items()->empty() ? JsonValue() : documents_.items()->front()
                                                          : documents_;
    if (!context_.out.empty()) {
      auto written = writeFileAtomically(context_.out, document.prettyText());
      if (!written) return written;
    }
    return context_.json ? printJson(document) : print(text_);
  }

 private:
  const Context& context_;
  const ClassifyCommandOptions& options_;
  JsonValue documents_ = JsonValue::array();
  std::string text_;
  bool any_ = false;
};

Result<void> classifyFile(const Context& context, const ClassifyCommandOptions& options, const std::string& file,
                          const inference::LoadedModel& model, Report& report) {
  auto recording = analysis::Recording::open(file);
  if (!recording) return fail(recording.error());
  std::shared_ptr<const Prediction> finished;
  auto whole = analysis::classify(**recording, model, options.windows, context.progressSink(),
                                  [&](std::shared_ptr<const Prediction> partial) { finished = std::move(partial); },
                                  context.stop);
  if (whole) finished = *whole;
  if (finished) report.add(file, *finished);
  if (!whole) return fail(whole.error());
  return {};
}

Result<void> classifyAll(Context& context, const ClassifyCommandOptions& options) {
  // What cannot be read is said before a model is loaded.
  for (const std::string& file : options.files) {
    auto recording = analysis::Recording::open(file);
    if (!recording) return fail(recording.error());
  }
  ClassifyCommandOptions read = options;
  if (!options.lyricsFile.empty()) {
    auto lyrics = readFile(options.lyricsFile, analysis::kMostLyrics);
    if (!lyrics) return fail(lyrics.error());
    read.windows.lyrics = std::move(*lyrics);
  }
  auto model = context.loadModel(options.model, "instruments");
  if (!model) return fail(model.error());
  Report report(context, options);
  Result<void> done;
  for (const std::string& file : options.files) {
    done = classifyFile(context, read, file, **model, report);
    if (!done) break;
  }
  auto finished = report.finish();
  return done ? finished : done;
}

}  // namespace

void addClassify(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("classify", "Classes per window and for the clip");
  command->footer("--json prints one document for one FILE, and an array of such documents for several.\n"
                  "Example: chladni-cli classify clip.mp4 --top 3 --json");
  const auto o = std::make_shared<ClassifyCommandOptions>();
  command->add_option("FILE", o->files, "Recordings or videos")->required();
  command->add_option("--model", o->model, "Model package, by name or folder")->type_name("PKG");
  command->add_option("--top", o->top, "Classes to name, best first")->check(CLI::Range(1, 100000));
  command->add_option("--window", o->windows.windowSeconds, "Window in seconds; the model's own when left out")
      ->check(CLI::Range(0.02, 86400.0));
  command->add_option("--hop", o->windows.hopSeconds, "Hop in seconds")->check(CLI::Range(0.01, 86400.0));
  command->add_option("--lyrics", o->lyricsFile, "Text file with the words sung, for models that read")->type_name("FILE");
  command->callback([&context, o] { context.run = [&context, o] { return classifyAll(context, *o); }; });
}

}  // namespace chladni::cli

// report FILE...: what files hold and what models hear in them, as one HTML page or PDF. A file that cannot be read is a
// line of the report and the status of the command, and the others are there all the same.
#include <cstdio>
#include <cstdlib>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/base/utc_time.h"
#include "core/report/gather.h"
#include "core/report/html_report.h"
#include "core/report/pdf_report.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct ReportCommandOptions {
  std::vector<std::string> files;
  std::vector<std::string> models;
  std::string title;
  bool noAttention = false;
  report::GatherOptions gather;
};

// Now, in UTC; or the moment that a build wants everything to bear.
std::string dateText() {
  const char* epoch = std::getenv("SOURCE_DATE_EPOCH");
  return utcText(epoch ? static_cast<std::time_t>(std::atoll(epoch)) : std::time(nullptr), "%Y-%m-%d %H:%M UTC");
}

std::string titleOf(const ReportCommandOptions& options) {
  if (!options.title.empty()) return options.title;
  const std::string first = std::filesystem::path(options.files.front()).filename().string();
  return options.files.size() == 1 ? "Analysis of " + first
                                   : "Analysis of " + first + " and " + std::to_string(options.files.size() - 1) + " more";
}

// The backbones of a localiser lie beside it, or are installed.
analysis::ModelLoader backboneLoader(Context& context, const inference::ModelSpec& spec) {
  const auto beside = std::filesystem::absolute(spec.folder).lexically_normal().parent_path();
  return [&context, beside](const std::string& package) {
    std::error_code ignored;
    const auto near = beside / package;
    return context.loadModel(std::filesystem::exists(near / "model.json", ignored) ? near.string() : package, "features");
  };
}

Result<std::vector<report::ReportedModel>> loadModels(Context& context, const ReportCommandOptions& options) {
  std::vector<report::ReportedModel> models;
  for (const std::string& name : options.models.empty() ? std::vector<std::string>{""} : options.models) {
    auto model = context.loadModel(name, "instruments");
    if (!model) return fail(model.error());
    models.push_back({*model, backboneLoader(context, (*model)->spec())});
  }
  return models;
}

Result<bool> wantsPdf(const Context& context) {
  auto out = context.outputFile("the .html or .pdf file to write");
  if (!out) return fail(out.error());
  const std::string extension = out->extension().string();
  if (extension == ".html" || extension == ".htm") return false;
  if (extension == ".pdf") return true;
  return fail(ErrorCode::invalidArgument, "--out " + utf8(*out) + ": a report is a .html or a .pdf file");
}

JsonValue outcomeJson(const Context& context, const report::Report& all) {
  JsonValue files = JsonValue::array();
  for (const auto& file : all.files) {
    JsonValue row = JsonValue::object();
    row.set("file", utf8(file.name)).set("ok", file.problem.empty());
    if (!file.problem.empty()) row.set("error", utf8(file.problem));
    JsonValue models = JsonValue::array();
    for (const auto& model : file.models) {
      JsonValue one = JsonValue::object();
      one.set("model", utf8(model.provenance.front().second));
      if (!model.top.empty()) one.set("class", utf8(model.top.front().name)).set("p", model.top.front().p);
      if (!model.problem.empty()) one.set("error", utf8(model.problem));
      models.append(std::move(one));
    }
    files.append(std::move(row.set("models", std::move(models))));
  }
  JsonValue out = JsonValue::object();
  return out.set("out", utf8(context.out)).set("files", std::move(files));
}

Result<void> writeReport(const Context& context, const report::Report& all, bool pdf) {
  return pdf ? report::writePdf(context.out, all) : report::writeHtml(context.out, all);
}

Result<void> makeReport(Context& context, const ReportCommandOptions& options) {
  auto pdf = wantsPdf(context);
  if (!pdf) return fail(pdf.error());
  auto models = loadModels(context, options);
  if (!models) return fail(models.error());
  report::GatherOptions gather = options.gather;
  gather.attention = !options.noAttention;
  gather.program = std::string("chladni-cli ") + CHLADNI_VERSION;
  report::Report all{utf8(titleOf(options)), gather.program, dateText(), {}};
  Result<void> done;
  std::size_t whole = 0;
  for (const std::string& name : options.files) {
    auto file = report::describeFile(name, *models, gather, context.progressSink(), context.stop);
    whole += file ? 1 : 0;
    if (!file && done) done = fail(file.error());
    if (!file && file.error().code == ErrorCode::cancelled) {
      done = fail(file.error());
      break;
    }
    if (file) {
      all.files.push_back(std::move(*file));
    } else {
      all.files.emplace_back();
      all.files.back().name = name;
      all.files.back().problem = file.error().describe();
    }
  }
  if (whole == 0) return done;
  if (auto written = writeReport(context, all, *pdf); !written) return written;
  auto said = context.json    ? printJson(outcomeJson(context, all))
              : context.quiet ? Result<void>()
                              : print(utf8(context.out) + ": " + std::to_string(whole) + " of " + std::to_string(options.files.size()) + " files\n");
  return done ? said : done;
}

}  // namespace

void addReport(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("report", "A self-contained report as HTML or PDF");
  command->footer("For each FILE: what it holds, waveform, spectrogram, video; for each model: classes over time and for the whole,\n"
                  "events, attention, and where the figures come from. Several files get an index. Files that cannot be read are\n"
                  "named in the report; the status is then that of the first of them.\n"
                  "Example: chladni-cli report take1.wav take2.mp4 --model instruments-s --out session.html\n"
                  "Example: chladni-cli report clip.mp4 --title \"Street musicians\" --out clip.pdf");
  const auto o = std::make_shared<ReportCommandOptions>();
  command->add_option("FILE", o->files, "Recordings or videos")->required();
  command->add_option("--model", o->models, "Model packages, by name or folder; may be given several times")->type_name("PKG")->take_all()->allow_extra_args(false);
  command->add_option("--title", o->title, "Title of the report");
  command->add_option("--top", o->gather.top, "Classes to name, best first")->check(CLI::Range(1, 1000));
  command->add_flag("--no-attention", o->noAttention, "Leave out what the models attended to");
  command->add_option("--window", o->gather.windows.windowSeconds, "Window in seconds; the model's own when left out")
      ->check(CLI::Range(0.02, 86400.0));
  command->add_option("--hop", o->gather.windows.hopSeconds, "Hop in seconds")->check(CLI::Range(0.01, 86400.0));
  command->callback([&context, o] { context.run = [&context, o] { return makeReport(context, *o); }; });
}

}  // namespace chladni::cli

// models list|show|verify|import: packages and published checkpoints.
#include <algorithm>
#include <cstdio>
#include <sstream>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/base/atomic_file.h"
#include "core/inference/model_package.h"
#include "core/inference/published_checkpoints.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

JsonValue recordOf(const inference::ModelSpec& spec) {
  JsonValue tasks = JsonValue::array();
  for (const std::string& task : spec.tasks) tasks.append(utf8(task));
  JsonValue out = JsonValue::object();
  out.set("name", utf8(spec.name)).set("path", utf8(spec.folder)).set("family", utf8(spec.family));
  out.set("tasks", std::move(tasks)).set("title", utf8(spec.title)).set("licence", utf8(spec.licence));
  out.set("installed", spec.installed);
  return out;
}

Result<void> list(Context& context) {
  std::vector<Error> problems;
  const auto specs = context.registry().packages(&problems);
  if (!context.quiet)
    for (const Error& problem : problems) std::fprintf(stderr, "warning: %s\n", problem.describe().c_str());
  JsonValue models = JsonValue::array();
  std::string text;
  for (const auto& spec : specs) {
    models.append(recordOf(spec));
    std::string name = utf8(spec.name);
    name.resize(std::max<std::size_t>(name.size(), 24), ' ');
    text += name + "  " + utf8(spec.family) + "  " + utf8(spec.title) + (spec.installed ? "" : "  (not installed)") + "\n";
  }
  JsonValue json = JsonValue::object();
  json.set("models", std::move(models));
  if (context.json) return printJson(json);
  return print(specs.empty() ? "no model packages found\n" : text);
}

// Facts, not a download: nothing here opens a connection.
Result<void> published(Context& context) {
  JsonValue list = JsonValue::array();
  std::string text;
  for (const auto& one : inference::publishedCheckpoints()) {
    JsonValue row = JsonValue::object();
    row.set("name", one.name).set("title", one.title).set("family", one.family).set("file", one.file).set("what", one.what);
    list.append(std::move(row.set("address", one.address).set("page", one.page).set("licence", one.licence)));
    text += std::string(one.title) + "\n  " + std::string(one.what) + "\n  " + std::string(one.address) + "\n  licence: " + std::string(one.licence) + " (" + std::string(one.page) + ")\n";
    text += one.family.empty() ? "  a start for training elsewhere\n" : "  chladni-cli models import " + std::string(one.file) + " --family " + std::string(one.family) + " --out " + std::string(one.name) + "\n";
  }
  return context.json ? printJson(JsonValue::object().set("checkpoints", std::move(list))) : print(text);
}

// Null for weights that are no plain tensors (TorchScript) or cannot be read: `verify` says why.
JsonValue parametersOf(const inference::ModelSpec& spec) {
  if (!spec.installed) return {};
  const auto weights = inference::readModelWeights(spec);
  if (!weights) return {};
  std::int64_t count = 0;
  for (const auto& tensor : weights->tensors)
    count += static_cast<std::int64_t>(tensor.bytes.size() / bytesPerElement(tensor.dtype));
  return count;
}

Result<void> show(Context& context, const std::string& package) {
  auto spec = context.registry().find(package);
  if (!spec) return fail(spec.error());
  auto card = inference::readModelCard(*spec);
  if (!card) return fail(card.error());
  JsonValue json = recordOf(*spec);
  JsonValue classes = JsonValue::array();
  for (const std::string& name : spec->classes) classes.append(utf8(name));
  auto metrics = serial::parseJson(spec->metricsJson, "metrics");
  json.set("classes", std::move(classes)).set("card", utf8(*card));
  json.set("metrics", metrics ? *metrics : JsonValue::object());
  json.set("parameters", parametersOf(*spec));
  if (context.json) return printJson(json);
  std::string text = utf8(spec->name) + "\n  title       " + utf8(spec->title) + "\n  family      " + utf8(spec->family) +
                     "\n  licence     " + utf8(spec->licence) + "\n  folder      " + utf8(spec->folder) +
                     "\n  classes     " + std::to_string(spec->classes.size()) + "\n";
  return print(text + (card->empty() ? "" : "\n" + utf8(*card) + "\n"));
}

Result<void> verify(Context& context, const std::string& package) {
  auto spec = context.registry().find(package);
  if (!spec) return fail(spec.error());
  auto sums = inference::verifyModelPackage(*spec, context.stop);
  if (!sums) return sums;
  // Names and shapes are the family's to check: load it.
  auto loaded = context.registry().load(spec->folder.string(), context.runtime());
  if (!loaded) return fail(loaded.error());
  JsonValue json = JsonValue::object();
  json.set("name", utf8(spec->name)).set("verified", true).set("parameters", (*loaded)->parameters());
  if (context.json) return printJson(json);
  return context.quiet ? Result<void>() : print(utf8(spec->name) + ": verified\n");
}

constexpr std::uintmax_t kMostClassText = 1 << 22;

struct ImportCommandOptions {
  std::string source;
  std::string family;
  std::string title;
  std::string classes;                // file with the names, one a line
  std::vector<std::string> settings;  // key=value
};

Result<std::vector<std::string>> classNames(const std::string& file) {
  std::vector<std::string> names;
  if (file.empty()) return names;
  auto text = readFile(file, kMostClassText);
  if (!text) return fail(text.error());
  std::istringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    if (!line.empty()) names.push_back(line);
  }
  return names;
}

Result<std::map<std::string, std::string>> settingsFrom(const std::vector<std::string>& words) {
  std::map<std::string, std::string> settings;
  for (const std::string& word : words) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
      return fail(ErrorCode::invalidArgument, "--set needs KEY=VALUE, not \"" + word + "\"");
    settings[word.substr(0, equals)] = word.substr(equals + 1);
  }
  return settings;
}

Result<void> import(Context& context, const ImportCommandOptions& options) {
  auto out = context.output("the package folder to create");
  if (!out) return fail(out.error());
  const auto* family = context.registry().family(options.family);
  if (!family) {
    std::string names;
    for (const auto& name : context.registry().familyNames()) names += (names.empty() ? "" : ", ") + name;
    return fail(ErrorCode::invalidArgument,
                "no family is called \"" + options.family + "\"; there are: " + (names.empty() ? "none" : names));
  }
  std::error_code ignored;
  if (std::filesystem::exists(*out, ignored) && !std::filesystem::is_empty(*out, ignored))
    return fail(ErrorCode::invalidArgument, utf8(*out) + ": there is something already; choose a new folder for --out");
  auto classes = classNames(options.classes);
  if (!classes) return fail(classes.error());
  auto settings = settingsFrom(options.settings);
  if (!settings) return fail(settings.error());
  auto report = family->importCheckpoint({options.source, *out, options.title, std::move(*classes), std::move(*settings)});
  if (!report) return fail(report.error());
  std::string text;
  for (const std::string& line : report->lines) text += utf8(line) + "\n";
  if (!report->accepted) {
    if (!context.quiet) std::fputs(text.c_str(), stderr);
    return fail(ErrorCode::incompatibleModel, options.source + ": not imported, " +
                                                  std::to_string(report->lines.size()) + " tensors do not fit " + options.family);
  }
  JsonValue json = recordOf(report->spec);
  json.set("report", JsonValue::arrayOf(report->lines));
  return context.json ? printJson(json) : print(text + utf8(*out) + ": imported\n");
}

}  // namespace

void addModels(CLI::App& app, Context& context) {
  auto* models = app.add_subcommand("models", "Model packages and published checkpoints");
  models->require_subcommand(1);
  models->footer("Example: chladni-cli models list --json");
  auto* listing = models->add_subcommand("list", "Packages that were found");
  listing->footer("Example: chladni-cli models list");
  listing->callback([&context] { context.run = [&context] { return list(context); }; });
  auto* publishing = models->add_subcommand("published", "Where published checkpoints can be had, and their licences; no connection is made");
  publishing->footer("Example: chladni-cli models published");
  publishing->callback([&context] { context.run = [&context] { return published(context); }; });
  const auto package = std::make_shared<std::string>();
  auto* showing = models->add_subcommand("show", "One package: classes, card, figures");
  showing->add_option("PKG", *package, "Name or folder")->required();
  showing->footer("Example: chladni-cli models show instruments-s");
  showing->callback([&context, package] { context.run = [&context, package] { return show(context, *package); }; });
  auto* verifying = models->add_subcommand("verify", "Checksums, finite weights, names and shapes");
  verifying->add_option("PKG", *package, "Name or folder")->required();
  verifying->footer("Example: chladni-cli models verify ./my-package");
  verifying->callback([&context, package] { context.run = [&context, package] { return verify(context, *package); }; });
  const auto options = std::make_shared<ImportCommandOptions>();
  auto* importing = models->add_subcommand("import", "A package from a published checkpoint");
  importing->add_option("SRC", options->source, "A .safetensors or zip .pth file")->required();
  importing->add_option("--family", options->family, "Architecture")->required();
  importing->add_option("--title", options->title, "Title of the package");
  importing->add_option("--classes", options->classes, "Text file with the names of the classes, one a line, in index order");
  importing->add_option("--set", options->settings, "What the checkpoint cannot tell, in the family's words")->type_name("KEY=VALUE")->allow_extra_args(false);
  importing->footer("Example: chladni-cli models import audioset.pth --family ast --out my-ast");
  importing->callback([&context, options] { context.run = [&context, options] { return import(context, *options); }; });
  context.printing.insert(context.printing.end(), {listing, publishing, showing, verifying});
  for (auto* sub : {listing, publishing, showing, verifying, importing}) sub->fallthrough();
  models->fallthrough();
}

}  // namespace chladni::cli

// retrieve QUERY --library DIR: the nearest clips across modalities.
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "core/analysis/retrieval.h"
#include "core/base/atomic_file.h"

namespace chladni::cli {

namespace {

struct RetrieveOptions {
  std::string query;
  std::string library;
  std::string model;
  std::string from = "sound";
  std::string to = "picture";
  std::size_t top = 10;
};

inference::Modality modality(const std::string& name) {
  return name == "picture" ? inference::Modality::picture : inference::Modality::sound;
}

Result<void> retrieve(Context& context, const RetrieveOptions& options) {
  auto files = analysis::filesBelow(options.library);
  if (!files) return fail(files.error());
  auto model = context.loadModel(options.model, "retrieval");
  if (!model) return fail(model.error());
  auto found = analysis::retrieve(options.query, *files, **model, {modality(options.from), modality(options.to), options.top},
                                  context.progressSink(), context.stop);
  if (!found) return fail(found.error());
  serial::JsonValue json = serial::JsonValue::object();
  json.set("model", utf8((*model)->spec().name)).set("query", utf8(options.query)).set("from", options.from).set("to", options.to);
  serial::JsonValue hits = serial::JsonValue::array();
  std::string text;
  for (const analysis::RetrievalHit& hit : found->hits) {
    serial::JsonValue one = serial::JsonValue::object();
    one.set("file", utf8(hit.path)).set("similarity", hit.similarity);
    hits.append(std::move(one));
    char line[64];
    std::snprintf(line, sizeof line, "%7.4f  ", hit.similarity);
    text += line + utf8(hit.path) + "\n";
  }
  json.set("hits", std::move(hits)).set("skipped", serial::JsonValue::arrayOf(found->skipped));
  if (!context.out.empty())
    if (auto written = writeFileAtomically(context.out, json.prettyText()); !written) return written;
  if (context.json) return printJson(json);
  if (!found->skipped.empty() && !context.quiet) text += std::to_string(found->skipped.size()) + " files could not be used\n";
  return print(text);
}

}  // namespace

void addRetrieve(CLI::App& app, Context& context) {
  auto* command = app.add_subcommand("retrieve", "The nearest clips of a folder, across modalities");
  command->footer("Example: chladni-cli retrieve bell.wav --library clips --model my-cavmae --from sound --to picture --top 5");
  const auto o = std::make_shared<RetrieveOptions>();
  command->add_option("QUERY", o->query, "Recording or video to ask with")->required();
  command->add_option("--library", o->library, "Folder of media to search")->required();
  command->add_option("--model", o->model, "Model package, by name or folder")->type_name("PKG");
  command->add_option("--from", o->from, "What to compare of the query")->check(CLI::IsMember({"sound", "picture"}));
  command->add_option("--to", o->to, "What to compare it with")->check(CLI::IsMember({"sound", "picture"}));
  command->add_option("--top", o->top, "How many to name")->check(CLI::Range(1, 1000000));
  command->callback([&context, o] { context.run = [&context, o] { return retrieve(context, *o); }; });
}

}  // namespace chladni::cli

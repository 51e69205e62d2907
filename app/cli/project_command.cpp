// project create|add|list|tag|status|find|labels|undo|redo|history|check: a project file without a window. Its other
// subcommands have files of their own (project_commands.h).
#include <cstdio>

#include "app/cli/context.h"
#include "app/cli/output.h"
#include "app/cli/project_commands.h"
#include "core/datasets/media_files.h"
#include "core/store/project.h"

namespace chladni::cli {

namespace {

// By its file name alone, where only one is called so.
Result<std::optional<store::FileId>> theOneCalled(store::Project& project, const std::string& name) {
  auto all = project.files();
  if (!all) return fail(all.error());
  std::optional<store::FileId> found;
  for (const store::ProjectFile& file : *all) {
    if (file.path.filename() != name) continue;
    if (found) return fail(ErrorCode::invalidArgument, name + ": several files of the project are called so; give the path of the one that is meant");
    found = file.id;
  }
  return found;
}

}  // namespace

Result<std::vector<store::FileId>> chosenFiles(store::Project& project, const std::vector<std::string>& paths) {
  std::vector<store::FileId> ids;
  for (const std::string& path : paths) {
    auto id = project.idOf(path);
    if (!id) return fail(id.error());
    if (!*id) id = theOneCalled(project, path);
    if (!id) return fail(id.error());
    if (!*id) return fail(ErrorCode::notFound, path + ": not in the project; project list names its files, project add adds one");
    ids.push_back(**id);
  }
  if (!paths.empty()) return ids;
  auto all = project.files();
  if (!all) return fail(all.error());
  for (const store::ProjectFile& file : *all) ids.push_back(file.id);
  return ids;
}

Result<void> finish(const Context& context, const serial::JsonValue& json, const std::string& text) {
  if (context.json) return printJson(json);
  return context.quiet ? Result<void>() : print(text);
}

namespace {

namespace fs = std::filesystem;
using serial::JsonValue;
using store::Project;
using store::ProjectFile;

struct ProjectCommandOptions {
  std::string project;
  std::vector<std::string> paths;
  std::string tag;
  std::string status;
  std::string track;
  std::vector<std::string> words;
  std::vector<std::string> folders;
  bool remove = false;
  std::int64_t most = 20;
};

const char* name(LabelState state) {
  constexpr const char* kNames[] = {"confirmed", "proposed", "rejected"};
  return kNames[static_cast<std::size_t>(state)];
}

template <class Number>
JsonValue orNull(const std::optional<Number>& value) {
  return value ? JsonValue(*value) : JsonValue();
}

JsonValue recordOf(const ProjectFile& file) {
  JsonValue tags = JsonValue::array();
  for (const std::string& tag : file.tags) tags.append(utf8(tag));
  std::error_code ignored;
  JsonValue json = JsonValue::object();
  json.set("file", utf8(file.name)).set("path", utf8(file.path)).set("status", store::name(file.status));
  json.set("tags", std::move(tags)).set("labels", file.labels).set("proposed", file.proposed).set("bytes", file.bytes);
  return json.set("there", fs::exists(file.path, ignored));
}

Result<void> printFiles(const Context& context, const std::vector<ProjectFile>& files) {
  JsonValue list = JsonValue::array();
  std::string text;
  for (const ProjectFile& file : files) {
    std::error_code ignored;
    list.append(recordOf(file));
    char line[64];
    std::snprintf(line, sizeof line, "%-12s %6lld labels  ", store::name(file.status), static_cast<long long>(file.labels));
    text += line;
    if (file.proposed > 0) text += "+ " + std::to_string(file.proposed) + " proposed  ";
    text += utf8(file.name);
    for (const std::string& tag : file.tags) text += "  #" + utf8(tag);
    text += fs::exists(file.path, ignored) ? "\n" : "  (not there; find --moved FOLDER looks for it)\n";
  }
  JsonValue json = JsonValue::object();
  json.set("files", std::move(list));
  return finish(context, json, files.empty() ? "no files\n" : text);
}

Result<void> create(Context& context, const ProjectCommandOptions& options) {
  if (fs::path(options.project).extension() != Project::kExtension)
    return fail(ErrorCode::invalidArgument, options.project + ": the name of a project ends in " + Project::kExtension);
  auto project = Project::create(options.project);
  if (!project) return fail(project.error());
  JsonValue json = JsonValue::object();
  json.set("project", utf8(options.project));
  return finish(context, json, utf8(options.project) + ": created\n");
}

Result<void> add(Context& context, Project& project, const ProjectCommandOptions& options) {
  std::vector<fs::path> paths;
  for (const std::string& path : options.paths) {
    auto files = datasets::mediaFiles(path);
    if (!files) return fail(files.error());
    paths.insert(paths.end(), files->begin(), files->end());
  }
  auto added = project.addFiles(paths, context.stop, context.progressSink());
  if (!added) return fail(added.error());
  JsonValue refused = JsonValue::array();
  for (const Error& error : added->refused) {
    refused.append(utf8(error.message));
    if (!context.quiet) std::fprintf(stderr, "warning: %s\n", error.describe().c_str());
  }
  JsonValue json = JsonValue::object();
  const auto count = static_cast<std::int64_t>(added->files.size());
  json.set("added", count).set("known", added->known).set("refused", std::move(refused));
  return finish(context, json, std::to_string(count) + " added, " + std::to_string(added->known) + " known already\n");
}

Result<void> list(Context& context, Project& project, const ProjectCommandOptions& options) {
  auto files = project.files();
  if (!files) return fail(files.error());
  if (!options.status.empty())
    std::erase_if(*files, [&](const ProjectFile& file) { return options.status != store::name(file.status); });
  return printFiles(context, *files);
}

Result<void> tag(Context& context, Project& project, const ProjectCommandOptions& options) {
  auto files = chosenFiles(project, options.paths);
  if (!files) return fail(files.error());
  auto done = options.remove ? project.removeTag(*files, options.tag) : project.addTag(*files, options.tag);
  if (!done) return done;
  return list(context, project, {});
}

Result<void> status(Context& context, Project& project, const ProjectCommandOptions& options) {
  auto files = chosenFiles(project, options.paths);
  if (!files) return fail(files.error());
  const auto wanted = store::fileStatus(options.status);
  if (!wanted) return fail(ErrorCode::invalidArgument, options.status + ": no status; there are untouched, begun, done and questionable");
  if (auto ok = project.setStatus(*files, *wanted); !ok) return ok;
  return list(context, project, {});
}

Result<void> findMoved(Context& context, Project& project, const ProjectCommandOptions& options) {
  for (const std::string& folder : options.folders)
    if (std::error_code ignored; !fs::is_directory(folder, ignored)) return fail(ErrorCode::notFound, folder + ": no such folder to look in; correct the path");
  auto moves = project.relocate({options.folders.begin(), options.folders.end()}, context.stop);
  if (!moves) return fail(moves.error());
  JsonValue found = JsonValue::array();
  std::string text;
  for (const store::Relocation& move : *moves) {
    JsonValue one = JsonValue::object();
    one.set("from", utf8(move.from)).set("to", utf8(move.to));
    found.append(std::move(one));
    text += utf8(move.from) + "  ->  " + utf8(move.to) + "\n";
  }
  JsonValue json = JsonValue::object();
  json.set("moved", std::move(found));
  return finish(context, json, text.empty() ? "no moved file was found\n" : text);
}

Result<void> find(Context& context, Project& project, const ProjectCommandOptions& options) {
  if (!options.folders.empty()) return findMoved(context, project, options);
  std::string words;
  for (const std::string& word : options.words) words += word + " ";
  auto files = project.find(words);
  if (!files) return fail(files.error());
  return printFiles(context, *files);
}

JsonValue recordOf(const Label& label, const std::string& file, const std::string& track) {
  JsonValue json = JsonValue::object();
  json.set("file", utf8(file)).set("track", utf8(track)).set("start", label.span.start.seconds()).set("end", label.span.end.seconds());
  json.set("label", utf8(label.text)).set("low_hz", label.band ? JsonValue(label.band->low) : JsonValue());
  json.set("high_hz", label.band ? JsonValue(label.band->high) : JsonValue()).set("confidence", orNull(label.confidence));
  json.set("state", name(label.state)).set("author", utf8(label.author)).set("source", utf8(label.origin.model));
  JsonValue attributes = JsonValue::array();
  for (const auto& [key, value] : label.attributes) {
    JsonValue pair = JsonValue::array();
    pair.append(utf8(key)).append(utf8(value));
    attributes.append(std::move(pair));
  }
  return json.set("attributes", std::move(attributes));
}

Result<void> labels(Context& context, Project& project, const ProjectCommandOptions& options) {
  auto files = chosenFiles(project, options.paths);
  if (!files) return fail(files.error());
  JsonValue all = JsonValue::array();
  std::string text;
  for (const store::FileId id : *files) {
    auto file = project.file(id);
    if (!file) return fail(file.error());
    auto tracks = project.tracks(id);
    if (!tracks) return fail(tracks.error());
    for (const auto& stored : *tracks) {
      if (!options.track.empty() && stored.track.name != options.track) continue;
      for (const Label& label : stored.track.labels) {
        all.append(recordOf(label, file->name, stored.track.name));
        char times[64];
        std::snprintf(times, sizeof times, "%12.3f %12.3f  ", label.span.start.seconds(), label.span.end.seconds());
        text += times + serial::printable(label.text) + "  (" + serial::printable(file->name) + ", " + serial::printable(stored.track.name) + ")\n";
      }
    }
  }
  JsonValue json = JsonValue::object();
  json.set("labels", std::move(all));
  return finish(context, json, text.empty() ? "no labels\n" : text);
}

Result<void> stepped(Context& context, const Result<std::string>& done, const std::string& what) {
  if (!done) return fail(done.error());
  JsonValue json = JsonValue::object();
  json.set(what, done->empty() ? JsonValue() : JsonValue(utf8(*done)));
  return finish(context, json, done->empty() ? "nothing to do\n" : what + ": " + utf8(*done) + "\n");
}

Result<void> history(Context& context, Project& project, const ProjectCommandOptions& options) {
  auto edits = project.history(options.most);
  if (!edits) return fail(edits.error());
  JsonValue all = JsonValue::array();
  std::string text;
  for (const store::Edit& edit : *edits) {
    JsonValue one = JsonValue::object();
    one.set("name", utf8(edit.name)).set("time", edit.madeAt).set("undone", edit.undone);
    all.append(std::move(one));
    text += edit.madeAt + "  " + utf8(edit.name) + (edit.undone ? "  (undone)\n" : "\n");
  }
  JsonValue json = JsonValue::object();
  json.set("edits", std::move(all));
  return finish(context, json, text.empty() ? "no edits\n" : text);
}

Result<void> check(Context& context, Project& project) {
  auto problems = project.check();
  if (!problems) return fail(problems.error());
  JsonValue all = JsonValue::array();
  for (const std::string& problem : *problems) {
    all.append(utf8(problem));
    if (!context.quiet && !context.json) std::fprintf(stderr, "%s\n", utf8(problem).c_str());
  }
  JsonValue json = JsonValue::object();
  json.set("sound", problems->empty()).set("problems", std::move(all));
  if (auto ok = finish(context, json, problems->empty() ? "sound\n" : ""); !ok) return ok;
  if (problems->empty()) return {};
  return fail(ErrorCode::corruptData, project.path().string() + ": " + std::to_string(problems->size()) + " problems; take the last good copy");
}

using Action = std::function<Result<void>(Project&)>;

Result<void> withProject(const ProjectCommandOptions& options, const Action& action) {
  auto project = Project::open(options.project);
  if (!project) return fail(project.error());
  return action(*project);
}

}  // namespace

void addProject(CLI::App& app, Context& context) {
  auto* group = app.add_subcommand("project", "Projects: files with status, tags and labels");
  group->require_subcommand(1);
  group->fallthrough();
  group->footer("Example: chladni-cli project add birds.chladni recordings/");
  const auto o = std::make_shared<ProjectCommandOptions>();
  const auto sub = [&](const char* subName, const char* what, const char* example) {
    auto* command = group->add_subcommand(subName, what);
    command->add_option("PROJECT", o->project, "A .chladni file")->required();
    command->footer(std::string("Example: chladni-cli project ") + subName + " birds.chladni" + example);
    command->fallthrough();
    context.printing.push_back(command);
    return command;
  };
  const auto runs = [&context, o](CLI::App* command, const Action& action) {
    command->callback([&context, o, action] { context.run = [o, action] { return withProject(*o, action); }; });
  };
  sub("create", "A new project", "")->callback([&context, o] { context.run = [&context, o] { return create(context, *o); }; });
  auto* adding = sub("add", "Add files, or all recordings and videos of a folder", " recordings/ talk.mp4");
  adding->add_option("PATH", o->paths, "Files and folders")->required();
  runs(adding, [&context, o](Project& project) { return add(context, project, *o); });
  auto* listing = sub("list", "Files with status, tags and number of labels", " --status done");
  listing->add_option("--status", o->status, "Only these")->check(CLI::IsMember({"untouched", "begun", "done", "questionable"}));
  runs(listing, [&context, o](Project& project) { return list(context, project, *o); });
  auto* tagging = sub("tag", "Give files a tag", " night dawn.wav");
  tagging->add_option("TAG", o->tag, "A word or a few")->required();
  tagging->add_option("FILE", o->paths, "Files; none: all of the project");
  tagging->add_flag("--remove", o->remove, "Take the tag off");
  runs(tagging, [&context, o](Project& project) { return tag(context, project, *o); });
  auto* marking = sub("status", "Mark how far files are", " done dawn.wav");
  marking->add_option("STATUS", o->status, "untouched, begun, done or questionable")->required();
  marking->add_option("FILE", o->paths, "Files; none: all of the project");
  runs(marking, [&context, o](Project& project) { return status(context, project, *o); });
  auto* finding = sub("find", "Search names, tags, status and labels, or find files that moved", " blackbird done");
  finding->add_option("WORD", o->words, "Words that must all be there");
  finding->add_option("--moved", o->folders, "Folders to look in for files that are no longer in their place")->type_name("FOLDER");
  runs(finding, [&context, o](Project& project) { return find(context, project, *o); });
  auto* labelling = sub("labels", "Labels of files", " dawn.wav --json");
  labelling->add_option("FILE", o->paths, "Files; none: all of the project");
  labelling->add_option("--track", o->track, "Only the track of this name")->type_name("NAME");
  runs(labelling, [&context, o](Project& project) { return labels(context, project, *o); });
  runs(sub("undo", "Take back the last edit", ""), [&context](Project& project) { return stepped(context, project.undo(), "undone"); });
  runs(sub("redo", "Do again what was taken back", ""), [&context](Project& project) { return stepped(context, project.redo(), "redone"); });
  auto* telling = sub("history", "The last edits, undone ones marked", " --most 50");
  telling->add_option("--most", o->most, "How many")->check(CLI::Range(1, 1000000));
  runs(telling, [&context, o](Project& project) { return history(context, project, *o); });
  addProjectPropose(*group, context);
  addProjectExchange(*group, context);
  addProjectClasses(*group, context);
  runs(sub("check", "Look for damage", ""), [&context](Project& project) { return check(context, project); });
}

}  // namespace chladni::cli

// project classes: the vocabulary of a project; project agree: how far two tracks of a recording agree.
#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "app/cli/label_agreement_text.h"
#include "app/cli/output.h"
#include "app/cli/project_commands.h"
#include "core/base/atomic_file.h"
#include "core/exchange/vocabularies.h"
#include "core/media/media_info.h"

namespace chladni::cli {

namespace {

using serial::JsonValue;

struct ClassesOptions {
  std::string project;
  std::vector<std::string> vocabularies;
  std::vector<std::string> names;
  bool clear = false;
  std::string file;
  std::string first;
  std::string second;
  metrics::LabelAgreementOptions compare;
};

Result<std::vector<std::string>> namesOf(const std::string& vocabulary) {
  if (const auto* shipped = exchange::shippedVocabulary(vocabulary)) return shipped->classes;
  auto read = exchange::readVocabulary(vocabulary);
  if (read || read.error().code != ErrorCode::notFound) return read;
  std::string known;
  for (const auto& one : exchange::shippedVocabularies()) known += (known.empty() ? "" : ", ") + one.id;
  return fail(ErrorCode::notFound, vocabulary + ": neither a file nor one of " + known);
}

Result<void> classes(Context& context, const ClassesOptions& options) {
  auto project = store::Project::open(options.project);
  if (!project) return fail(project.error());
  auto now = project->classes();
  if (!now) return fail(now.error());
  std::vector<LabelClass> wanted = options.clear ? std::vector<LabelClass>() : *now;
  for (const std::string& vocabulary : options.vocabularies) {
    auto names = namesOf(vocabulary);
    if (!names) return fail(names.error());
    wanted = exchange::withClasses(std::move(wanted), *names);
  }
  wanted = exchange::withClasses(std::move(wanted), options.names);
  if (wanted != *now) {
    if (auto ok = project->setClasses(wanted); !ok) return ok;
  }
  JsonValue list = JsonValue::array();
  std::string text;
  for (const LabelClass& one : wanted) {
    char colour[8];
    std::snprintf(colour, sizeof colour, "#%06X", static_cast<unsigned>(one.colour));
    JsonValue row = JsonValue::object();
    row.set("name", utf8(one.name)).set("colour", colour).set("key", one.key.empty() ? JsonValue() : JsonValue(one.key));
    list.append(std::move(row));
    text += std::string(colour) + "  " + (one.key.empty() ? " " : one.key) + "  " + utf8(one.name) + "\n";
  }
  JsonValue json = JsonValue::object();
  json.set("classes", std::move(list));
  return finish(context, json, text.empty() ? "no classes\n" : text);
}

Result<LabelSet> trackNamed(store::Project& project, store::FileId file, const std::string& name) {
  auto tracks = project.tracks(file);
  if (!tracks) return fail(tracks.error());
  std::string known;
  for (const auto& stored : *tracks) {
    if (stored.track.name == name) return LabelSet{{stored.track}, {}, {}};
    known += (known.empty() ? "" : ", ") + ("\"" + stored.track.name + "\"");
  }
  return fail(ErrorCode::notFound, "there is no track \"" + name + "\"; " + (known.empty() ? "the recording has none" : "there are " + known));
}

Result<void> agree(Context& context, const ClassesOptions& options) {
  auto project = store::Project::open(options.project);
  if (!project) return fail(project.error());
  auto files = chosenFiles(*project, {options.file});
  if (!files) return fail(files.error());
  auto first = trackNamed(*project, files->front(), options.first);
  if (!first) return fail(first.error());
  auto second = trackNamed(*project, files->front(), options.second);
  if (!second) return fail(second.error());
  // So that what both leave silent at the end counts, too.
  if (auto file = project->file(files->front()); file && std::filesystem::exists(file->path))
    if (const auto info = media::probe(file->path, media::ProbeDepth::automatic, context.stop); info) first->length = MediaTime::fromSeconds(info->durationSeconds);
  const auto agreement = metrics::labelAgreement(*first, *second, options.compare);
  if (!agreement) return fail(agreement.error());
  const JsonValue document = agreementJson(*agreement);
  if (!context.out.empty()) {
    std::error_code ignored;
    for (const auto& read : {project->path(), project->file(files->front())->path})
      if (std::filesystem::equivalent(context.out, read, ignored))
        return fail(ErrorCode::invalidArgument, utf8(context.out) + ": is what was asked about; choose another name for the result");
    if (auto written = writeFileAtomically(context.out, document.prettyText()); !written) return written;
  }
  return finish(context, document, agreementText(*agreement));
}

}  // namespace

void addProjectClasses(CLI::App& group, Context& context) {
  const auto o = std::make_shared<ClassesOptions>();
  auto* listing = group.add_subcommand("classes", "The vocabulary of the project: shown, and filled from AVE, AudioSet, VGGSound or a file");
  listing->footer("Example: chladni-cli project classes birds.chladni --import ave --add blackbird");
  listing->fallthrough();
  listing->add_option("PROJECT", o->project, "A .chladni file")->required();
  listing->add_option("--import", o->vocabularies, "ave, audioset, vggsound, or a file of names")->type_name("VOCABULARY")->take_all();
  listing->add_option("--add", o->names, "Names to add")->type_name("NAME")->take_all();
  listing->add_flag("--clear", o->clear, "Without the classes that are there; labels keep theirs");
  listing->callback([&context, o] { context.run = [&context, o] { return classes(context, *o); }; });

  auto* agreeing = group.add_subcommand("agree", "How far two tracks of a recording agree, and where they do not");
  agreeing->footer("Example: chladni-cli project agree birds.chladni dawn.wav labels \"proposals by instruments-s\"");
  agreeing->fallthrough();
  agreeing->add_option("PROJECT", o->project, "A .chladni file")->required();
  agreeing->add_option("FILE", o->file, "Recording")->required();
  agreeing->add_option("FIRST", o->first, "Name of the track that counts as the truth")->required();
  agreeing->add_option("SECOND", o->second, "Name of the other track")->required();
  agreeing->add_option("--tolerance", o->compare.tolerance.seconds, "Seconds that boundaries may differ")->check(CLI::Range(0.0, 1e6));
  agreeing->add_option("--step", o->compare.stepSeconds, "Seconds of a step for kappa")->check(CLI::Range(1e-4, 1e6));
  agreeing->callback([&context, o] { context.run = [&context, o] { return agree(context, *o); }; });
}

}  // namespace chladni::cli

// The part of Project that looks for damage.
#include "core/serial/json_value.h"
#include "core/store/label_rows.h"
#include "core/store/project_edit.h"

namespace chladni::store {

namespace {

Result<void> integrity(Database& database, std::vector<std::string>& problems) {
  auto pages = database.prepare("PRAGMA integrity_check(20)");
  if (!pages) return fail(pages.error());
  for (;;) {
    auto row = pages->step();
    if (!row) return fail(row.error());
    if (!*row) break;
    if (pages->text(0) != "ok") problems.push_back("damaged file: " + pages->text(0));
  }
  auto keys = database.prepare("PRAGMA foreign_key_check");
  if (!keys) return fail(keys.error());
  for (;;) {
    auto row = keys->step();
    if (!row) return fail(row.error());
    if (!*row) return {};
    problems.push_back("a " + keys->text(0) + " belongs to a " + keys->text(2) + " that is not there");
  }
}

}  // namespace

Result<std::vector<std::string>> Project::check() {
  std::vector<std::string> problems;
  if (auto ok = integrity(*database_, problems); !ok) return fail(ok.error());
  if (!problems.empty()) return problems;
  auto all = files();
  if (!all) return fail(all.error());
  for (const ProjectFile& one : *all) {
    auto stored = tracks(one.id);
    if (!stored) {
      problems.push_back(one.name + ": " + stored.error().message);
      continue;
    }
    for (const StoredTrack& track : *stored) {
      const std::string where = one.name + ", track \"" + serial::printable(track.track.name) + "\": ";
      for (const Label& label : track.track.labels)
        if (auto ok = checkLabel(label); !ok) problems.push_back(where + ok.error().message);
      if (track.track.exclusive && firstOverlap(track.track.labels)) problems.push_back(where + "exclusive, but labels overlap");
    }
  }
  auto journal = Journal(*database_).check();
  if (!journal) return fail(journal.error());
  problems.insert(problems.end(), journal->begin(), journal->end());
  return problems;
}

}  // namespace chladni::store

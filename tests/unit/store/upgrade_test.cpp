// Projects of older versions of the file.
#include <sqlite3.h>

#include "core/store/project.h"
#include "tests/unit/store/store_support.h"
#include "tests/unit/store/version1_project.h"

using namespace chladni;
using namespace chladni::test;
using store::Project;

namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const char* statements) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  REQUIRE(sqlite3_exec(database, statements, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

}  // namespace

TEST_CASE("a project of the first version is brought up to date, with a copy beside and all of its history") {
  const Scratch scratch;
  const fs::path path = scratch / "p.chladni";
  write(path, kVersion1Project);
  auto project = Project::open(path);
  REQUIRE(project);
  CHECK(fs::exists(scratch / "p.chladni.v1"));
  CHECK(isSound(*project));
  const auto file = project->files()->front().id;
  const auto before = project->tracks(file);
  REQUIRE(before);
  REQUIRE(before->size() == 1);
  CHECK(before->front().track.labels.size() == 2);
  CHECK_FALSE(before->front().track.reference);

  // Steps that were recorded without the column go both ways, over one that was recorded with it.
  const auto made = project->apply("reference", before->front(), *setReference(before->front().track, true));
  REQUIRE(made);
  const auto undone = project->undo();
  INFO((undone ? *undone : undone.error().describe()));
  REQUIRE(undone);
  CHECK(project->undo().value() == "import \"a.txt\"");
  CHECK(project->tracks(file)->empty());
  CHECK(project->redo().value() == "import \"a.txt\"");
  REQUIRE(project->tracks(file)->size() == 1);
  CHECK(project->tracks(file)->front().track == before->front().track);
  CHECK(project->redo().value() == "reference");
  CHECK(project->tracks(file)->front().track.reference);
  CHECK(project->undo().value() == "reference");
  CHECK_FALSE(project->tracks(file)->front().track.reference);
  CHECK(isSound(*project));
}

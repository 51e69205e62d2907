// Full disks, read-only places, files that are no projects, and projects from another time.
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "tests/unit/store/store_support.h"

using namespace chladni;
using namespace chladni::test;
using store::Project;
namespace fs = std::filesystem;

namespace {

constexpr uid_t kNobody = 65534;

// Changes a project as another tool would.
void execute(const fs::path& path, const char* sql) {
  sqlite3* connection = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &connection) == SQLITE_OK);
  CHECK(sqlite3_exec(connection, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(connection);
}

void refused(const fs::path& path, ErrorCode code, const std::string& said) {
  const auto project = Project::open(path);
  REQUIRE_FALSE(project);
  INFO(project.error().message);
  CHECK(project.error().code == code);
  CHECK(project.error().message.find(said) != std::string::npos);
  CHECK(project.error().message.find('\n') == std::string::npos);
}

}  // namespace

TEST_CASE("a full disk gives one clear error and loses nothing") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  store::FileId file{};
  {
    auto project = newProject(scratch);
    file = addOne(project, scratch / "a.wav");
    auto track = addEmptyTrack(project, file);
    REQUIRE(project.apply("add", track, *addLabel(track.track, labelAt(0, 1, "kept"))));
  }
  const int status = inChild([&] {
    // Files may not grow beyond this: the write fails as on a disk without room.
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{400'000, 400'000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    auto project = Project::open(scratch / "p.chladni");
    if (!project) return 1;
    auto track = project->tracks(file)->front();
    for (int i = 1; i < 400; ++i) {
      auto stored = project->apply("add", track, *addLabel(track.track, labelAt(i, i + 1, std::string(10'000, 'x'))));
      if (stored) {
        track = std::move(*stored);
        continue;
      }
      if (stored.error().code != ErrorCode::io || stored.error().message.find("repeat the last edit") == std::string::npos) return 2;
      // Still usable, and all before the failure is there.
      auto again = project->tracks(file);
      return again && again->front().track == track.track ? 40 + (i > 5) : 3;
    }
    return 4;
  });
  CHECK(status == 41);
  auto project = Project::open(scratch / "p.chladni");
  REQUIRE(project);
  CHECK(project->tracks(file)->front().track.labels.front().text == "kept");
  CHECK(isSound(*project));
}

TEST_CASE("in a read-only place a project opens for reading") {
  const Scratch scratch;
  const fs::path folder = scratch / "locked";
  fs::create_directories(folder);
  writeText(folder / "a.wav", "a");
  store::FileId file{};
  {
    auto project = Project::create(folder / "p.chladni");
    REQUIRE(project);
    file = addOne(*project, folder / "a.wav");
  }
  for (const auto& [path, mode] : {std::pair{folder / "p.chladni", 0444}, std::pair{folder, 0555}, std::pair{scratch.path(), 0755}})
    REQUIRE(::chmod(path.c_str(), static_cast<mode_t>(mode)) == 0);
  const int status = inChild([&] {
    if (::geteuid() == 0 && ::setuid(kNobody) != 0) return 1;
    auto project = Project::open(folder / "p.chladni");
    if (!project) return 2;
    if (!project->readOnly()) return 3;
    const auto files = project->files();
    if (!files || files->size() != 1) return 4;
    const auto refusal = project->addTag({file}, "x");
    if (refusal || refusal.error().message.find("read-only") == std::string::npos) return 5;
    if (project->undo()) return 6;
    const auto problems = project->check();
    return problems && problems->empty() ? 0 : 7;
  });
  CHECK(status == 0);
  ::chmod(folder.c_str(), 0755);
}

TEST_CASE("what is no project, or from a newer program, is refused in a line") {
  const Scratch scratch;
  refused(scratch / "none.chladni", ErrorCode::notFound, "create it first");
  writeText(scratch / "text.chladni", std::string(5000, 'x'));
  refused(scratch / "text.chladni", ErrorCode::corruptData, "not a project");
  execute(scratch / "other.chladni", "CREATE TABLE t(a)");
  refused(scratch / "other.chladni", ErrorCode::corruptData, "not a Chladni project");
  { auto project = newProject(scratch); }
  execute(scratch / "p.chladni", "PRAGMA user_version=1");
  refused(scratch / "p.chladni", ErrorCode::corruptData, "of version 1 but does not look like it");
  execute(scratch / "p.chladni", "PRAGMA user_version=99");
  refused(scratch / "p.chladni", ErrorCode::unsupported, "newer Chladni");
  CHECK_FALSE(Project::create(scratch / "p.chladni"));
  CHECK_FALSE(Project::create(scratch / "no/such/folder/p.chladni"));
}

TEST_CASE("the check finds what other tools broke") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  {
    auto project = newProject(scratch);
    auto track = addEmptyTrack(project, addOne(project, scratch / "a.wav"), true);
    track = *project.apply("add", track, *addLabel(track.track, labelAt(0, 1)));
    REQUIRE(project.apply("add", track, *addLabel(track.track, labelAt(2, 3))));
  }
  const fs::path path = scratch / "p.chladni";
  const auto problems = [&] {
    auto project = Project::open(path);
    REQUIRE(project);
    auto found = project->check();
    REQUIRE(found);
    std::string all;
    for (const std::string& problem : *found) all += problem + "\n";
    return all;
  };
  CHECK(problems().empty());
  execute(path, "UPDATE label SET end_ns=2500000000 WHERE start_ns=0");
  CHECK(problems().find("exclusive, but labels overlap") != std::string::npos);
  execute(path, "UPDATE label SET end_ns=-1 WHERE start_ns=0");
  CHECK(problems().find("ends before it starts") != std::string::npos);
  execute(path, "UPDATE label SET end_ns=1000000000, attributes='{' WHERE start_ns=0");
  CHECK(problems().find("attributes") != std::string::npos);
  execute(path, "UPDATE label SET attributes='' WHERE start_ns=0; UPDATE edit SET changes=x'0102' WHERE id=1");
  CHECK(problems().find("cannot be taken back") != std::string::npos);
  execute(path, "UPDATE label SET track=77 WHERE start_ns=0");
  CHECK(problems().find("not there") != std::string::npos);
}

TEST_CASE("an edit that no longer fits is not forced") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  const auto file = addOne(project, scratch / "a.wav");
  auto track = addEmptyTrack(project, file);
  REQUIRE(project.apply("add", track, *addLabel(track.track, labelAt(0, 1))));
  execute(scratch / "p.chladni", "UPDATE label SET text='by hand'");
  const auto undone = project.undo();
  REQUIRE_FALSE(undone);
  CHECK(undone.error().message.find("no longer fits") != std::string::npos);
  CHECK(project.tracks(file)->front().track.labels.front().text == "by hand");
}

TEST_CASE("a half-written file is refused or found damaged, never followed") {
  const Scratch scratch;
  {
    auto project = newProject(scratch);
    for (int i = 0; i < 30; ++i) {
      const std::string name = std::to_string(i) + ".wav";
      writeText(scratch / name, name);
      addOne(project, scratch / name);
    }
  }
  const fs::path path = scratch / "p.chladni";
  const auto size = fs::file_size(path);
  for (std::uintmax_t keep = 0; keep < size; keep += 4001) {
    fs::copy_file(path, scratch / "cut.chladni", fs::copy_options::overwrite_existing);
    fs::resize_file(scratch / "cut.chladni", keep);
    auto project = Project::open(scratch / "cut.chladni");
    if (!project) continue;
    const auto problems = project->check();
    CHECK((!problems || !problems->empty()));
  }
}

// Files of a project: adding, searching, marking, and finding those that moved.
#include <filesystem>

#include "tests/unit/store/store_support.h"

using namespace chladni;
using namespace chladni::test;
using store::FileStatus;
using store::Project;
namespace fs = std::filesystem;

TEST_CASE("files are kept by their way from the project") {
  const Scratch scratch;
  writeText(scratch / "media/a b%.wav", "a");
  fs::create_directories(scratch / "work");
  {
    auto project = Project::create(scratch / "work/p.chladni");
    REQUIRE(project);
    const auto added = project->addFiles({scratch / "media/a b%.wav", scratch / "media/../media/a b%.wav", scratch / "none.wav"});
    REQUIRE(added);
    CHECK(added->files.size() == 1);
    CHECK(added->refused.size() == 1);
    const auto again = project->addFiles({scratch / "media/a b%.wav"});
    CHECK(again->known == 1);
    const auto files = project->files();
    REQUIRE(files);
    REQUIRE(files->size() == 1);
    CHECK(files->front().name == "../media/a b%.wav");
    CHECK(fs::equivalent(files->front().path, scratch / "media/a b%.wav"));
    CHECK(project->idOf(scratch / "media/a b%.wav").value() == files->front().id);
  }
  // Project and media together may go anywhere.
  fs::create_directories(scratch / "elsewhere");
  fs::rename(scratch / "media", scratch / "elsewhere/media");
  fs::rename(scratch / "work", scratch / "elsewhere/moved");
  auto moved = Project::open(scratch / "elsewhere/moved/p.chladni");
  REQUIRE(moved);
  CHECK(fs::exists(moved->files()->front().path));
}

TEST_CASE("search looks at names, tags, status and labels") {
  const Scratch scratch;
  for (const std::string name : {"dog one.wav", "dog_two.wav", "cat.wav"}) writeText(scratch / name, name);
  auto project = newProject(scratch);
  const auto one = addOne(project, scratch / "dog one.wav");
  const auto two = addOne(project, scratch / "dog_two.wav");
  const auto cat = addOne(project, scratch / "cat.wav");
  REQUIRE(project.addTag({one, cat}, "Night"));
  REQUIRE(project.setStatus({two}, FileStatus::done));
  const auto track = addEmptyTrack(project, cat);
  REQUIRE(project.apply("add", track, *addLabel(track.track, labelAt(0, 1, "violin"))));
  const auto found = [&](const std::string& words) {
    std::vector<store::FileId> ids;
    const auto files = project.find(words);
    REQUIRE(files);
    for (const auto& file : *files) ids.push_back(file.id);
    return ids;
  };
  CHECK(found("") == std::vector{cat, one, two});
  CHECK(found("DOG") == std::vector{one, two});
  CHECK(found("dog_") == std::vector{two});
  CHECK(found("night dog") == std::vector{one});
  CHECK(found("violin") == std::vector{cat});
  CHECK(found("done") == std::vector{two});
  CHECK(found("%").empty());
  CHECK(project.file(cat)->labels == 1);
  REQUIRE(project.removeTag({one}, "Night"));
  CHECK(found("night") == std::vector{cat});
}

TEST_CASE("files that moved are found again by what they hold") {
  const Scratch scratch;
  for (const std::string name : {"a", "b", "c", "same1", "same2"})
    writeText(scratch / ("media/" + name + ".wav"), std::string(200'000, name[0]));
  auto project = newProject(scratch);
  std::vector<fs::path> paths;
  for (const auto& entry : fs::directory_iterator(scratch / "media")) paths.push_back(entry.path());
  REQUIRE(project.addFiles(paths)->files.size() == 5);
  fs::create_directories(scratch / "new/deep");
  fs::rename(scratch / "media/a.wav", scratch / "new/deep/other name.wav");
  fs::rename(scratch / "media/same1.wav", scratch / "new/same1.wav");
  fs::rename(scratch / "media/same2.wav", scratch / "new/same2.wav");
  fs::remove(scratch / "media/b.wav");
  writeText(scratch / "new/b.wav", std::string(200'000, 'x'));  // the same name and size, but another sound
  const auto moves = project.relocate({scratch / "new"});
  REQUIRE(moves);
  CHECK(moves->size() == 3);
  for (const auto& move : *moves) {
    if (move.from.ends_with("a.wav")) CHECK(move.to == "new/deep/other name.wav");
    else CHECK(fs::path(move.to).filename() == fs::path(move.from).filename());
  }
  CHECK(project.undoName().value() == "find 3 moved files");
  CHECK(project.relocate({scratch / "new"})->empty());
  CHECK(isSound(project));
}

TEST_CASE("adding can be cancelled before anything is added") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  std::stop_source stop;
  stop.request_stop();
  const auto added = project.addFiles({scratch / "a.wav"}, stop.get_token());
  REQUIRE_FALSE(added);
  CHECK(added.error().code == ErrorCode::cancelled);
  CHECK(project.files()->empty());
}

// What the tests of the project file share: files to add, labels to place, children to lose.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "core/store/project.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

namespace chladni::test {

inline void writeText(const std::filesystem::path& path, const std::string& text) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

inline Label labelAt(double start, double end, std::string text = "a") {
  Label label;
  label.span = {MediaTime::fromSeconds(start), MediaTime::fromSeconds(end)};
  label.text = std::move(text);
  return label;
}

// A project "p.chladni" in the scratch folder.
inline store::Project newProject(const Scratch& scratch) {
  auto project = store::Project::create(scratch / "p.chladni");
  REQUIRE(project);
  return std::move(*project);
}

inline store::FileId addOne(store::Project& project, const std::filesystem::path& path) {
  const auto added = project.addFiles({path});
  REQUIRE(added);
  REQUIRE(added->files.size() == 1);
  return added->files.front();
}

inline store::StoredTrack addEmptyTrack(store::Project& project, store::FileId file, bool exclusive = false) {
  LabelTrack track;
  track.name = "mine";
  track.exclusive = exclusive;
  auto stored = project.addTrack(file, track);
  REQUIRE(stored);
  return *stored;
}

inline bool isSound(store::Project& project) {
  const auto problems = project.check();
  REQUIRE(problems);
  for (const std::string& problem : *problems) UNSCOPED_INFO(problem);
  return problems->empty();
}

// Runs `work` in a child process and gives its exit status; -1 when a signal ended it. No assertions in the child.
template <class Work>
int inChild(Work&& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    int status = 99;
    try {
      status = work();
    } catch (...) {
    }
    ::_exit(status);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace chladni::test

// Storms of edits: a child that is killed at any moment loses no edit that it was told is done, and several children on
// one project leave it sound.
#include <csignal>
#include <random>
#include <set>

#include "tests/unit/store/store_support.h"

using namespace chladni;
using namespace chladni::test;
using store::Project;

namespace {

// Adds labels named by number from `next` on, nudges and undoes between, and says each number once it is on disk.
int storm(const std::filesystem::path& path, store::FileId file, std::int32_t next, int acknowledge) {
  auto project = Project::open(path);
  if (!project) return 1;
  auto tracks = project->tracks(file);
  if (!tracks) return 2;
  store::StoredTrack track = tracks->front();
  for (std::int32_t i = next;; ++i) {
    auto added = project->apply("add", track, *addLabel(track.track, labelAt(i, i + 0.5, std::to_string(i))));
    if (!added) return 3;
    track = std::move(*added);
    if (::write(acknowledge, &i, sizeof i) != sizeof i) return 4;
    if (i % 3 == 0) {
      auto nudged = project->apply("nudge", track, *nudgeEdge(track.track, track.ids.size() - 1, LabelEdge::end, MediaTime::fromSeconds(0.1)));
      if (!nudged) return 5;
      if (auto undone = project->undo(); !undone || *undone != "nudge") return 6;
    }
  }
}

}  // namespace

TEST_CASE("killed 200 times in a storm of edits, a project loses nothing that it acknowledged") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  const std::filesystem::path path = scratch / "p.chladni";
  store::FileId file{};
  {
    auto project = newProject(scratch);
    file = addOne(project, scratch / "a.wav");
    addEmptyTrack(project, file);
  }
  std::mt19937 random(11);
  std::int32_t next = 0;
  for (int round = 0; round < 200; ++round) {
    int channel[2];
    REQUIRE(::pipe(channel) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
      ::close(channel[0]);
      ::_exit(storm(path, file, next, channel[1]));
    }
    ::close(channel[1]);
    // The blow falls at any point between two acknowledgements.
    std::int32_t last = next - 1;
    const int after = static_cast<int>(random() % 6);
    for (int i = 0; i < after; ++i)
      if (::read(channel[0], &last, sizeof last) != sizeof last) break;
    ::usleep(random() % 3000);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFSIGNALED(status));
    for (std::int32_t more = 0; ::read(channel[0], &more, sizeof more) == sizeof more;) last = more;
    ::close(channel[0]);
    auto project = Project::open(path);
    REQUIRE(project);
    const auto labels = project->tracks(file)->front().track.labels;
    // All acknowledged ones, and at most the one that was on its way.
    const auto count = static_cast<std::int32_t>(labels.size());
    REQUIRE(count >= last + 1);
    REQUIRE(count <= last + 2);
    for (std::int32_t i = 0; i < count; ++i) REQUIRE(labels[static_cast<std::size_t>(i)].text == std::to_string(i));
    next = count;
  }
  CHECK(next > 200);
  auto project = Project::open(path);
  REQUIRE(project);
  CHECK(isSound(*project));
}

TEST_CASE("several programs at once keep all their edits") {
  const Scratch scratch;
  constexpr int kPrograms = 4;
  constexpr int kEdits = 40;
  store::FileId file{};
  {
    auto project = newProject(scratch);
    writeText(scratch / "shared.wav", "s");
    file = addOne(project, scratch / "shared.wav");
    addEmptyTrack(project, file);
  }
  std::vector<pid_t> children;
  for (int program = 0; program < kPrograms; ++program) {
    const pid_t child = ::fork();
    if (child == 0) {
      auto project = Project::open(scratch / "p.chladni");
      if (!project) ::_exit(1);
      for (int i = 0; i < kEdits; ++i) {
        auto tracks = project->tracks(file);
        if (!tracks) ::_exit(2);
        const std::string text = std::to_string(program) + ":" + std::to_string(i);
        if (!project->apply("add", tracks->front(), *addLabel(tracks->front().track, labelAt(i, i + 1, text)))) ::_exit(3);
      }
      ::_exit(0);
    }
    children.push_back(child);
  }
  for (const pid_t child : children) {
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
  }
  auto project = Project::open(scratch / "p.chladni");
  REQUIRE(project);
  const auto labels = project->tracks(file)->front().track.labels;
  CHECK(labels.size() == kPrograms * kEdits);
  std::set<std::string> texts;
  for (const Label& label : labels) texts.insert(label.text);
  CHECK(texts.size() == kPrograms * kEdits);
  CHECK(isSound(*project));
  for (int i = 0; i < kPrograms * kEdits; ++i) REQUIRE(project->undo().value() == "add");
  CHECK(project->tracks(file)->front().track.labels.empty());
}

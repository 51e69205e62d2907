// Labels, classes and history of a project file.
#include "core/store/project.h"

#include <algorithm>
#include <random>
#include <tuple>

#include "tests/unit/store/store_support.h"

using namespace chladni;
using namespace chladni::test;
using store::Project;

namespace {

// Everything that the history covers, to compare before and after.
struct Everything {
  std::vector<std::string> names;
  std::vector<store::FileStatus> status;
  std::vector<std::vector<std::string>> tags;
  std::vector<LabelTrack> tracks;
  std::vector<LabelClass> classes;
  bool operator==(const Everything&) const = default;
};

Everything everythingOf(Project& project) {
  Everything all;
  const auto files = project.files();
  REQUIRE(files);
  for (const auto& file : *files) {
    all.names.push_back(file.name);
    all.status.push_back(file.status);
    all.tags.push_back(file.tags);
    const auto tracks = project.tracks(file.id);
    REQUIRE(tracks);
    for (const auto& track : *tracks) all.tracks.push_back(track.track);
  }
  const auto classes = project.classes();
  REQUIRE(classes);
  all.classes = *classes;
  return all;
}

Label fullLabel() {
  Label label = labelAt(-0.5, 1.25, "viol\xC3\xA9");
  label.band = FrequencyBand{110.5, 880.25};
  label.confidence = 0.125;
  label.state = LabelState::proposed;
  label.author = "eva";
  label.origin = {"ast-s", std::string(64, 'a'), 0.3};
  label.attributes = {{"hand", "left"}, {"hand", "right"}, {"", "\n\"quoted\""}};
  return label;
}

}  // namespace

TEST_CASE("labels come back as they were written, also after a restart") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "sound");
  store::FileId file{};
  {
    auto project = newProject(scratch);
    file = addOne(project, scratch / "a.wav");
    const auto track = addEmptyTrack(project, file);
    const auto edit = addLabel(track.track, fullLabel());
    REQUIRE(edit);
    const auto stored = project.apply("add a label", track, *edit);
    REQUIRE(stored);
    CHECK(stored->ids.size() == 1);
  }
  auto project = Project::open(scratch / "p.chladni");
  REQUIRE(project);
  const auto tracks = project->tracks(file);
  REQUIRE(tracks);
  REQUIRE(tracks->size() == 1);
  CHECK(tracks->front().track.labels == std::vector{fullLabel()});
  CHECK(project->files()->front().labels == 0);  // it is proposed
  CHECK(project->files()->front().proposed == 1);
  CHECK(project->undoName().value() == "add a label");
  CHECK(isSound(*project));
}

TEST_CASE("undo and redo walk through everything and survive a restart") {
  const Scratch scratch;
  for (const std::string name : {"a.wav", "b.wav"}) writeText(scratch / name, name);
  std::vector<Everything> states;
  {
    auto project = newProject(scratch);
    const auto remember = [&] { states.push_back(everythingOf(project)); };
    remember();
    const auto a = addOne(project, scratch / "a.wav");
    remember();
    const auto b = addOne(project, scratch / "b.wav");
    remember();
    REQUIRE(project.setStatus({a, b}, store::FileStatus::done));
    remember();
    REQUIRE(project.addTag({a}, "solo"));
    remember();
    REQUIRE(project.setClasses({{"dog", 0xff0000, "1"}, {"cat", 0x00ff00, "2"}}));
    remember();
    REQUIRE(project.setClasses({{"cat", 0x00ff00, "1"}, {"owl", 0x0000ff, ""}}));
    remember();
    auto track = addEmptyTrack(project, a);
    remember();
    for (int i = 0; i < 5; ++i) {
      auto stored = project.apply("add a label", track, *addLabel(track.track, labelAt(i, i + 2)));
      REQUIRE(stored);
      track = *stored;
      remember();
    }
    auto stored = project.apply("merge labels", track, *mergeLabels(track.track, {1, 3}));
    REQUIRE(stored);
    remember();
    REQUIRE(project.removeFiles({a}));
    remember();
  }
  auto project = Project::open(scratch / "p.chladni");
  REQUIRE(project);
  CHECK(project->undoName().value() == "remove 1 file");
  for (std::size_t i = states.size(); i-- > 1;) {
    REQUIRE(everythingOf(*project) == states[i]);
    const auto undone = project->undo();
    REQUIRE(undone);
    CHECK_FALSE(undone->empty());
  }
  CHECK(everythingOf(*project) == states[0]);
  CHECK(project->undo().value().empty());
  project = Project::open(scratch / "p.chladni");
  REQUIRE(project);
  for (std::size_t i = 1; i < states.size(); ++i) {
    CHECK_FALSE(project->redo().value().empty());
    REQUIRE(everythingOf(*project) == states[i]);
  }
  CHECK(project->redo().value().empty());
  CHECK(isSound(*project));
}

TEST_CASE("a new edit drops what was undone; an edit without effect is none") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  const auto file = addOne(project, scratch / "a.wav");
  REQUIRE(project.addTag({file}, "one"));
  CHECK(project.undo().value() == "tag 1 file \"one\"");
  CHECK(project.redoName().value() == "tag 1 file \"one\"");
  REQUIRE(project.setStatus({file}, store::FileStatus::untouched));  // as it is
  CHECK_FALSE(project.redoName().value().empty());
  REQUIRE(project.addTag({file}, "two"));
  CHECK(project.redoName().value().empty());
  CHECK(project.redo().value().empty());
  CHECK(project.file(file)->tags == std::vector<std::string>{"two"});
  CHECK(project.history(100)->size() == 2);
}

TEST_CASE("edits of one window do not run over those of another") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto mine = newProject(scratch);
  const auto file = addOne(mine, scratch / "a.wav");
  auto track = addEmptyTrack(mine, file, true);
  track = *mine.apply("add a label", track, *addLabel(track.track, labelAt(0, 2)));
  auto theirs = Project::open(scratch / "p.chladni");
  REQUIRE(theirs);
  CHECK_FALSE(mine.changedElsewhere().value());
  const auto seen = theirs->tracks(file)->front();
  REQUIRE(theirs->apply("shift", seen, *shiftLabels(seen.track, {0}, MediaTime::fromSeconds(5))));
  CHECK(mine.changedElsewhere().value());
  CHECK_FALSE(mine.changedElsewhere().value());
  const auto late = mine.apply("nudge", track, *nudgeEdge(track.track, 0, LabelEdge::end, MediaTime::fromSeconds(1)));
  REQUIRE_FALSE(late);
  CHECK(late.error().message.find("changed this label") != std::string::npos);
  // What I do not know to be there may not be overlapped either.
  CHECK_FALSE(mine.apply("add", track, *addLabel(track.track, labelAt(6, 8))));
  CHECK(mine.apply("add", track, *addLabel(track.track, labelAt(3, 4))));
  CHECK(mine.tracks(file)->front().track.labels.size() == 2);
  // The history is one line for all: this takes back what they did last.
  CHECK(theirs->undo().value() == "add");
  CHECK(theirs->undo().value() == "shift");
  CHECK(mine.tracks(file)->front().track.labels.front() == labelAt(0, 2));
}

TEST_CASE("a reference is not edited until it is none") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  const auto file = addOne(project, scratch / "a.wav");
  auto track = addEmptyTrack(project, file);
  track = *project.apply("add a label", track, *addLabel(track.track, labelAt(0, 2)));
  track = *project.apply("reference", track, *setReference(track.track, true));
  CHECK(project.tracks(file)->front().track.reference);
  const auto refused = project.apply("shift", track, *shiftLabels(track.track, {0}, MediaTime::fromSeconds(5)));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("is a reference") != std::string::npos);
  CHECK_FALSE(project.apply("add", track, *addLabel(track.track, labelAt(6, 8))));
  CHECK_FALSE(project.apply("delete", track, *removeLabels(track.track, {0})));
  CHECK(project.undoName().value() == "reference");
  track = *project.apply("no reference", track, *setReference(track.track, false));
  CHECK(project.apply("add", track, *addLabel(track.track, labelAt(6, 8))));
}

TEST_CASE("a track is renamed, but not to a name that another has") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  const auto file = addOne(project, scratch / "a.wav");
  const auto track = addEmptyTrack(project, file);
  LabelTrack other;
  other.name = "theirs";
  REQUIRE(project.addTrack(file, other));
  const auto refused = project.renameTrack(track.id, "theirs");
  REQUIRE_FALSE(refused);
  CHECK(refused.error().message.find("choose another name") != std::string::npos);
  CHECK_FALSE(project.renameTrack(track.id, ""));
  REQUIRE(project.renameTrack(track.id, "eva"));
  CHECK(project.tracks(file)->front().track.name == "eva");
  CHECK(project.undo());
  CHECK(project.tracks(file)->front().track.name == "mine");
}

TEST_CASE("what makes no sense is refused and leaves no trace") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  const auto file = addOne(project, scratch / "a.wav");
  const auto track = addEmptyTrack(project, file);
  LabelTrack broken;
  broken.name = "broken";
  broken.labels = {labelAt(0, 1), labelAt(2, 1)};
  CHECK_FALSE(project.addTrack(file, broken));
  broken.labels = {labelAt(0, 1, "\xFF")};
  CHECK_FALSE(project.addTrack(file, broken));
  broken.labels = {};
  broken.name = "mine";
  CHECK_FALSE(project.addTrack(file, broken));
  CHECK_FALSE(project.addTag({file}, ""));
  CHECK(project.tracks(file)->size() == 1);
  CHECK(project.undoName().value() == "add track \"mine\"");
  CHECK(isSound(project));
}

TEST_CASE("random edits of a track come back through the file") {
  const Scratch scratch;
  writeText(scratch / "a.wav", "a");
  auto project = newProject(scratch);
  const auto file = addOne(project, scratch / "a.wav");
  auto track = addEmptyTrack(project, file);
  std::mt19937 random(3);
  const auto number = [&](int below) { return static_cast<int>(random() % static_cast<unsigned>(below)); };
  for (int i = 0; i < 150; ++i) {
    const std::size_t one = track.ids.empty() ? 0 : static_cast<std::size_t>(number(static_cast<int>(track.ids.size())));
    const MediaTime by = MediaTime::fromNanoseconds(number(100) - 50);
    const auto edit = [&]() -> Result<TrackEdit> {
      switch (number(6)) {
        case 0: return removeLabels(track.track, {one});
        case 1: return splitLabels(track.track, {one}, track.ids.empty() ? by : track.track.labels[one].span.start + by);
        case 2: return duplicateLabels(track.track, {one}, by);
        case 3: return mergeLabels(track.track, {one, one + 1});
        default: {
          Label label = labelAt(0, 0, std::to_string(i));
          label.span.start = MediaTime::fromNanoseconds(number(1000));
          label.span.end = label.span.start + MediaTime::fromNanoseconds(number(60));
          return addLabel(track.track, label);
        }
      }
    }();
    if (!edit) continue;
    auto stored = project.apply("edit", track, *edit);
    REQUIRE(stored);
    track = *stored;
  }
  auto fresh = project.tracks(file)->front();
  const auto byText = [](const Label& a, const Label& b) {
    return std::tuple(a.span.start, a.span.end, a.text) < std::tuple(b.span.start, b.span.end, b.text);
  };
  std::sort(fresh.track.labels.begin(), fresh.track.labels.end(), byText);
  std::sort(track.track.labels.begin(), track.track.labels.end(), byText);
  CHECK(fresh.track.labels == track.track.labels);
  CHECK(isSound(project));
}

TEST_CASE("several edits together are one step, all or nothing") {
  const test::Scratch scratch;
  auto project = test::newProject(scratch);
  test::writeText(scratch / "a.wav", "a");
  const auto first = [&]() -> Result<void> {
    auto added = project.addFiles({scratch / "a.wav"});
    if (!added) return fail(added.error());
    LabelTrack track;
    track.name = "mine";
    auto stored = project.addTrack(added->files.front(), track);
    if (!stored) return fail(stored.error());
    auto edit = addLabel(stored->track, test::labelAt(1, 2));
    if (!edit) return fail(edit.error());
    auto done = project.apply("inner", *stored, *edit);
    if (!done) return fail(done.error());
    return project.together("within", [&] { return project.setClasses({{"a", 1, "1"}}); });
  };
  REQUIRE(project.together("label a file", first));
  CHECK(project.history(10)->size() == 1);
  CHECK(*project.undoName() == "label a file");
  CHECK(project.files()->front().labels == 1);
  CHECK(*project.undo() == "label a file");
  CHECK(project.files()->empty());
  CHECK(project.classes()->empty());
  CHECK(*project.redo() == "label a file");
  CHECK(project.classes()->size() == 1);

  const auto broken = [&]() -> Result<void> {
    if (auto ok = project.setClasses({}); !ok) return ok;
    return fail(ErrorCode::invalidArgument, "no");
  };
  CHECK_FALSE(project.together("broken", broken));
  CHECK(project.classes()->size() == 1);
  CHECK(project.history(10)->size() == 1);
  // Edits after a broken step are steps of their own again.
  REQUIRE(project.setClasses({}));
  CHECK(project.history(10)->size() == 2);
  CHECK(test::isSound(project));
}

TEST_CASE("patience with another program is as long as it is said to be") {
  const test::Scratch scratch;
  auto project = test::newProject(scratch);
  auto other = store::Project::open(scratch / "p.chladni");
  REQUIRE(other);
  project.setPatience(std::chrono::milliseconds(50));
  CHECK_FALSE(project.ranOutOfPatience());
  REQUIRE(other->together("hold", [&]() -> Result<void> {
    if (auto ok = other->setClasses({{"a", 1, ""}}); !ok) return ok;
    const auto start = std::chrono::steady_clock::now();
    const auto refused = project.setClasses({{"b", 1, ""}});
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::io);
    CHECK(refused.error().message.find("another program") != std::string::npos);
    CHECK(project.ranOutOfPatience());
    CHECK_FALSE(project.ranOutOfPatience());
    CHECK(project.classes()->empty());  // reading goes on
    return {};
  }));
  REQUIRE(project.setClasses({{"b", 1, ""}}));
  CHECK_FALSE(project.ranOutOfPatience());
}

TEST_CASE("A path with two slashes in front is a path") {
  const Scratch scratch;
  const std::string path = "/" + (scratch / "p.chladni").string();
  REQUIRE(path.starts_with("//"));
  REQUIRE(Project::create(path));
  CHECK(Project::open(path));
}

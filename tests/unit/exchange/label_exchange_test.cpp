// Labels out of a project and in again: every format, names that meet, losses said before anything is written.
#include <fstream>

#include "core/exchange/label_exchange.h"
#include "tests/unit/exchange/exchange_support.h"

using namespace chladni;
using namespace chladni::exchange;
using test::labelOver;
using test::Shelf;

TEST_CASE("every format takes the labels of a project, says what it drops, and gives back what it keeps") {
  for (const auto& info : annotation::labelFormats()) {
    INFO(info.id);
    Shelf shelf;
    Label rich = labelOver(1, 3, "dog");
    rich.confidence = 0.5;
    rich.attributes = {{"who", "Rex"}};
    const auto file = shelf.add("dawn.wav", {labelOver(0, 1, "cat"), rich, labelOver(4, 6, "owl", LabelState::rejected)});
    ExportChoice choice;
    choice.format = info.format;
    const auto plans = planFolder(shelf.project, {file}, choice, shelf.scratch / "out");
    REQUIRE(plans);
    REQUIRE(plans->size() == 1);
    CHECK_FALSE(std::filesystem::exists(shelf.scratch / "out"));  // a plan writes nothing
    CHECK(plans->front().losses == annotation::lossesOf(plans->front().set, info.format));
    REQUIRE(writePlanned(*plans, choice));
    const auto path = shelf.scratch / "out" / ("dawn" + std::string(info.extensions.front()));
    CHECK(plans->front().path == path);
    const auto back = annotation::readLabelFile(path, info.format);
    REQUIRE(back);
    CHECK(back->set == annotation::keptOf(plans->front().set, info.format));

    const auto plan = planImport(shelf.project, path, info.format);
    REQUIRE(plan);
    REQUIRE(plan->pairs.size() == 1);
    CHECK(plan->pairs.front().recording == file);
    const auto imported = importLabels(shelf.project, plan->pairs, info.format, false);
    REQUIRE(imported);
    CHECK(imported->labels >= 2);
    CHECK(shelf.project.tracks(file)->size() == 1 + static_cast<std::size_t>(imported->tracks));
    REQUIRE(shelf.project.undo());
    CHECK(shelf.project.tracks(file)->size() == 1);
  }
}

TEST_CASE("files are named after their recordings and lie as these do") {
  Shelf shelf;
  shelf.add("a/one.wav", {labelOver(0, 1, "x")});
  shelf.add("a/one.mp4", {labelOver(0, 1, "x")});
  shelf.add("b/two.wav", {labelOver(0, 1, "x"), labelOver(1, 2, "y", LabelState::proposed)});
  shelf.add("silent.wav");
  ExportChoice choice;
  choice.format = annotation::LabelFormat::audacity;
  choice.confirmedOnly = true;
  const auto plans = planFolder(shelf.project, shelf.all(), choice, "out");
  REQUIRE(plans);
  REQUIRE(plans->size() == 3);
  CHECK((*plans)[0].path == "out/a/one.mp4.txt");
  CHECK((*plans)[1].path == "out/a/one.wav.txt");
  CHECK((*plans)[2].path == "out/b/two.txt");
  CHECK((*plans)[2].set.tracks.front().labels.size() == 1);
  choice.track = "no such";
  CHECK(planFolder(shelf.project, shelf.all(), choice, "out")->empty());
}

TEST_CASE("labels find their recording by name, or say that they cannot") {
  Shelf shelf;
  const auto dawn = shelf.add("a/dawn.wav");
  shelf.add("b/twice.wav");
  shelf.add("c/twice.wav");
  const auto write = [&](const std::string& name) {
    std::ofstream(shelf.scratch / name) << "1.0\t2.0\tdog\n";
    return shelf.scratch / name;
  };
  CHECK(planImport(shelf.project, write("dawn.txt"), {})->pairs.front().recording == dawn);
  CHECK(planImport(shelf.project, write("dawn.wav.txt"), {})->pairs.front().recording == dawn);
  CHECK(planImport(shelf.project, write("dusk.txt"), {}).error().code == ErrorCode::notFound);
  CHECK(planImport(shelf.project, write("twice.txt"), {}).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("a file that names several recordings is shared out among them") {
  Shelf shelf;
  const auto dawn = shelf.add("a/dawn.wav", {labelOver(0, 1, "old")}, "labels");
  const auto dusk = shelf.add("dusk.mp4");
  const auto rttm = shelf.scratch / "day.rttm";
  std::ofstream(rttm) << "SPEAKER dusk 1 1 2 <NA> <NA> owl <NA> <NA>\nSPEAKER noon 1 0 1 <NA> <NA> bee <NA> <NA>\n"
                         "SPEAKER dawn.wav 1 3 1 <NA> <NA> cock <NA> <NA>\nSPEAKER dusk 1 5 2 <NA> <NA> bat <NA> <NA>\n";
  const auto plan = planImport(shelf.project, rttm, {});
  REQUIRE(plan);
  CHECK(plan->pairs.size() == 2);
  CHECK(plan->strangers == std::vector<std::string>{"noon"});
  const auto steps = shelf.project.history(100)->size();
  const auto imported = importLabels(shelf.project, plan->pairs, {}, false);
  REQUIRE(imported);
  CHECK(imported->labels == 3);
  CHECK(shelf.project.history(100)->size() == steps + 1);
  REQUIRE(shelf.project.tracks(dusk)->size() == 1);
  const auto onDusk = shelf.project.tracks(dusk)->front().track;
  CHECK(onDusk.name == "labels");
  CHECK(onDusk.labels.size() == 2);
  REQUIRE(shelf.project.tracks(dawn)->size() == 2);
  CHECK(shelf.project.tracks(dawn)->at(1).track.name == "labels 2");
  CHECK(shelf.project.tracks(dawn)->at(1).track.labels.front().text == "cock");

  const auto ave = shelf.scratch / "Annotations.txt";
  std::ofstream(ave) << "Bark&dusk&good&0&10\nBark&elsewhere&good&2&7\n";
  CHECK(planImport(shelf.project, ave, annotation::LabelFormat::ave)->pairs.front().recording == dusk);
  std::ofstream(ave) << "Bark&x&good&0&10\nBark&y&good&2&7\n";
  CHECK(planImport(shelf.project, ave, annotation::LabelFormat::ave).error().code == ErrorCode::invalidArgument);
}

TEST_CASE("an import is one step, numbers tracks whose name is taken, or replaces them") {
  Shelf shelf;
  const auto dawn = shelf.add("dawn.wav", {labelOver(0, 1, "old")}, "labels");
  const auto dusk = shelf.add("dusk.wav");
  LabelSet set;
  set.tracks.push_back({"labels", TrackKind::intervals, false, {labelOver(1, 2, "new")}});
  for (const char* name : {"dawn.json", "dusk.json"})
    REQUIRE(annotation::writeLabelFile(shelf.scratch / name, set, annotation::LabelFormat::chladniJson));
  const std::vector<ImportPair> pairs{{shelf.scratch / "dawn.json", dawn, {}}, {shelf.scratch / "dusk.json", dusk, {}}};
  const auto steps = shelf.project.history(100)->size();
  REQUIRE(importLabels(shelf.project, pairs, {}, false));
  CHECK(shelf.project.history(100)->size() == steps + 1);
  CHECK(shelf.project.tracks(dawn)->at(1).track.name == "labels 2");
  CHECK(shelf.project.tracks(dusk)->front().track.name == "labels");
  REQUIRE(shelf.project.undo());
  REQUIRE(importLabels(shelf.project, pairs, {}, true));
  REQUIRE(shelf.project.tracks(dawn)->size() == 1);
  CHECK(shelf.project.tracks(dawn)->front().track.labels.front().text == "new");
  // One that cannot be read leaves nothing behind.
  std::ofstream(shelf.scratch / "broken.json") << "{ \"chladni-labels\": ";
  const auto before = shelf.project.tracks(dusk)->size();
  CHECK_FALSE(importLabels(shelf.project, {pairs[1], {shelf.scratch / "broken.json", dusk, {}}}, {}, false));
  CHECK(shelf.project.tracks(dusk)->size() == before);
}

TEST_CASE("recordings beside a project and above it are written to files of their own") {
  Shelf shelf;
  std::filesystem::create_directories(shelf.scratch / "deep");
  auto project = store::Project::create(shelf.scratch / "deep" / "p.chladni");
  REQUIRE(project);
  std::vector<store::FileId> files;
  for (const char* name : {"deep/x/a.wav", "x/a.wav"}) {
    const auto path = shelf.scratch / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path) << name;
    const auto added = project->addFiles({path});
    REQUIRE(added);
    files.push_back(added->files.front());
    REQUIRE(project->addTrack(files.back(), {"labels", TrackKind::intervals, false, {labelOver(0, 1, name)}}));
  }
  ExportChoice choice;
  choice.format = annotation::LabelFormat::audacity;
  const auto plans = planFolder(*project, files, choice, shelf.scratch / "out");
  REQUIRE(plans);
  REQUIRE(plans->size() == 2);
  CHECK((*plans)[0].path != (*plans)[1].path);
  REQUIRE(writePlanned(*plans, choice));
  for (const auto& plan : *plans) CHECK(annotation::readLabelFile(plan.path, choice.format)->set.tracks.front().labels.front().text == plan.set.tracks.front().labels.front().text);
}

TEST_CASE("two files of one import do not replace each other") {
  Shelf shelf;
  const auto dawn = shelf.add("dawn.wav", {labelOver(0, 1, "old")}, "labels");
  LabelSet set;
  for (const char* name : {"first", "second"}) {
    set.tracks = {{"labels", TrackKind::intervals, false, {labelOver(1, 2, name)}}};
    REQUIRE(annotation::writeLabelFile(shelf.scratch / (std::string(name) + ".json"), set, annotation::LabelFormat::chladniJson));
  }
  REQUIRE(importLabels(shelf.project, {{shelf.scratch / "first.json", dawn, {}}, {shelf.scratch / "second.json", dawn, {}}}, {}, true));
  const auto tracks = shelf.project.tracks(dawn);
  REQUIRE(tracks->size() == 2);
  CHECK(tracks->at(0).track.labels.front().text == "first");
  CHECK(tracks->at(1).track.labels.front().text == "second");
}

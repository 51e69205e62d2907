// A project as training data: items, splits that tear no source apart, and the AVE layout read back by its own reader.
#include <map>
#include <set>

#include "core/datasets/ave_folder.h"
#include "core/datasets/manifest.h"
#include "core/exchange/data_set_export.h"
#include "tests/unit/exchange/exchange_support.h"

using namespace chladni;
using namespace chladni::exchange;
using test::labelOver;
using test::Shelf;

TEST_CASE("labelled stretches become items with all labels of a stretch") {
  Shelf shelf;
  shelf.add("a.wav", {labelOver(0, 1, "dog"), labelOver(0, 1, "cat"), labelOver(0, 1, "dog"), labelOver(2, 3.5, "owl"), labelOver(4, 4, "point"),
                      labelOver(5, 6, ""), labelOver(6, 7, "maybe", LabelState::proposed), labelOver(7, 8, "no", LabelState::rejected)});
  shelf.add("b.wav");
  const auto draft = draftManifest(shelf.project, shelf.all(), {});
  REQUIRE(draft);
  REQUIRE(draft->items.size() == 2);
  CHECK(draft->items[0].labels == std::vector<std::string>{"dog", "cat"});
  CHECK(draft->items[1].start == 2.0);
  CHECK(*draft->items[1].end == 3.5);
  CHECK(draft->notes.size() == 4);
  const auto path = shelf.scratch / "manifest.csv";
  REQUIRE(datasets::writeManifest(path, draft->items));
  const auto back = datasets::readManifest(path);
  REQUIRE(back);
  CHECK(back->items == draft->items);
  CHECK(back->classes == std::vector<std::string>{"cat", "dog", "owl"});
}

TEST_CASE("clips carry the labels that are mostly in them") {
  Shelf shelf;
  shelf.add("a.wav", {labelOver(0.0, 1.6, "dog"), labelOver(1.9, 2.2, "tick")});
  DataSetChoice choice;
  choice.clipSeconds = 1.0;
  auto draft = draftManifest(shelf.project, shelf.all(), choice, {4.5});
  REQUIRE(draft);
  REQUIRE(draft->items.size() == 3);
  CHECK(draft->items[0].labels == std::vector<std::string>{"dog"});
  CHECK(draft->items[1].labels == std::vector<std::string>{"dog"});
  CHECK(draft->items[2].labels == std::vector<std::string>{"tick"});
  choice.background = true;
  draft = draftManifest(shelf.project, shelf.all(), choice, {4.5});
  REQUIRE(draft->items.size() == 5);
  CHECK(draft->items[4].labels.empty());
  CHECK(*draft->items[4].end == 4.5);
}

TEST_CASE("a split tears no source apart, is drawn from the seed, and obeys tags") {
  Shelf shelf;
  for (int folder = 0; folder < 10; ++folder)
    for (int file = 0; file < 4; ++file)
      shelf.add("f" + std::to_string(folder) + "/r" + std::to_string(file) + ".wav", {labelOver(0, 1, "a"), labelOver(1, 2, "b"), labelOver(2, 3, "c")});
  DataSetChoice choice;
  for (const SplitSource source : {SplitSource::file, SplitSource::folder}) {
    choice.source = source;
    const auto draft = draftManifest(shelf.project, shelf.all(), choice);
    REQUIRE(draft);
    std::map<std::string, std::set<std::string>> splits;
    std::map<std::string, int> counts;
    for (const auto& item : draft->items) {
      splits[source == SplitSource::file ? item.media.string() : item.media.parent_path().string()].insert(item.split);
      ++counts[item.split];
    }
    for (const auto& [group, split] : splits) CHECK(split.size() == 1);
    CHECK(counts["train"] == 96);
    CHECK(counts["validation"] == 12);
    CHECK(counts["test"] == 12);
    CHECK(draftManifest(shelf.project, shelf.all(), choice)->items == draft->items);
  }
  const auto first = draftManifest(shelf.project, shelf.all(), choice);
  choice.seed = 7;
  CHECK(draftManifest(shelf.project, shelf.all(), choice)->items != first->items);
  choice.source = SplitSource::file;
  const auto all = shelf.all();
  REQUIRE(shelf.project.addTag({all[0]}, "test"));
  REQUIRE(shelf.project.addTag({all[1]}, "validation"));
  const auto tagged = draftManifest(shelf.project, all, choice);
  CHECK(tagged->items[0].split == "test");
  CHECK(tagged->items[3].split == "validation");
  choice.trainShare = 0.9;
  choice.validationShare = 0.2;
  CHECK_FALSE(draftManifest(shelf.project, all, choice));
}

TEST_CASE("an AVE folder is read by the reader of AVE folders") {
  Shelf shelf;
  shelf.add("clip & one.wav", {labelOver(1.2, 3.0, "dog"), labelOver(5, 10, "cat")});
  shelf.add("long.wav", {labelOver(8.5, 12.25, "owl")});
  shelf.add("x/long.wav", {labelOver(0, 2, "dog")});
  shelf.add("x/long_10.wav", {labelOver(0, 1, "bee")});  // as the second clip of the other is called
  shelf.add("none.wav");
  DataSetChoice choice;
  choice.trainShare = 0.5;
  choice.validationShare = 0.25;
  const auto draft = draftAve(shelf.project, shelf.all(), choice);
  REQUIRE(draft);
  REQUIRE(draft->rows.size() == 6);
  CHECK(draft->rows[0] == datasets::AveRow{"dog", "clip _ one", "good", 1, 3});
  CHECK(draft->rows[1] == datasets::AveRow{"cat", "clip _ one", "good", 5, 10});
  CHECK(draft->rows[2] == datasets::AveRow{"owl", "long_0", "good", 8, 10});
  CHECK(draft->rows[3] == datasets::AveRow{"owl", "long_10", "good", 0, 3});
  CHECK(draft->rows[4].id == "long-2");
  CHECK(draft->rows[5].id == "long_10-2");
  CHECK(draft->clips[2].split == draft->clips[3].split);
  REQUIRE(writeAve(*draft, shelf.scratch / "ave"));
  const auto folder = datasets::AveFolder::open(shelf.scratch / "ave");
  REQUIRE(folder);
  CHECK(folder->annotations().rows == draft->rows);
  const auto& splits = folder->splits();
  CHECK(splits.train.size() + splits.validation.size() + splits.test.size() == 6);
  CHECK(std::filesystem::exists(shelf.scratch / "ave" / "clips.csv"));
  Shelf empty;
  empty.add("a.wav", {labelOver(0, 1, "x", LabelState::proposed)});
  CHECK(draftAve(empty.project, empty.all(), {}).error().code == ErrorCode::notFound);
  CHECK_FALSE(draftManifest(empty.project, empty.all(), {}));
}

TEST_CASE("a label years away costs one clip, one over years is refused") {
  Shelf shelf;
  shelf.add("late.wav", {labelOver(1, 2, "dog"), labelOver(95, 101, "cat"), labelOver(3.0e9, 3.0e9 + 1, "owl")});
  const auto draft = draftAve(shelf.project, shelf.all(), {});
  REQUIRE(draft);
  REQUIRE(draft->rows.size() == 4);
  CHECK(draft->rows[1].id == "late_90");
  CHECK(draft->rows[2].id == "late_100");
  CHECK(draft->rows[3] == datasets::AveRow{"owl", "late_3000000000", "good", 0, 1});
  DataSetChoice clips;
  clips.clipSeconds = 2.0;
  const auto items = draftManifest(shelf.project, shelf.all(), clips);
  REQUIRE(items);
  REQUIRE(items->items.size() == 6);
  CHECK(items->items[1].start == 94.0);
  CHECK(items->items[5].start == 3.0e9);
  clips.background = true;
  CHECK(draftManifest(shelf.project, shelf.all(), clips).error().message.find("late.wav") != std::string::npos);
  Shelf wide;
  wide.add("wide.wav", {labelOver(0, 1.0e8, "hum")});
  CHECK(draftAve(wide.project, wide.all(), {}).error().message.find("wide.wav") != std::string::npos);
}

TEST_CASE("Silence is learned only from where somebody has listened") {
  Shelf shelf;
  shelf.add("a.wav", {labelOver(0, 1, "dog"), labelOver(2.2, 2.8, "maybe", LabelState::proposed), labelOver(4.2, 4.8, "no", LabelState::rejected)});
  shelf.add("never.wav");
  const auto done = shelf.add("done.wav");
  REQUIRE(shelf.project.setStatus({done}, store::FileStatus::done));
  DataSetChoice choice;
  choice.clipSeconds = 1.0;
  choice.background = true;
  const auto draft = draftManifest(shelf.project, shelf.all(), choice, {5.0, 2.0, 3.0});  // in the order of their names
  REQUIRE(draft);
  std::map<std::string, std::vector<double>> starts;
  for (const auto& item : draft->items) starts[item.media.filename().string()].push_back(item.start);
  CHECK(starts == std::map<std::string, std::vector<double>>{{"a.wav", {0.0, 1.0, 3.0, 4.0}}, {"done.wav", {0.0, 1.0}}});
}

TEST_CASE("A track that no recording has is refused, and tags that would tear a source apart") {
  Shelf shelf;
  const auto a = shelf.add("f/a.wav", {labelOver(0, 1, "dog")});
  const auto b = shelf.add("f/b.wav", {labelOver(0, 1, "dog")});
  DataSetChoice choice;
  choice.track = "labls";
  CHECK(draftManifest(shelf.project, shelf.all(), choice).error().message.find("labls") != std::string::npos);
  choice.track = "labels";
  REQUIRE(shelf.project.addTag({a}, "train"));
  REQUIRE(shelf.project.addTag({b}, "test"));
  CHECK(draftManifest(shelf.project, shelf.all(), choice));
  choice.source = SplitSource::folder;
  CHECK(draftManifest(shelf.project, shelf.all(), choice).error().message.find("b.wav") != std::string::npos);
}

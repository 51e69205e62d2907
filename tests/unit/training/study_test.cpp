// Folds by source, the runs of a study, and its table.
#include <fstream>
#include <map>
#include <set>

#include "core/base/atomic_file.h"
#include "core/training/sound_set.h"
#include "core/training/source_groups.h"
#include "core/training/study.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using training::Study;
using training::sweepAxis;

namespace {

// 12 sources of 2 classes, 3 items each; every fourth is a copy of the one before under another name.
std::vector<training::SourcedItem> items() {
  std::vector<training::SourcedItem> all;
  for (int source = 0; source < 12; ++source)
    for (int n = 0; n < 3; ++n) all.push_back({"s" + std::to_string(source), "content" + std::to_string(source % 4 == 3 ? source - 1 : source), {source % 2}});
  return all;
}

// Two epochs, the second begun, measured, taken up again and ended.
void writeRun(const std::filesystem::path& folder, double accuracy, double loss, bool stopped = false) {
  std::filesystem::create_directories(folder);
  std::ofstream(folder / "model.json") << "{}";
  std::ofstream events(folder / "events.jsonl");
  for (const auto& [epoch, value] : {std::pair(1, accuracy - 0.25), {2, 0.0}, {2, accuracy}})
    events << R"({"event":"epoch","time":1,"epoch":)" << epoch << R"(,"step":5,"metric":"accuracy","value":)" << value << "}\n";
  events << R"({"event":"done","time":2,"stopped":)" << (stopped ? "true" : "false") << R"(,"loss":)" << loss
         << R"(,"seconds_per_epoch":3.5,"validation":{"loss":1.5,"accuracy":)" << accuracy << "}}\n";
}

training::Recipe recipe() {
  training::Recipe recipe;
  recipe.data = "somewhere";
  return recipe;
}

}  // namespace

TEST_CASE("folds: every item is held out once, no source or copy is on both sides, classes are even") {
  const auto all = items();
  const auto folds = training::foldOfEach(all, 2, 3, 5);
  std::map<std::string, std::set<std::int64_t>> ofSource, ofContent;
  std::map<std::pair<std::int64_t, std::int64_t>, int> counts;
  for (std::size_t n = 0; n < all.size(); ++n) {
    CHECK(folds[n] >= 1);
    CHECK(folds[n] <= 3);
    ofSource[all[n].source].insert(folds[n]);
    ofContent[all[n].twin].insert(folds[n]);
    ++counts[{folds[n], all[n].classes.front()}];
  }
  for (const auto& [source, in] : ofSource) CHECK(in.size() == 1);
  for (const auto& [content, in] : ofContent) CHECK(in.size() == 1);
  for (const auto& [place, count] : counts) CHECK(count == 6);
  // Neither the order of the items nor anything but the seed matters.
  auto reversed = all;
  std::reverse(reversed.begin(), reversed.end());
  auto back = training::foldOfEach(reversed, 2, 3, 5);
  std::reverse(back.begin(), back.end());
  CHECK(back == folds);
  CHECK(training::foldOfEach(all, 2, 3, 6) != folds);
  auto moved = all;
  for (auto& item : moved) item.source = std::string("/elsewhere/") + (item.source.back() % 2 == 0 ? "a" : "b") + item.source;
  CHECK(training::foldOfEach(moved, 2, 3, 5) == folds);
}

TEST_CASE("folds: a set gives its test part to none of them, and pools what it had held out") {
  training::SoundSet set;
  set.classes = {"a", "b"};
  for (int n = 0; n < 10; ++n) set.items.push_back({"x", 0.0, {}, {n % 2}, "item", "source" + std::to_string(n), n < 2 ? training::Part::test : n < 4 ? training::Part::validation : training::Part::train});
  std::vector<int> held(10);
  for (std::int64_t fold = 1; fold <= 4; ++fold) {
    auto own = set;
    training::holdOutFold(own, 4, fold, 1);
    for (std::size_t n = 0; n < 10; ++n) held[n] += own.items[n].part == training::Part::validation ? 1 : 0;
    CHECK(own.items[0].part == training::Part::test);
  }
  CHECK(held == std::vector<int>{0, 0, 1, 1, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("study: every combination of the values, each for every fold") {
  auto base = recipe();
  base.folds = 2;
  const auto study = Study::create(base, {*sweepAxis("mask_ratio=0.25,0.5"), *sweepAxis("title=a/b,c")});
  REQUIRE(study);
  CHECK(study->points() == 4);
  REQUIRE(study->runs().size() == 8);
  CHECK(study->runs()[0].folder == "mask_ratio=0.25,title=a_b,fold=1");
  CHECK(study->runs()[7].folder == "mask_ratio=0.5,title=c,fold=2");
  CHECK(study->runs()[7].recipe.maskRatio == 0.5);
  CHECK(study->runs()[7].recipe.title == "c");
  CHECK(study->runs()[7].recipe.fold == 2);
  const test::Scratch folder;
  REQUIRE(study->write(folder.path()));
  CHECK(Study::isIn(folder.path()));
  const auto again = Study::open(folder.path());
  REQUIRE(again);
  CHECK(again->runs().size() == 8);
  CHECK(again->recipe() == study->recipe());
  CHECK(again->runs()[5].folder == study->runs()[5].folder);
}

TEST_CASE("study: what cannot be swept is said before anything runs") {
  const auto message = [](const auto& result) { return result ? std::string() : result.error().message; };
  CHECK(message(sweepAxis("mask_ratio")) == "--sweep mask_ratio: expected field=value,value,...");
  CHECK(message(sweepAxis("mask_ration=0.5")).find("did you mean mask_ratio?") != std::string::npos);
  CHECK(message(sweepAxis("mask_ratio=0.5,2")).starts_with("mask_ratio: 2 is not a number from 0"));
  CHECK(message(sweepAxis("mask_ratio=0.5,0.5")).find("there twice") != std::string::npos);
  CHECK(message(Study::create(recipe(), {})) == "a study needs fields to sweep or folds");
  CHECK(message(Study::create(recipe(), {*sweepAxis("heads=4,5")})).find("do not divide") != std::string::npos);
  auto one = recipe();
  one.folds = 1;
  CHECK(message(Study::create(one, {})).find("leaves nothing to learn from") != std::string::npos);
}

TEST_CASE("study: the table has means and deviations over the folds that ended, beside what was printed") {
  const test::Scratch folder;
  auto base = recipe();
  base.family = "cavmae-pretrain";
  base.task = "pretrain";
  base.folds = 2;
  const auto study = Study::create(base, {*sweepAxis("mask_ratio=0.25,0.5")});
  REQUIRE(study);
  writeRun(folder / "mask_ratio=0.25,fold=1", 0.6, 1.0);
  writeRun(folder / "mask_ratio=0.25,fold=2", 0.8, 2.0);
  writeRun(folder / "mask_ratio=0.5,fold=1", 0.9, 3.0);
  writeRun(folder / "mask_ratio=0.5,fold=2", 0.1, 9.0, true);
  CHECK(training::isFinished(folder / "mask_ratio=0.5,fold=1"));
  CHECK_FALSE(training::isFinished(folder / "mask_ratio=0.5,fold=2"));
  const auto table = training::studyTable(*study, folder.path());
  REQUIRE(table);
  REQUIRE(table->rows.size() == 2);
  const auto* accuracy = table->rows[0].find("accuracy");
  REQUIRE(accuracy);
  CHECK(accuracy->mean == Approx(0.7));
  CHECK(accuracy->deviation == Approx(0.1));
  CHECK(table->rows[0].find("train_loss")->mean == Approx(1.5));
  CHECK(table->rows[0].find("seconds_per_epoch")->mean == Approx(3.5));
  CHECK(table->rows[0].runs == 2);
  CHECK(table->rows[1].runs == 1);
  CHECK(table->courses[0].metric == "accuracy");
  CHECK(table->courses[0].epoch == std::vector<double>{1, 2});  // though the second was measured twice
  CHECK(table->courses[0].mean == std::vector<double>{0.45, 0.7});
  CHECK(table->courses[0].deviation[1] == Approx(0.1));
  REQUIRE(table->published.size() == 10);
  const auto csv = table->csv();
  CHECK(csv.starts_with("origin,mask_ratio,runs,train_loss,train_loss_deviation,loss,loss_deviation,accuracy,accuracy_deviation,seconds_per_epoch,seconds_per_epoch_deviation\nours,0.25,2,1.5,0.5,1.5,0,0.7"));
  CHECK(csv.find("start ImageNet\",0.05,,,,5.57,,,,1500,\n") != std::string::npos);
  CHECK(table->json().find("published"));
}

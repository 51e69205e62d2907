// Studies in the folder of runs: made, found again, started by --resume, read with table and histories.
#include <chrono>
#include <fstream>
#include <thread>

#include "core/runs/run_desk.h"
#include "core/runs/study_reader.h"
#include "core/training/recipe_presets.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using runs::RunDesk;
using runs::RunPhase;

namespace {

training::Recipe maskRecipe(const test::Scratch& scratch, std::int64_t folds) {
  auto recipe = *training::presetRecipe("tiny-dualmae");
  recipe.data = (scratch / "clips.csv").string();
  recipe.folds = folds;
  return recipe;
}

void say(const std::filesystem::path& folder, const std::string& line) { std::ofstream(folder / "events.jsonl", std::ios::app) << line << '\n'; }

// As a run of the study leaves it: two epochs, and its end unless it was killed.
void carryOut(const std::filesystem::path& study, const training::StudyRun& run, int number, int count, double loss, bool ends = true) {
  say(study, R"({"event":"run","time":100,"name":")" + run.folder + R"(","number":)" + std::to_string(number) + R"(,"count":)" + std::to_string(count) + "}");
  const auto own = study / run.folder;
  std::filesystem::create_directories(own);
  std::ofstream(own / "config.json") << training::recipeJson(run.recipe).prettyText();
  for (int epoch = 1; epoch <= 2; ++epoch) {
    say(own, R"({"event":"step","time":1,"epoch":)" + std::to_string(epoch) + R"(,"step":)" + std::to_string(epoch * 10) + R"(,"steps":20,"loss":)" + std::to_string(loss + 1.0 / epoch) + "}");
    say(own, R"({"event":"epoch","time":2,"epoch":)" + std::to_string(epoch) + R"(,"step":)" + std::to_string(epoch * 10) + R"(,"metric":"loss","value":)" + std::to_string(loss + 1.0 / epoch) +
                 R"(,"validation":{"loss":)" + std::to_string(loss + 1.0 / epoch) + "}}");
  }
  if (!ends) return;
  say(own, R"({"event":"done","time":3,"step":20,"stopped":false,"loss":)" + std::to_string(loss) + R"(,"seconds_per_epoch":4.5,"validation":{"loss":)" + std::to_string(loss) + "}}");
  std::ofstream(own / "model.json") << "{}";
}

}  // namespace

TEST_CASE("A study is one entry of the list, made, started and read again") {
  test::Scratch scratch;
  const auto trainer = scratch / "trainer";
  std::ofstream(trainer) << "#!/bin/sh\necho \"$@\" > \"$3/arguments.txt\"\nwhile read word; do if [ \"$word\" = stop ]; then exit 0; fi; done\n";
  std::filesystem::permissions(trainer, std::filesystem::perms::owner_all);
  const RunDesk desk(scratch / "runs", trainer);
  const auto recipe = maskRecipe(scratch, 2);
  const auto axis = *training::sweepAxis("mask_ratio=0.25,0.75");
  const auto folder = desk.create("masks", recipe, {axis});
  REQUIRE(folder);
  CHECK_FALSE(std::filesystem::exists(*folder / "recipe.json"));
  auto list = desk.list();
  REQUIRE(list.size() == 1);
  CHECK(list[0].isStudy());
  CHECK(list[0].runs == 4);
  CHECK(list[0].runsDone == 0);
  CHECK(list[0].preset == "tiny-dualmae");
  const auto again = desk.recipeOf(*folder);
  REQUIRE(again);
  CHECK(*again == recipe);
  REQUIRE(desk.sweepOf(*folder).size() == 1);
  CHECK(desk.sweepOf(*folder)[0].values == axis.values);

  REQUIRE(desk.start(*folder));
  std::string said;  // the file is there before its words are
  for (int i = 0; i < 500 && !std::getline(std::ifstream(*folder / "arguments.txt"), said); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  CHECK(said == "train --resume " + folder->string());
  CHECK(desk.list()[0].alive());
  REQUIRE(desk.kill(desk.list()[0]));
  for (int i = 0; i < 500 && desk.list()[0].alive(); ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));

  const auto study = training::Study::open(*folder);
  REQUIRE(study);
  carryOut(*folder, study->runs()[0], 1, 4, 2.0);
  carryOut(*folder, study->runs()[1], 2, 4, 3.0);
  carryOut(*folder, study->runs()[2], 3, 4, 5.0, false);
  const auto now = desk.list()[0];
  CHECK(now.phase == RunPhase::interrupted);
  CHECK(now.canResume);
  CHECK(now.runsDone == 2);
  CHECK(now.runNow == study->runs()[2].folder);
  CHECK(now.step == 20);

  runs::StudyReader reader(*folder);
  auto reading = reader.update();
  REQUIRE(reading);
  REQUIRE(*reading);
  REQUIRE((*reading)->members.size() == 4);
  CHECK((*reading)->members[0].phase == RunPhase::finished);
  CHECK((*reading)->members[0].hasModel);
  CHECK((*reading)->members[2].begun);
  CHECK_FALSE((*reading)->members[3].begun);
  CHECK((*reading)->members[2].history->epochs.size() == 2);
  REQUIRE((*reading)->table.rows.size() == 2);
  CHECK((*reading)->table.rows[0].find("loss")->mean == Approx(2.5));
  CHECK((*reading)->table.rows[0].find("loss")->deviation == Approx(0.5));
  CHECK_FALSE((*reading)->table.published.empty());
  CHECK((*reading)->table.mainFigures().front() == "loss");
  // Nothing new, nothing read.
  auto nothing = reader.update();
  REQUIRE(nothing);
  CHECK(*nothing == nullptr);
  say(*folder / study->runs()[2].folder, R"({"event":"done","time":3,"step":20,"stopped":false,"loss":5,"validation":{"loss":5}})");
  auto more = reader.update();
  REQUIRE(more);
  REQUIRE(*more);
  CHECK((*more)->table.rows[1].runs == 1);

  say(*folder, R"({"event":"study","time":200,"stopped":false})");
  CHECK(desk.list()[0].phase == RunPhase::finished);
  CHECK(desk.list()[0].runsDone == 4);
  CHECK_FALSE(desk.list()[0].canResume);
}

TEST_CASE("Folds alone make a study; hostile folders do not confuse the list") {
  test::Scratch scratch;
  const RunDesk desk(scratch / "runs", scratch / "none");
  const auto folder = desk.create("folds", maskRecipe(scratch, 3));
  REQUIRE(folder);
  CHECK(training::Study::isIn(*folder));
  CHECK(desk.list()[0].runs == 3);
  // A name out of the folder, and one that leads back into the study itself.
  say(*folder, R"({"event":"run","time":1,"name":"../../etc","number":1,"count":3})");
  CHECK(desk.list()[0].step == 0);
  std::filesystem::create_directory_symlink(*folder, *folder / "round");
  say(*folder, R"({"event":"run","time":1,"name":"round","number":1,"count":3})");
  CHECK(desk.list()[0].isStudy());
  std::filesystem::create_directories(scratch / "runs" / "broken");
  std::ofstream(scratch / "runs" / "broken" / "study.json") << "[]";
  for (const auto& run : desk.list()) CHECK((run.name != "broken" || run.phase == RunPhase::broken));
  CHECK_FALSE(desk.create("bad", maskRecipe(scratch, 0), {training::SweepAxis{"mask_ratio", {"2"}}}));
}

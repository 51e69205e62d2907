// The folder of runs with a stand-in for the trainer: a shell script that says events and obeys its input.
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/runs/run_desk.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace std::chrono_literals;
using runs::RunDesk;
using runs::RunPhase;
using runs::RunSummary;

namespace {

// As `train` does: config.json, events, a checkpoint; says each word that it hears; ends with stop or SIGTERM.
constexpr const char* kTrainer = R"(#!/bin/sh
out=""; previous=""
for word in "$@"; do
  case "$previous" in --out|--resume) out="$word";; esac
  previous="$word"
done
say() { echo "$1" >> "$out/events.jsonl"; }
echo "$@" >> "$out/arguments.txt"
if [ -e "$out/refuse" ]; then echo "error: no data here" >&2; exit 3; fi
if [ -e "$out/recipe.json" ]; then cp "$out/recipe.json" "$out/config.json"; fi
mkdir -p "$out/checkpoints/step-1"
say '{"event":"start","time":10,"steps":50}'
say '{"event":"step","time":11,"epoch":1,"step":1,"steps":50,"loss":1.5,"loss_smoothed":1.25,"eta_s":30}'
while read word; do
  case "$word" in
    pause) say '{"event":"paused","time":12,"step":1,"reason":"asked for"}';;
    resume) say '{"event":"resumed","time":13,"step":1}'; say '{"event":"step","time":14,"epoch":1,"step":2,"steps":50,"loss":1.0,"loss_smoothed":1.0}';;
    stop) say '{"event":"done","time":15,"step":2,"stopped":true,"best":0.5}'; exit 0;;
    finish) say '{"event":"epoch","time":16,"epoch":3,"step":50,"metric":"accuracy","value":0.75,"best":0.8}'; say '{"event":"done","time":17,"step":50,"stopped":false,"best":0.8}'; echo '{}' > "$out/model.json"; exit 0;;
  esac
done
)";

struct Desk {
  Desk() {
    std::ofstream(scratch / "trainer") << kTrainer;
    std::filesystem::permissions(scratch / "trainer", std::filesystem::perms::owner_all);
  }
  ~Desk() {
    for (const auto& run : desk.list())
      if (run.alive()) (void)desk.kill(run).has_value();
  }
  std::filesystem::path made(const std::string& name, training::Recipe recipe = {}) {
    recipe.preset = "tiny-ast";
    recipe.data = (scratch / "data").string();
    auto run = desk.create(name, recipe);
    REQUIRE(run);
    return *run;
  }
  RunSummary look(const std::filesystem::path& run) const {
    for (auto& summary : desk.list())
      if (summary.folder == run) return summary;
    return {};
  }
  bool reaches(const std::filesystem::path& run, RunPhase phase) const {
    for (int i = 0; i < 2000; ++i) {
      if (look(run).phase == phase) return true;
      std::this_thread::sleep_for(10ms);
    }
    return false;
  }

  test::Scratch scratch;
  RunDesk desk{scratch / "runs", scratch / "trainer"};
};

void touch(const std::filesystem::path& path) { std::ofstream(path) << "x"; }

}  // namespace

TEST_CASE("A run is started, found by another desk, paused, resumed and stopped") {
  Desk d;
  const auto run = d.made("first try");
  CHECK(run.filename() == "first-try");
  REQUIRE(d.desk.start(run));
  REQUIRE(d.reaches(run, RunPhase::running));

  // As after a restart of the window: nothing but the folder.
  const RunDesk other(d.desk.folder(), d.desk.program());
  auto runs = other.list();
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].pid > 0);
  CHECK(runs[0].pid != ::getpid());
  CHECK(getpriority(PRIO_PROCESS, static_cast<id_t>(runs[0].pid)) >= 10);
  CHECK(runs[0].step == 1);
  CHECK(runs[0].steps == 50);
  CHECK(*runs[0].loss == 1.25);
  CHECK(*runs[0].etaSeconds == 30.0);
  CHECK(runs[0].preset == "tiny-ast");
  CHECK_FALSE(other.start(run));  // one process at a time
  CHECK_FALSE(other.remove(runs[0]));

  REQUIRE(other.pause(runs[0]));
  REQUIRE(d.reaches(run, RunPhase::paused));
  REQUIRE(other.resume(d.look(run)));
  REQUIRE(d.reaches(run, RunPhase::running));
  CHECK(d.look(run).step == 2);
  REQUIRE(other.stop(d.look(run)));
  REQUIRE(d.reaches(run, RunPhase::stopped));
  const auto ended = d.look(run);
  CHECK_FALSE(ended.alive());
  CHECK_FALSE(other.stop(ended));
  CHECK_FALSE(other.pause(ended));
}

TEST_CASE("A run that was killed is interrupted and goes on") {
  Desk d;
  const auto run = d.made("killed");
  REQUIRE(d.desk.start(run));
  REQUIRE(d.reaches(run, RunPhase::running));
  REQUIRE(d.desk.kill(d.look(run)));
  REQUIRE(d.reaches(run, RunPhase::interrupted));
  CHECK(d.look(run).canResume);
  REQUIRE(d.desk.resume(d.look(run), {"epochs=40"}));
  const std::string wanted = "train --resume " + run.string() + " --set epochs=40";
  bool said = false;
  for (int i = 0; i < 2000 && !said; ++i) {
    said = readFile(run / "arguments.txt", 1 << 16).value_or(std::string()).find(wanted) != std::string::npos;
    std::this_thread::sleep_for(10ms);
  }
  CHECK(said);
  CHECK(d.look(run).alive());
}

TEST_CASE("A mark of another process, another start of the machine, or nonsense is no living run") {
  Desk d;
  const auto run = d.made("marks");
  const auto mine = runs::markOf(::getpid());
  REQUIRE(mine);
  const auto write = [&](std::int64_t pid, std::int64_t ticks, const std::string& boot) {
    auto json = serial::JsonValue::object();
    json.set("pid", pid).set("start_ticks", ticks).set("boot", boot);
    REQUIRE(writeFileAtomically(run / "process.json", json.text()));
  };
  const auto ticks = static_cast<std::int64_t>(mine->startTicks);
  write(mine->pid, ticks, mine->boot);
  CHECK(runs::livingProcess(run));
  write(mine->pid, ticks + 1, mine->boot);
  CHECK_FALSE(runs::livingProcess(run));
  write(mine->pid, ticks, "another boot");
  CHECK_FALSE(runs::livingProcess(run));
  REQUIRE(writeFileAtomically(run / "process.json", "[1, 2"));
  CHECK_FALSE(runs::livingProcess(run));
  CHECK_FALSE(runs::markOf(-1));
}

TEST_CASE("A run that cannot begin says why") {
  Desk d;
  const auto run = d.made("no data");
  touch(run / "refuse");
  REQUIRE(d.desk.start(run));
  REQUIRE(d.reaches(run, RunPhase::failed));
  CHECK(d.look(run).message == "no data here");
  const RunDesk without(d.desk.folder(), d.scratch / "nothing here");
  const auto started = without.start(run);
  REQUIRE_FALSE(started);
  CHECK(started.error().code == ErrorCode::notFound);
  std::ofstream(d.scratch / "broken") << "\x7f" << "ELF nonsense";
  std::filesystem::permissions(d.scratch / "broken", std::filesystem::perms::owner_all);
  CHECK_FALSE(RunDesk(d.desk.folder(), d.scratch / "broken").start(run));
}

TEST_CASE("Runs in the queue start one after the other, oldest first") {
  Desk d;
  const auto first = d.made("a");
  std::this_thread::sleep_for(20ms);
  const auto second = d.made("b");
  REQUIRE(d.desk.enqueue(second));
  REQUIRE(d.desk.enqueue(first));
  CHECK(d.look(first).phase == RunPhase::queued);
  auto started = d.desk.startNext(d.desk.list());
  REQUIRE(started);
  CHECK(*started == first);
  REQUIRE(d.reaches(first, RunPhase::running));
  CHECK(*d.desk.startNext(d.desk.list()) == std::nullopt);
  REQUIRE(runs::sayTo(first / "control", "finish"));
  REQUIRE(d.reaches(first, RunPhase::finished));
  const auto ended = d.look(first);
  CHECK(ended.hasModel);
  CHECK(ended.metric == "accuracy");
  CHECK(*ended.best == 0.8);
  CHECK_FALSE(ended.canResume);
  CHECK_FALSE(std::filesystem::exists(first / "control"));
  CHECK(*d.desk.startNext(d.desk.list()) == second);
  REQUIRE(d.reaches(second, RunPhase::running));
  // Taken out of the queue again before it began.
  const auto third = d.made("c");
  REQUIRE(d.desk.enqueue(third));
  REQUIRE(d.desk.stop(d.look(third)));
  CHECK(d.look(third).phase == RunPhase::interrupted);
}

TEST_CASE("Runs are deleted with a way back, cloned and renamed") {
  Desk d;
  training::Recipe recipe;
  recipe.epochs = 7;
  const auto run = d.made("one", recipe);
  auto deleted = d.desk.remove(d.look(run));
  REQUIRE(deleted);
  CHECK(d.desk.list().empty());
  CHECK(d.desk.binBytes() > 100);
  const auto again = d.made("one");
  REQUIRE(d.desk.restore(*deleted));  // the name is taken by now
  CHECK(d.desk.list().size() == 2);
  const auto copy = d.desk.recipeOf(d.desk.folder() / "one-2");
  REQUIRE(copy);
  CHECK(copy->epochs == 7);
  CHECK(d.desk.nameLike("one-2") == "one-3");
  REQUIRE(d.desk.rename(d.look(again), "Ein  schönes Stück/../x"));
  CHECK(std::filesystem::exists(d.desk.folder() / "Ein-schönes-Stück-..-x"));
  REQUIRE(d.desk.remove(d.desk.list().front()));
  REQUIRE(d.desk.emptyBin());
  CHECK(d.desk.binBytes() == 0);
  recipe.mixup = 7.0;
  CHECK_FALSE(runs::folderName("").empty());
  CHECK(runs::folderName("../..") == "run");
  CHECK(runs::folderName(std::string(300, 'x')).size() == 80);
}

TEST_CASE("A run from elsewhere is listed by a link, and deleting it here leaves it there") {
  Desk bench;
  const RunDesk elsewhere(bench.scratch / "projects", bench.scratch / "trainer");
  training::Recipe recipe;
  recipe.data = (bench.scratch / "data").string();
  const auto run = elsewhere.create("mine", recipe);
  REQUIRE(run);
  bench.made("mine");
  const auto link = bench.desk.addExisting(*run);
  REQUIRE(link);
  CHECK(link->filename() == "mine-2");
  CHECK(bench.desk.addExisting(*run).value() == *link);  // once is enough
  auto listed = bench.desk.list();
  REQUIRE(listed.size() == 2);
  const auto found = std::find_if(listed.begin(), listed.end(), [&](const RunSummary& one) { return one.folder == *link; });
  REQUIRE(found != listed.end());
  const auto deleted = bench.desk.remove(*found);
  REQUIRE(deleted);
  CHECK(bench.desk.list().size() == 1);
  REQUIRE(bench.desk.restore(*deleted));
  CHECK(bench.desk.list().size() == 2);
  REQUIRE(bench.desk.remove(*found));
  REQUIRE(bench.desk.emptyBin());
  CHECK(std::filesystem::exists(*run / "recipe.json"));

  const auto refused = bench.desk.addExisting(bench.scratch.path());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == ErrorCode::notFound);
  // The name of a link whose run is gone stays taken.
  REQUIRE(bench.desk.addExisting(*run));
  std::filesystem::remove_all(*run);
  CHECK(bench.desk.nameLike("mine") == "mine-3");
  CHECK(bench.desk.list().size() == 1);
}

TEST_CASE("Folders that are no run are left out, broken ones are named") {
  Desk d;
  std::filesystem::create_directories(d.desk.folder() / "something");
  std::filesystem::create_directories(d.desk.folder() / "broken");
  std::ofstream(d.desk.folder() / "broken" / "config.json") << "{\"family\": ";
  const auto runs = d.desk.list();
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].phase == RunPhase::broken);
  CHECK_FALSE(runs[0].message.empty());
  CHECK(runs::listRuns(d.scratch / "not there").empty());
}

TEST_CASE("A run that somebody else started is found by its lock") {
  Desk d;
  const auto run = d.made("terminal");
  std::ofstream(run / "config.json") << training::recipeJson({}).text();
  // A process of its own holds the lock, as `train` does.
  std::ofstream(d.scratch / "hold") << "#!/bin/sh\nexec flock -F \"$1\" sleep 60\n";
  std::filesystem::permissions(d.scratch / "hold", std::filesystem::perms::owner_all);
  touch(run / ".lock");
  auto mark = runs::startDetached({d.scratch / "hold", {(run / ".lock").string()}, d.scratch / "pipe", d.scratch / "log", 5});
  REQUIRE(mark);
  bool found = false;
  for (int i = 0; i < 500 && !found; ++i) {
    found = d.look(run).alive();
    std::this_thread::sleep_for(10ms);
  }
  CHECK(found);
  ::kill(static_cast<pid_t>(mark->pid), SIGKILL);
}

TEST_CASE("A folder of runs has ended when its study has") {
  Desk d;
  const auto study = d.made("study");
  {
    std::ofstream events(study / "events.jsonl");
    events << R"({"event":"run","time":1,"name":"fold=1","number":1,"count":1})" << '\n';
    events << R"({"event":"study","time":2,"stopped":false,"folder":"study"})" << '\n';
  }
  CHECK(d.look(study).phase == RunPhase::finished);
}

TEST_CASE("The last lines are found at the end of a long file") {
  Desk d;
  const auto run = d.made("long");
  std::ofstream(run / "config.json") << training::recipeJson({}).text();
  {
    std::ofstream events(run / "events.jsonl");
    for (int i = 1; i <= 20000; ++i) {
      events << R"({"event":"step","time":)" << i << R"(,"epoch":2,"step":)" << i << R"(,"steps":30000,"loss":0.5,"loss_smoothed":0.25})" << '\n';
      if (i % 5000 == 0) events << R"({"event":"epoch","time":)" << i << R"(,"epoch":)" << i / 5000 << R"(,"step":1,"metric":"accuracy","value":0.5,"best":0.6})" << '\n';
    }
    events << R"({"event":"step","ti)";
  }
  const auto summary = d.look(run);
  CHECK(summary.step == 20000);
  CHECK(*summary.loss == 0.25);
  CHECK(summary.epoch == 4);
  CHECK(*summary.best == 0.6);
  CHECK(summary.phase == RunPhase::interrupted);
}

#include "core/training/run_folder.h"

#include <algorithm>
#include <fstream>
#include <set>

#include "core/base/atomic_file.h"
#include "core/training/checkpoint_store.h"
#include "core/training/data_order.h"
#include "core/training/train_control.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::training;

namespace {

Checkpoint checkpointAt(std::int64_t step, bool best = false) {
  Checkpoint made;
  made.mark = {step, step / 10, step % 10 == 0, best};
  made.state = serial::JsonValue::object().set("word", "s" + std::to_string(step));
  TensorBlob tensor{"weights", DType::f32, {2}, std::vector<std::byte>(8)};
  tensor.bytes[0] = std::byte(step);
  made.tensors = {tensor};
  return made;
}

std::vector<std::string> namesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

}  // namespace

TEST_CASE("The newest checkpoint comes back, older ones go by the policy, the best stays") {
  const test::Scratch folder;
  const CheckpointStore store(folder / "c", {2, 2});
  CheckpointStore writer = store;
  for (const std::int64_t step : {5, 10, 15, 20, 25, 30, 35}) REQUIRE(writer.write(checkpointAt(step, step == 15)));
  CHECK(namesIn(folder / "c") == std::vector<std::string>{"step-000000000015", "step-000000000020", "step-000000000030", "step-000000000035"});
  std::vector<std::string> notes;
  auto newest = store.newest(notes);
  REQUIRE((newest && *newest));
  CHECK((*newest)->mark.step == 35);
  CHECK(*(*newest)->state.find("word")->string() == "s35");
  CHECK((*newest)->tensors.front().bytes[0] == std::byte(35));
  auto best = store.best(notes);
  REQUIRE((best && *best));
  CHECK((*best)->mark.step == 15);
  CHECK(notes.empty());
}

TEST_CASE("A damaged checkpoint is passed over, half a write never seen, the same step may be written again") {
  const test::Scratch folder;
  CheckpointStore store(folder / "c", {3, 0});
  REQUIRE(store.write(checkpointAt(1)));
  REQUIRE(store.write(checkpointAt(2)));
  auto again = store.write(checkpointAt(2));
  REQUIRE(again);
  CHECK(again->filename() == "step-000000000002.1");
  for (const auto* name : {"step-000000000002", "step-000000000002.1"}) {
    std::fstream file(folder / "c" / name / "state.safetensors", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(-1, std::ios::end);
    file.put('\x7f');
  }
  std::filesystem::create_directories(folder / "c" / ".part-77");
  const CheckpointStore reopened(folder / "c", {3, 0});
  CHECK_FALSE(std::filesystem::exists(folder / "c" / ".part-77"));
  std::vector<std::string> notes;
  auto newest = reopened.newest(notes);
  REQUIRE((newest && *newest));
  CHECK((*newest)->mark.step == 1);
  CHECK(notes.size() == 2);
  REQUIRE(writeFileAtomically(folder / "c" / "step-000000000001" / "state.json", R"({"format":"chladni-checkpoint","version":99})"));
  CHECK_FALSE(reopened.newest(notes));
}

TEST_CASE("What is written after a damaged checkpoint was passed over is the newest, and good ones are kept") {
  const test::Scratch folder;
  CheckpointStore store(folder / "c", {2, 0});
  for (const std::int64_t step : {10, 20, 30}) REQUIRE(store.write(checkpointAt(step)));
  REQUIRE(writeFileAtomically(folder / "c" / "step-000000000030" / "state.json", "{}"));
  REQUIRE(store.write(checkpointAt(25)));  // the run went on from step 20
  CHECK(namesIn(folder / "c") == std::vector<std::string>{"passed-over-step-000000000030", "step-000000000020", "step-000000000025"});
  REQUIRE(store.write(checkpointAt(30)));
  std::vector<std::string> notes;
  auto newest = store.newest(notes);
  REQUIRE((newest && *newest));
  CHECK((*newest)->mark.step == 30);
  CHECK(notes.empty());
}

TEST_CASE("A full disk is told in megabytes") {
  const test::Scratch folder;
  const CheckpointStore store(folder / "c", {}, [](const auto&) { return std::uintmax_t{3'000'000}; });
  CHECK_FALSE(store.lacksRoom(2'000'000));
  const auto lack = store.lacksRoom(340'000'000);
  REQUIRE(lack);
  CHECK(lack->find("3 MB free, 340 MB needed") != std::string::npos);
}

TEST_CASE("A run folder belongs to one process, keeps its recipe and forgets what came after a checkpoint") {
  const test::Scratch folder;
  Recipe recipe;
  recipe.data = "x.csv";
  recipe.batch = 3;
  {
    auto run = RunFolder::create(folder / "run", recipe);
    REQUIRE(run);
    CHECK_FALSE(RunFolder::create(folder / "run", recipe));
    auto second = RunFolder::reopen(folder / "run", {});
    REQUIRE_FALSE(second);
    CHECK(second.error().message.find("another process") != std::string::npos);
    for (std::int64_t step = 1; step <= 4; ++step) (*run)->append(makeEvent("step").set("step", step));
    (*run)->append(makeEvent("done"));
  }
  std::ofstream(folder / "run" / "events.jsonl", std::ios::app) << "{\"event\":\"st";
  auto learning = RunFolder::reopen(folder / "run", {"batch=4"});
  REQUIRE_FALSE(learning);
  CHECK(learning.error().message.find("goes on as it began") != std::string::npos);
  auto run = RunFolder::reopen(folder / "run", {"epochs=99"});
  REQUIRE(run);
  CHECK((*run)->recipe().batch == 3);
  CHECK((*run)->recipe().epochs == 99);
  const auto written = [&] { return *readFile(folder / "run" / "config.json", 1 << 20); };
  CHECK(written().find("\"epochs\": 99") == std::string::npos);  // what it needs may not be there
  REQUIRE((*run)->goOnFrom(2));
  CHECK(written().find("\"epochs\": 99") != std::string::npos);
  auto text = readFile(folder / "run" / "events.jsonl", 1 << 20);
  REQUIRE(text);
  CHECK(std::count(text->begin(), text->end(), '\n') == 2);
  CHECK_FALSE(RunFolder::reopen(folder / "nothing", {}));
}

TEST_CASE("Commands come as words or JSON; a stop is not lost while paused") {
  TrainControl control;
  CHECK(control.obey("pause\n"));
  CHECK(control.paused());
  CHECK_FALSE(control.obey("dance"));
  CHECK(control.obey(R"({"command": "stop"})"));
  control.waitWhilePaused();
  CHECK(control.stopRequested());
}

TEST_CASE("An epoch's order is a permutation, another one each epoch, the same again for the same seed") {
  const DataOrder order(50, 3);
  auto first = order.itemsOf(0);
  CHECK(first == DataOrder(50, 3).itemsOf(0));
  CHECK(first != order.itemsOf(1));
  CHECK(first != DataOrder(50, 4).itemsOf(0));
  CHECK(std::set<std::int64_t>(first.begin(), first.end()).size() == 50);
  CHECK(order.seedAt(0, 1) != order.seedAt(1, 0));
  const DataOrder weighted(3, 1, {0.0, 1.0, 3.0});
  std::vector<int> counts(3);
  for (std::int64_t epoch = 0; epoch < 400; ++epoch)
    for (const auto item : weighted.itemsOf(epoch)) ++counts[static_cast<std::size_t>(item)];
  CHECK(counts[0] == 0);
  CHECK(std::abs(counts[2] - 900) < 60);
}

// chladni-cli train over several processes, over folds, and over the values of a field.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <future>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "core/serial/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/port.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using namespace chladni;
using test::Ran;
using test::run;
using test::Scratch;

namespace {

std::string text(const std::filesystem::path& path) { return readFile(path, 1 << 24).value_or(""); }

void writeTones(const std::filesystem::path& root) {
  for (int n = 0; n < 8; ++n)
    for (const auto& [name, hz] : {std::pair{"low", 200.0 + 20.0 * n}, std::pair{"high", 2000.0 + 150.0 * n}}) {
      std::filesystem::create_directories(root / name);
      test::writeSine((root / name / (std::string(name) + std::to_string(n) + ".wav")).string(), hz, 0.6, 16000);
    }
}

std::filesystem::path writeClips(const Scratch& scratch) {
  std::ofstream manifest(scratch / "clips.csv");
  manifest << "path,start,end,labels\n";
  for (int n = 0; n < 8; ++n) manifest << CHLADNI_DEMO << "," << 4 * n << "," << 4 * n + 4 << ",music\n";
  return scratch / "clips.csv";
}

std::vector<std::string> withFields(std::vector<std::string> arguments, const std::vector<std::string>& fields) {
  for (const auto& field : fields) {
    arguments.emplace_back("--set");
    arguments.push_back(field);
  }
  return arguments;
}

std::vector<std::string> toneArguments(const Scratch& scratch, const std::string& out) {
  return withFields({"train", "tiny-ast", "--json", "--threads", "1", "--data", (scratch / "data").string(), "--out", (scratch / out).string()},
                    {"depth=1", "width=32", "heads=2", "frames=48", "batch=4", "epochs=2", "report_every=1", "validation_share=0.25",
                     "cache_folder=" + (scratch / "cache").string()});
}

std::vector<std::string> painterArguments(const Scratch& scratch, const std::string& out, int epochs) {
  return withFields({"train", "tiny-dualmae", "--json", "--threads", "1", "--data", writeClips(scratch).string(), "--out", (scratch / out).string()},
                    {"width=32", "heads=2", "decoder_width=32", "decoder_heads=2", "frames=48", "picture_size=48", "batch=4", "epochs=" + std::to_string(epochs),
                     "checkpoint_every=1", "report_every=1", "group_by=item", "validation_share=0", "contrastive_weight=0.1", "drop_last=true",
                     "cache_folder=" + (scratch / "cache").string()});
}

// The losses and gradients of all steps.
std::vector<double> curve(const std::filesystem::path& folder) {
  std::istringstream lines(text(folder / "events.jsonl"));
  std::vector<double> all;
  for (std::string line; std::getline(lines, line);) {
    auto event = serial::parseJson(line, "events.jsonl");
    REQUIRE(event);
    if (*event->find("event")->string() != "step") continue;
    all.push_back(*event->find("loss")->number());
    all.push_back(*event->find("grad_norm")->number());
  }
  return all;
}

std::vector<std::string> asProcess(int rank, int count, std::uint16_t port) {
  return {"RANK=" + std::to_string(rank), "WORLD_SIZE=" + std::to_string(count), "LOCAL_RANK=" + std::to_string(rank), "MASTER_ADDR=127.0.0.1",
          "MASTER_PORT=" + std::to_string(port)};
}

std::pair<Ran, Ran> runBoth(const std::vector<std::string>& arguments) {
  const auto port = test::freePort();
  auto second = std::async(std::launch::async, [&] { return run(arguments, asProcess(1, 2, port)); });
  auto first = run(arguments, asProcess(0, 2, port));
  return {first, second.get()};
}

}  // namespace

#ifdef CHLADNI_HAS_C10D
TEST_CASE("Two processes paint as one does, and when one is killed the other ends with the last checkpoint") {
  const Scratch scratch;
  const auto alone = run(painterArguments(scratch, "alone", 3));
  INFO(alone.err);
  REQUIRE(alone.status == 0);
  const auto [first, second] = runBoth(painterArguments(scratch, "both", 3));
  INFO(first.err << second.err);
  REQUIRE(first.status == 0);
  REQUIRE(second.status == 0);
  CHECK(second.out.empty());
  const auto expected = curve(scratch / "alone"), found = curve(scratch / "both");
  REQUIRE(expected.size() == 12);
  REQUIRE(found.size() == expected.size());
  for (std::size_t n = 0; n < found.size(); ++n) CHECK(found[n] == Approx(expected[n]).epsilon(1e-3));
  CHECK(run({"models", "verify", (scratch / "both").string()}).status == 0);

  const auto port = test::freePort();
  const auto reached = [&] { return text(scratch / "killed" / "events.jsonl").find("\"step\":3,") != std::string::npos; };
  auto victim = std::async(std::launch::async, [&] { return test::runUntil(painterArguments(scratch, "killed", 200), reached, SIGKILL, asProcess(1, 2, port)); });
  const auto left = run(painterArguments(scratch, "killed", 200), asProcess(0, 2, port));
  CHECK(victim.get().status == 128 + SIGKILL);
  CHECK(left.status == 1);
  CHECK(left.err.find("process 0 of 2 lost another one") != std::string::npos);
  CHECK(left.errorLines() == 1);
  CHECK_FALSE(std::filesystem::is_empty(scratch / "killed" / "checkpoints"));
  const auto [again, other] = runBoth({"train", "--json", "--resume", (scratch / "killed").string(), "--set", "epochs=3"});
  INFO(again.err << other.err);
  // As many steps as the first had may be more than three epochs by now; either way the run comes to its end.
  CHECK(again.status == 0);
  CHECK(other.status == 0);
}
#endif

TEST_CASE("What is missing for several processes is said in a line") {
  const Scratch scratch;
  writeTones(scratch / "data");
  const auto ran = run(toneArguments(scratch, "run"), {"RANK=0", "WORLD_SIZE=2"});
  CHECK(ran.status == 2);
  CHECK(ran.err.starts_with("error: MASTER_ADDR is not set"));
  CHECK(ran.errorLines() == 1);
}

TEST_CASE("A cross-validation holds every recording out once and tells means and deviations") {
  const Scratch scratch;
  writeTones(scratch / "data");
  auto arguments = toneArguments(scratch, "folds");
  arguments.insert(arguments.end(), {"--folds", "2"});
  const auto ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  auto table = serial::readJsonFile((scratch / "folds" / "table.json").string());
  REQUIRE(table);
  const serial::JsonField row = serial::JsonField(*table)["rows"][0];
  CHECK(*row["runs"].whole(0) == 2);
  const auto mean = *row["figures"]["accuracy"]["mean"].number();
  CHECK(mean == Approx((*row["figures"]["accuracy"]["values"][0].number() + *row["figures"]["accuracy"]["values"][1].number()) / 2.0));
  CHECK(ran.out.find("\"event\":\"study\"") != std::string::npos);
  CHECK(text(scratch / "folds" / "plot.svg").find("<svg xmlns=") != std::string::npos);
  const auto compared = run({"compare", (scratch / "folds").string(), "--against", (scratch / "folds").string()});
  INFO(compared.err);
  CHECK(compared.status == 0);
  CHECK(compared.out.find("2 folds") != std::string::npos);
  CHECK(compared.out.find("macro_f1") != std::string::npos);
  // 16 recordings, 8 held out in each.
  for (const char* fold : {"fold=1", "fold=2"}) {
    auto report = serial::readJsonFile((scratch / "folds" / fold / "data_report.json").string());
    REQUIRE(report);
    CHECK(*report->find("validation")->integer() == 8);
    CHECK(run({"models", "verify", (scratch / "folds" / fold).string()}).status == 0);
  }
}

TEST_CASE("One run of a sweep that fails does not keep the others from theirs") {
  const Scratch scratch;
  writeTones(scratch / "data");
  REQUIRE(run(toneArguments(scratch, "first")).status == 0);
  auto arguments = toneArguments(scratch, "sweep");
  arguments.insert(arguments.end(), {"--sweep", "start=nowhere," + (scratch / "first").string()});
  const auto ran = run(arguments);
  INFO(ran.err);
  CHECK(ran.status == 3);
  CHECK(ran.err.find("warning: start=nowhere: ") != std::string::npos);
  CHECK(ran.err.find("error: 1 of 2 runs failed; --resume tries them again: start=nowhere: ") != std::string::npos);
  const auto csv = text(scratch / "sweep" / "table.csv");
  CHECK(csv.find("ours," + (scratch / "first").string() + ",1,") != std::string::npos);
}

TEST_CASE("A sweep that was killed goes on where it stood, and its table names the values") {
  const Scratch scratch;
  writeTones(scratch / "data");
  auto arguments = toneArguments(scratch, "sweep");
  arguments.insert(arguments.end(), {"--sweep", "rate=0.001,0.002", "--sweep", "optimiser=adam,adamw"});
  const auto reached = [&] { return text(scratch / "sweep" / "rate=0.001,optimiser=adamw" / "events.jsonl").find("\"step\":2,") != std::string::npos; };
  REQUIRE(test::runUntil(arguments, reached, SIGKILL).status != 0);
  const auto firstModel = serial::sha256OfFile(scratch / "sweep" / "rate=0.001,optimiser=adam" / "weights.safetensors");
  REQUIRE(firstModel);
  const auto ended = std::filesystem::last_write_time(scratch / "sweep" / "rate=0.001,optimiser=adam" / "weights.safetensors");
  const auto ran = run({"train", "--resume", (scratch / "sweep").string()});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  CHECK(std::filesystem::last_write_time(scratch / "sweep" / "rate=0.001,optimiser=adam" / "weights.safetensors") == ended);
  const auto csv = text(scratch / "sweep" / "table.csv");
  CHECK(std::count(csv.begin(), csv.end(), '\n') == 5);
  for (const char* row : {"ours,0.001,adam,1,", "ours,0.001,adamw,1,", "ours,0.002,adam,1,", "ours,0.002,adamw,1,"}) CHECK(csv.find(row) != std::string::npos);
  CHECK(csv.find("seconds_per_epoch") != std::string::npos);
  CHECK(text(scratch / "sweep" / "plot.svg").find("optimiser adamw") != std::string::npos);
  const auto again = run(arguments);
  CHECK(again.status == 2);
  CHECK(again.err.find("holds a study") != std::string::npos);
}

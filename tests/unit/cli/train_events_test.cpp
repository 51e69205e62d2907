// The way from nothing to a localiser and back: scenes are made, a small DMRN learns from them with its backbones, the
// run is a package that localises media, and evaluate knows its figures. A miniature of the shipped package's recipe.
#include <algorithm>
#include <filesystem>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using namespace chladni;
using test::Ran;
using test::run;
using test::Scratch;
namespace fs = std::filesystem;

namespace {

Ran scenes(const Scratch& scratch, const std::string& name, int count, int seed, const std::string& test) {
  return run({"synth", "scenes", "--out", (scratch / name).string(), "--scenes", std::to_string(count), "--seed", std::to_string(seed), "--size", "112", "--fps", "4",
              "--rate", "16000", "--classes", "Train horn", "Chainsaw", "Clock", "--styles", "flat", "--off-screen", "0", "--without-event", "0", "--validation", "0.2", "--test", test, "--threads", "1", "--quiet"});
}

double numberAt(const serial::JsonValue& json, const char* name) {
  const auto* value = json.find(name);
  REQUIRE(value);
  return value->number().value_or(-1.0);
}

serial::JsonValue jsonOf(const Ran& ran) {
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  auto json = serial::parseJson(ran.out, "output");
  REQUIRE(json);
  return *json;
}

}  // namespace

TEST_CASE("A localiser learns from synthetic scenes, and its package localises and is measured") {
  const Scratch scratch;
  REQUIRE(scenes(scratch, "data", 40, 1, "0").status == 0);
  REQUIRE(scenes(scratch, "unseen", 8, 2, "0.8").status == 0);
  const auto out = (scratch / "run").string();
  const auto trained = run({"train", "dmrn-s", "--data", (scratch / "data").string(), "--out", out, "--threads", "1", "--quiet", "--set", "epochs=20", "--set", "width=48",
                            "--set", "hidden=32", "--set", "attention_width=48", "--set", "batch=4", "--set", "warmup_steps=5", "--set", "rate=0.003",
                            "--set", "cache_folder=" + (scratch / "cache").string()});
  INFO(trained.err);
  REQUIRE(trained.status == 0);
  for (const char* file : {"model.json", "ear/model.json", "eye/model.json", "ear/weights.safetensors"}) CHECK(fs::exists(scratch / "run" / file));

  const auto report = jsonOf(run({"evaluate", "--model", out, "--data", (scratch / "unseen").string(), "--json"}));
  CHECK(*report.find("task")->string() == "segments");
  // Clearly more than the best constant answer.
  double most = 0.0;
  for (const auto& row : *report.find("per_class")->items()) most = std::max(most, numberAt(row, "support"));
  CHECK(numberAt(report, "accuracy") > most / numberAt(report, "n") + 0.15);
  const auto* pointing = report.find("pointing");
  REQUIRE(pointing);
  CHECK(numberAt(*pointing, "seconds") > 5);
  CHECK(numberAt(*pointing, "accuracy") >= 0.0);
  REQUIRE(report.find("event_f1")->items()->size() == 2);

  std::string clip;
  for (const auto& entry : fs::directory_iterator(scratch / "unseen" / "AVE")) clip = entry.path().string();
  const auto found = jsonOf(run({"localize", clip, "--model", out, "--json"}));
  CHECK(found.find("segments")->items()->size() == 10);
  CHECK(found.find("attention")->find("per_segment")->items()->size() == 10);
}

TEST_CASE("Recipes of localisers that cannot be run are refused in one line") {
  const Scratch scratch;
  auto refused = run({"train", "dmrn-s", "--data", (scratch / "nothing").string(), "--out", (scratch / "run").string()});
  CHECK(refused.status != 0);
  CHECK(refused.errorLines() == 1);
  refused = run({"train", "dmrn", "--set", "source=files", "--data", scratch.path().string(), "--out", (scratch / "run").string()});
  CHECK(refused.status == 2);
  CHECK(refused.err.find("source") != std::string::npos);
  refused = run({"synth", "scenes", "--out", (scratch / "x").string(), "--classes", "Whale"});
  CHECK(refused.status != 0);
  CHECK(refused.err.find("Whale") != std::string::npos);
}

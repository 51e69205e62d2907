// The way from nothing to a localiser and back: scenes are made, a small DMRN learns from them with its backbones, the
// run is a package that localises media, and evaluate knows its figures. A miniature of the shipped package's recipe.
#include <algorithm>
#include <filesystem>
#include <sstream>

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
  const auto* preset = GENERATE("dmrn-s", "av-att-s");
  CAPTURE(preset);
  const Scratch scratch;
  REQUIRE(scenes(scratch, "data", 40, 1, "0").status == 0);
  REQUIRE(scenes(scratch, "unseen", 8, 2, "0.8").status == 0);
  const auto out = (scratch / "run").string();
  const auto trained = run({"train", preset, "--data", (scratch / "data").string(), "--out", out, "--threads", "1", "--quiet", "--set", "epochs=20", "--set", "width=48",
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
  CHECK(numberAt(*pointing, "accuracy") > numberAt(*pointing, "chance") + 0.15);
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

namespace {

// Ten quick scenes with media, and how a localiser of them is trained for two epochs.
struct QuickScenes {
  QuickScenes() { REQUIRE(scenes(scratch, "data", 12, 3, "0").status == 0); }
  [[nodiscard]] Ran train(const std::string& preset, const std::string& out, std::vector<std::string> fields) const {
    std::vector<std::string> arguments{"train", preset, "--data", (scratch / "data").string(), "--out", (scratch / out).string(), "--threads", "1", "--quiet"};
    fields.insert(fields.end(), {"epochs=2", "evaluate_every=1", "batch=4", "hidden=16", "attention_width=16", "cache_folder=" + (scratch / "cache").string()});
    for (const auto& field : fields) {
      arguments.emplace_back("--set");
      arguments.push_back(field);
    }
    return run(arguments);
  }
  // The run is a package that says something about a clip.
  void requireWorks(const std::string& out) const {
    std::string clip;
    for (const auto& entry : fs::directory_iterator(scratch / "data" / "AVE")) clip = entry.path().string();
    const auto found = jsonOf(run({"localize", clip, "--model", (scratch / out).string(), "--json"}));
    CHECK(found.find("segments")->items()->size() == 10);
  }
  Scratch scratch;
};

const std::string kEar = CHLADNI_EVENTS_PACKAGE "/ear";
const std::string kEye = CHLADNI_EVENTS_PACKAGE "/eye";

// Losses of the epochs.
std::vector<double> losses(const fs::path& folder) {
  std::istringstream lines(readFile(folder / "events.jsonl", 1 << 24).value_or(""));
  std::vector<double> all;
  for (std::string line; std::getline(lines, line);) {
    const auto event = serial::parseJson(line, "events.jsonl");
    REQUIRE(event);
    if (*event->find("event")->string() == "epoch") all.push_back(*event->find("train")->find("loss")->number());
  }
  return all;
}

}  // namespace

TEST_CASE("Localisers learn from one label a clip, and with GRUs, and what results localises") {
  const QuickScenes quick;
  for (const char* preset : {"av-att-weak", "dmrn-weak"})
    for (const char* cell : {"lstm", "gru"}) {
      const std::string out = std::string(preset) + cell;
      INFO(out);
      const auto trained = quick.train(preset, out, {"backbone=small", "width=16", std::string("cell=") + cell});
      INFO(trained.err);
      REQUIRE(trained.status == 0);
      CHECK(losses(quick.scratch / out).size() == 2);
      quick.requireWorks(out);
      const auto shown = jsonOf(run({"models", "show", (quick.scratch / out).string(), "--json"}));
      CHECK(shown.text().find(cell) != std::string::npos);
    }
}

TEST_CASE("Localisers learn from backbone packages, and from the features that these have written") {
  const QuickScenes quick;
  const std::vector<std::string> packages{"backbone=packages", "sound_backbone=" + kEar, "picture_backbone=" + kEye};
  for (const char* preset : {"av-att", "dmrn", "ave-audio", "ave-visual", "av-att-weak"}) {
    INFO(preset);
    const auto trained = quick.train(preset, std::string(preset) + "-packages", packages);
    INFO(trained.err);
    REQUIRE(trained.status == 0);
    quick.requireWorks(std::string(preset) + "-packages");
  }
  const auto data = quick.scratch / "data";
  for (const auto& [package, file] : {std::pair{kEar, "audio_feature.h5"}, std::pair{kEye, "visual_feature.h5"}}) {
    const auto written = run({"features", data.string(), "--backbone", package, "--out", (data / file).string(), "--threads", "1", "--quiet"});
    INFO(written.err);
    REQUIRE(written.status == 0);
  }
  auto features = packages;
  features[0] = "backbone=features";
  const auto trained = quick.train("av-att", "features", features);
  INFO(trained.err);
  REQUIRE(trained.status == 0);
  quick.requireWorks("features");
  // The same numbers by another way: had the rows another order, the losses would differ.
  const auto direct = losses(quick.scratch / "av-att-packages"), read = losses(quick.scratch / "features");
  REQUIRE(direct.size() == read.size());
  for (std::size_t n = 0; n < direct.size(); ++n) CHECK(read[n] == Approx(direct[n]).epsilon(1e-4));
}

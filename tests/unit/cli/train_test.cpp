// chladni-cli train never loses a run: killed at random moments and resumed, it gives the weights of a run that was not.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <random>
#include <thread>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "core/serial/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using namespace chladni;
using test::bytesOf;
using test::Ran;
using test::run;
using test::Scratch;

namespace {

void writeTones(const std::filesystem::path& root) {
  for (int n = 0; n < 8; ++n)
    for (const auto& [name, hz] : {std::pair{"low", 200.0 + 20.0 * n}, std::pair{"high", 2000.0 + 150.0 * n}}) {
      std::filesystem::create_directories(root / name);
      test::writeSine((root / name / (std::string(name) + std::to_string(n) + ".wav")).string(), hz, 0.6, 16000);
    }
}

// Tiny, with everything that a resumed run could get wrong: augmentation, patchout, averages of both kinds, accumulation.
std::vector<std::string> trainArguments(const Scratch& scratch, const std::string& out, int epochs) {
  std::vector<std::string> all{"train", "tiny-ast", "--json", "--threads", "1", "--data", (scratch / "data").string(), "--out", (scratch / out).string()};
  for (const std::string& field : {std::string("depth=1"), std::string("width=32"), std::string("heads=2"), std::string("frames=48"),
                                   std::string("batch=3"), std::string("accumulate=2"), std::string("patchout=0.3"),
                                   std::string("drop_path=0.2"), std::string("mixup=0.4"), std::string("mask_bins=20"),
                                   std::string("noise=true"), std::string("balanced=true"), std::string("ema=0.9"),
                                   std::string("average_from=2"), std::string("checkpoint_every=2"), std::string("report_every=1"),
                                   std::string("validation_share=0.25"), "epochs=" + std::to_string(epochs),
                                   "cache_folder=" + (scratch / "cache").string()}) {
    all.emplace_back("--set");
    all.push_back(field);
  }
  return all;
}

std::vector<std::string> resumeArguments(const Scratch& scratch, const std::string& out) {
  return {"train", "--json", "--resume", (scratch / out).string()};
}

std::string sum(const std::filesystem::path& path) {
  auto made = serial::sha256OfFile(path);
  INFO(path);
  REQUIRE(made);
  return *made;
}

// Losses of all steps, as text.
std::string curve(const std::filesystem::path& folder) {
  std::istringstream lines(bytesOf(folder / "events.jsonl"));
  std::string all;
  for (std::string line; std::getline(lines, line);) {
    auto event = serial::parseJson(line, "events.jsonl");
    REQUIRE(event);
    const auto name = *event->find("event")->string();
    if (name == "step" || name == "epoch")
      all += name + event->find("step")->text() + " " + (name == "step" ? event->find("loss") : event->find("validation"))->text() + "\n";
  }
  return all;
}

std::filesystem::path lastCheckpoint(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> all;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "checkpoints")) all.push_back(entry.path());
  return *std::max_element(all.begin(), all.end());
}

}  // namespace

TEST_CASE("A run killed at random moments and resumed ends with the very weights of one that was not") {
  const Scratch scratch;
  writeTones(scratch / "data");
  const auto whole = run(trainArguments(scratch, "whole", 8));
  INFO(whole.err);
  REQUIRE(whole.status == 0);
  std::mt19937 random(std::random_device{}());
  const auto events = scratch / "killed" / "events.jsonl";
  int kills = 0;
  for (;; ++kills) {
    REQUIRE(kills < 40);
    // Somewhere in the next kilobytes of events, and a little later.
    const auto enough = bytesOf(events).size() + 500 + random() % 4000;
    const auto later = std::chrono::microseconds(random() % 8000);
    const auto arguments = std::filesystem::exists(scratch / "killed" / "config.json") ? resumeArguments(scratch, "killed") : trainArguments(scratch, "killed", 8);
    const auto ran = test::runUntil(
        arguments,
        [&] {
          if (kills >= 3 || bytesOf(events).size() < enough) return false;
          std::this_thread::sleep_for(later);
          return true;
        },
        SIGKILL);
    INFO(ran.err);
    if (ran.status == 0) break;
    REQUIRE(ran.status == 128 + SIGKILL);
  }
  CHECK(kills >= 1);
  CHECK(sum(scratch / "killed" / "weights.safetensors") == sum(scratch / "whole" / "weights.safetensors"));
  CHECK(sum(lastCheckpoint(scratch / "killed") / "state.safetensors") == sum(lastCheckpoint(scratch / "whole") / "state.safetensors"));
  CHECK(curve(scratch / "killed") == curve(scratch / "whole"));
}

TEST_CASE("Pre-training without labels goes on with its teacher after a kill") {
  const Scratch scratch;
  writeTones(scratch / "data");
  const auto arguments = [&](const std::string& out) {
    std::vector<std::string> all{"train", "tiny-asit", "--json", "--threads", "1", "--data", (scratch / "data").string(), "--out", (scratch / out).string()};
    for (const std::string& field : {std::string("depth=1"), std::string("width=32"), std::string("heads=2"), std::string("frames=32"),
                                     std::string("projection_hidden=16"), std::string("projection_outputs=16"), std::string("batch=4"),
                                     std::string("epochs=3"), std::string("checkpoint_every=1"), std::string("report_every=1"),
                                     "cache_folder=" + (scratch / "cache").string()}) {
      all.emplace_back("--set");
      all.push_back(field);
    }
    return all;
  };
  const auto whole = run(arguments("whole"));
  INFO(whole.err);
  REQUIRE(whole.status == 0);
  const auto reached = [&] { return bytesOf(scratch / "killed" / "events.jsonl").find("\"step\":5") != std::string::npos; };
  REQUIRE(test::runUntil(arguments("killed"), reached, SIGKILL).status != 0);
  REQUIRE(run(resumeArguments(scratch, "killed")).status == 0);
  CHECK(sum(scratch / "killed" / "weights.safetensors") == sum(scratch / "whole" / "weights.safetensors"));
  CHECK(curve(scratch / "killed") == curve(scratch / "whole"));
  const auto shown = run({"models", "verify", (scratch / "killed").string()});
  INFO(shown.err);
  CHECK(shown.status == 0);
}

// Stretches of the demo, a recording without pictures and a file that is neither.
std::filesystem::path writeClips(const Scratch& scratch) {
  test::writeSine((scratch / "tone.wav").string(), 500.0, 3.0, 16000);
  std::ofstream(scratch / "text.mp4") << "not a film";
  std::ofstream manifest(scratch / "clips.csv");
  manifest << "path,start,end,labels\n";
  for (int n = 0; n < 7; ++n) manifest << CHLADNI_DEMO << "," << 4 * n << "," << 4 * n + 4 << ",music\n";
  manifest << "tone.wav,,,tone\ntext.mp4,,,nothing\n";
  return scratch / "clips.csv";
}

TEST_CASE("A painter of sound and pictures learns from films and recordings, is killed, and goes on bit for bit") {
  const Scratch scratch;
  const auto clips = writeClips(scratch);
  const auto arguments = [&](const std::string& out) {
    std::vector<std::string> all{"train", "tiny-dualmae", "--json", "--threads", "1", "--data", clips.string(), "--out", (scratch / out).string()};
    for (const std::string& field : {std::string("width=32"), std::string("heads=2"), std::string("decoder_width=32"), std::string("decoder_heads=2"),
                                     std::string("frames=48"), std::string("picture_size=48"), std::string("batch=3"), std::string("epochs=3"),
                                     std::string("modality_dropout=0.3"), std::string("checkpoint_every=1"), std::string("report_every=1"),
                                     std::string("group_by=item"), "cache_folder=" + (scratch / "cache").string()}) {
      all.emplace_back("--set");
      all.push_back(field);
    }
    return all;
  };
  const auto whole = run(arguments("whole"));
  INFO(whole.err);
  REQUIRE(whole.status == 0);
  CHECK(whole.out.find("1 item has no pictures and is used for its sound alone: tone.wav") != std::string::npos);
  CHECK(whole.out.find("1 item cannot be used and is left out: text.mp4") != std::string::npos);
  for (const char* part : {"mae_audio", "mae_visual", "contrastive"}) CHECK(whole.out.find(std::string("\"") + part + "\"") != std::string::npos);
  const auto reached = [&] { return bytesOf(scratch / "killed" / "events.jsonl").find("\"step\":3") != std::string::npos; };
  REQUIRE(test::runUntil(arguments("killed"), reached, SIGKILL).status != 0);
  const auto resumed = run(resumeArguments(scratch, "killed"));
  INFO(resumed.err);
  REQUIRE(resumed.status == 0);
  CHECK(sum(scratch / "killed" / "weights.safetensors") == sum(scratch / "whole" / "weights.safetensors"));
  CHECK(curve(scratch / "killed") == curve(scratch / "whole"));
  const auto told = whole.out.find("\"event\":\"sample\"");
  REQUIRE(told != std::string::npos);
  const auto line = whole.out.rfind('\n', told) + 1;
  const auto sample = serial::parseJson(whole.out.substr(line, whole.out.find('\n', told) - line), "sample");
  REQUIRE(sample);
  const auto paths = serial::JsonField(*sample)["paths"].strings();
  REQUIRE(paths);
  REQUIRE_FALSE(paths->empty());
  for (const auto& path : *paths) CHECK(std::filesystem::exists(path));
  const auto shown = run({"reconstruct", CHLADNI_DEMO, "--at", "10", "--model", (scratch / "whole").string(), "--json"});
  INFO(shown.err);
  REQUIRE(shown.status == 0);
  CHECK(shown.out.find("\"nearest_patch\"") != std::string::npos);
}

TEST_CASE("Stop and SIGTERM deliver a usable model, and the run can go on") {
  const Scratch scratch;
  writeTones(scratch / "data");
  std::ofstream(scratch / "words") << "{\"command\": \"stop\"}\n";
  const auto stopped = test::runWithInput(trainArguments(scratch, "run", 500), (scratch / "words").string());
  INFO(stopped.err);
  CHECK(stopped.status == 0);
  CHECK(stopped.out.find("\"stopped\":true") != std::string::npos);
  const auto events = scratch / "run" / "events.jsonl";
  const auto before = bytesOf(events).size();
  const auto ended = test::runUntil(resumeArguments(scratch, "run"), [&] { return bytesOf(events).size() > before + 3000; }, SIGTERM);
  CHECK(ended.status == 4);
  const auto shown = run({"models", "show", (scratch / "run").string(), "--json"});
  CHECK(shown.status == 0);
  const auto classified = run({"classify", (scratch / "data" / "low" / "low0.wav").string(), "--model", (scratch / "run").string(), "--json"});
  INFO(classified.err);
  CHECK(classified.status == 0);
  std::filesystem::remove(scratch / "data" / "low" / "low3.wav");
  const auto changed = run(resumeArguments(scratch, "run"));
  CHECK(changed.status != 0);
  CHECK(changed.err.find("the data are not those") != std::string::npos);
}

TEST_CASE("A finished run is the start of another, whose head it keeps when the classes are the same") {
  const Scratch scratch;
  writeTones(scratch / "data");
  REQUIRE(run(trainArguments(scratch, "first", 2)).status == 0);
  auto arguments = trainArguments(scratch, "second", 2);
  arguments.insert(arguments.end(), {"--set", "start=" + (scratch / "first").string(), "--set", "freeze_base=true", "--set", "frames=32", "--precision", "bf16"});
  const auto second = run(arguments);
  INFO(second.err);
  REQUIRE(second.status == 0);
  CHECK(second.out.find("positions fitted") != std::string::npos);
  CHECK(second.out.find("fresh head") == std::string::npos);

  // A finished run goes on when it is told a new length.
  const auto stepsOf = [&] { return curve(scratch / "first").size(); };
  const auto before = stepsOf();
  auto longer = resumeArguments(scratch, "first");
  longer.insert(longer.end(), {"--steps", "30"});
  REQUIRE(run(longer).status == 0);
  CHECK(stepsOf() > before);
  CHECK(bytesOf(scratch / "first" / "config.json").find("\"steps\": 30") != std::string::npos);
  for (const auto& [option, value] : {std::pair("--data", "elsewhere"), {"--folds", "3"}, {"--seed", "5"}, {"--sweep", "rate=1,2"}}) {
    auto other = resumeArguments(scratch, "first");
    other.insert(other.end(), {option, value});
    const auto refused = run(other);
    CHECK(refused.status == 2);
    CHECK(refused.err.find(option) != std::string::npos);
  }
}

TEST_CASE("Recipes are checked before anything is loaded") {
  const Scratch scratch;
  const auto describe = run({"train", "--describe"});
  CHECK(describe.status == 0);
  CHECK(serial::parseJson(describe.out, "describe"));
  const auto presets = run({"train", "presets"});
  CHECK(presets.out.find("ast-finetune") != std::string::npos);
  const auto misspelt = run({"train", "tiny-ast", "--data", "nowhere", "--out", (scratch / "x").string(), "--set", "bacth=3"});
  CHECK(misspelt.status == 2);
  CHECK(misspelt.err == "error: bacth: no such field of a recipe; did you mean batch?\n");
  CHECK_FALSE(std::filesystem::exists(scratch / "x"));
  for (const auto& [word, meant] : {std::pair("epoch", "epochs"), {"learning_rate", "rate"}, {"batchsize", "batch"}})
    CHECK(run({"train", "tiny-ast", "--data", "nowhere", "--out", (scratch / "x").string(), "--set", std::string(word) + "=3"}).err == "error: " + std::string(word) + ": no such field of a recipe; did you mean " + meant + "?\n");
  const auto absent = run({"train", "tiny-ast", "--data", (scratch / "nowhere").string(), "--out", (scratch / "x").string()});
  CHECK(absent.status == 3);
  CHECK(absent.errorLines() == 1);
  CHECK_FALSE(std::filesystem::exists(scratch / "x"));  // free for the next try
  const auto resumed = run({"train", "--resume", (scratch / "y").string()});
  CHECK(resumed.status == 3);
}

TEST_CASE("What a resumed run is told is refused before it is written down, the seed in particular") {
  const Scratch scratch;
  writeTones(scratch / "data");
  REQUIRE(run(trainArguments(scratch, "run", 2)).status == 0);
  const auto before = bytesOf(scratch / "run" / "config.json");
  for (const char* word : {"seed=7", "rate=1"}) {
    auto told = resumeArguments(scratch, "run");
    told.insert(told.end(), {"--set", word});
    const auto refused = run(told);
    CHECK(refused.status == 2);
    CHECK(refused.errorLines() == 1);
  }
  CHECK(bytesOf(scratch / "run" / "config.json") == before);
  CHECK(run({"train", "tiny-ast", "--data", (scratch / "data").string(), "--seed", "-5", "--out", (scratch / "x").string()}).status == 2);
}

TEST_CASE("Recordings of one name in different folders are different recordings") {
  const Scratch scratch;
  for (const std::string name : {"low", "high"})
    for (int n = 0; n < 6; ++n) {
      const auto folder = scratch / name / ("clip" + std::to_string(n));
      std::filesystem::create_directories(folder);
      test::writeSine((folder / "audio.wav").string(), (name == "low" ? 200.0 : 2000.0) + 40.0 * n, 0.6, 16000);
    }
  auto arguments = trainArguments(scratch, "run", 3);
  arguments[6] = scratch.path().string();
  arguments.insert(arguments.end(), {"--set", "evaluate_every=2", "--set", "select=last"});
  const auto ran = run(arguments);
  INFO(ran.err << ran.out);
  REQUIRE(ran.status == 0);
  CHECK(ran.out.find("\"held_out\":0") == std::string::npos);
  // The last weights are measured, though the rhythm would skip them.
  CHECK(ran.out.rfind("\"validation\":{}") == std::string::npos);
}

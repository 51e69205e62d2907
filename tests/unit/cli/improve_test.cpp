// improve as a person runs it: sines that the shipped model names its own way are called something else, and the package
// that comes of it agrees.
#include <filesystem>
#include <fstream>

#include "core/serial/json_value.h"
#include "core/serial/safetensors.h"
#include "core/serial/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::parseJson;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
using chladni::test::writeSine;
namespace fs = std::filesystem;

namespace {

struct Sound {
  std::string file;
  std::string label;
};

// Low sines are called one thing, high ones another; neither is what the shipped model hears.
std::vector<Sound> writeSounds(const Scratch& scratch, int each) {
  std::vector<Sound> sounds;
  for (int i = 0; i < each; ++i) {
    sounds.push_back({"low " + std::to_string(i) + ".wav", "playing drum kit"});
    writeSine(scratch / sounds.back().file, 180.0 + 11.0 * i, 2.0);
    sounds.push_back({"high " + std::to_string(i) + ".wav", "wind chime"});
    writeSine(scratch / sounds.back().file, 2200.0 + 90.0 * i, 2.0);
  }
  return sounds;
}

std::string manifestOf(const std::vector<Sound>& sounds) {
  std::string text = "path,start,end,labels\n";
  for (const Sound& sound : sounds) text += sound.file + ",,,\"" + sound.label + "\"\n";
  return text;
}

void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

// The second that the shipped model names, or the one after it if that is `taken`.
std::string secondClass(const std::string& file, const std::string& taken = {}) {
  const Ran ran = run({"classify", file, "--model", CHLADNI_SHIPPED_PACKAGE, "--top", "3", "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = parseJson(ran.out, "classify");
  REQUIRE(json);
  const auto second = JsonField(*json)["clip"][1]["class"].string().value();
  return second != taken ? second : JsonField(*json)["clip"][2]["class"].string().value();
}

std::string bestClass(const std::string& file, const std::string& model) {
  const Ran ran = run({"classify", file, "--model", model, "--top", "1", "--json"});
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = parseJson(ran.out, "classify");
  REQUIRE(json);
  return JsonField(*json)["clip"][0]["class"].string().value();
}

// How many of the sounds a model calls what they are labelled.
std::size_t agreeing(const Scratch& scratch, const std::vector<Sound>& sounds, const std::string& model) {
  std::vector<std::string> arguments{"classify"};
  for (const Sound& sound : sounds) arguments.push_back(scratch / sound.file);
  arguments.insert(arguments.end(), {"--model", model, "--top", "1", "--json"});
  const Ran ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = parseJson(ran.out, "classify");
  REQUIRE(json);
  std::size_t right = 0;
  for (std::size_t i = 0; i < sounds.size(); ++i)
    right += JsonField(*json)[i]["clip"][0]["class"].string().value() == sounds[i].label ? 1 : 0;
  return right;
}

std::vector<std::string> improve(const Scratch& scratch, const std::string& manifest, const std::string& out) {
  return {"improve", "--model", CHLADNI_SHIPPED_PACKAGE, "--labels", scratch / manifest, "--out", scratch / out};
}

std::vector<std::string> with(std::vector<std::string> arguments, const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace

TEST_CASE("improve teaches the head and says how much it helped") {
  const Scratch scratch;
  auto sounds = writeSounds(scratch, 10);
  // What the shipped model holds for possible, whichever weights these are: a head cannot go any way in twenty corrections.
  const std::string low = secondClass(scratch / sounds[8].file), high = secondClass(scratch / sounds[9].file, low);
  for (auto& sound : sounds) sound.label = sound.file.starts_with("low") ? low : high;
  write(scratch / "m.csv", manifestOf(sounds));
  const auto shippedSum = chladni::serial::sha256OfFile(fs::path(CHLADNI_SHIPPED_PACKAGE) / "weights.safetensors");
  const auto manifestSum = chladni::serial::sha256OfFile(scratch / "m.csv");
  const Ran ran = run(with(improve(scratch, "m.csv", "mine"), {"--json"}));
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = parseJson(ran.out, "improve");
  REQUIRE(json);
  const JsonField root(*json);
  CHECK(root["written"].boolean().value());
  CHECK(root["corrections"].whole().value() == 20);
  CHECK(root["learned_from"].whole().value() + root["held_out"].whole().value() == 20);
  CHECK(root["held_out"].whole().value() >= 1);
  // Of the few held out; how many come right is the weights' affair, sines being unlike all that they learned from.
  CHECK(root["accuracy_before"].number().value() < 0.5);
  CHECK(root["accuracy_after"].number().value() > 0.6);
  CHECK(root["seconds"].number().value() > 0.0);

  const std::string mine = scratch / "mine";
  CHECK(run({"models", "verify", mine}).status == 0);
  CHECK(agreeing(scratch, sounds, mine) >= 16);
  CHECK(agreeing(scratch, sounds, CHLADNI_SHIPPED_PACKAGE) <= 10);

  // Only the head is another; the parent is what it was, and named.
  const auto before = chladni::serial::readSafetensors(fs::path(CHLADNI_SHIPPED_PACKAGE) / "weights.safetensors");
  const auto after = chladni::serial::readSafetensors(fs::path(mine) / "weights.safetensors");
  REQUIRE((before && after));
  REQUIRE(before->tensors.size() == after->tensors.size());
  for (std::size_t i = 0; i < before->tensors.size(); ++i) {
    REQUIRE(before->tensors[i].name == after->tensors[i].name);
    CHECK(before->tensors[i].dtype == after->tensors[i].dtype);
    CHECK((before->tensors[i].bytes == after->tensors[i].bytes) == !before->tensors[i].name.starts_with("mlp_head.1."));
  }
  CHECK(chladni::serial::sha256OfFile(fs::path(CHLADNI_SHIPPED_PACKAGE) / "weights.safetensors").value() == *shippedSum);
  const auto record = chladni::serial::readJsonFile(scratch / "mine/improvement.json");
  REQUIRE(record);
  CHECK(JsonField(*record)["parent"]["weights_sha256"].string().value() == *shippedSum);
  CHECK(JsonField(*record)["labels"]["sha256"].string().value() == *manifestSum);

  // An improved package can be improved, and remembers both.
  const Ran second = run({"improve", "--model", mine, "--labels", scratch / "m.csv", "--out", scratch / "mine2", "--json"});
  INFO(second.err);
  REQUIRE(second.status == 0);
  const auto chain = chladni::serial::readJsonFile(scratch / "mine2/improvement.json");
  REQUIRE(chain);
  CHECK(JsonField(*chain)["parent"]["improvement"]["parent"]["weights_sha256"].string().value() == *shippedSum);
}

TEST_CASE("a head that got worse is not written, unless forced") {
  const Scratch scratch;
  const auto sounds = writeSounds(scratch, 24);
  // Held out: what the model hears already. Learned: that the same sounds are something else, whatever the model that ships hears.
  std::string text = "path,start,end,labels,split\n";
  for (const Sound& sound : sounds) {
    const bool held = sound.file.find(" 0.") != std::string::npos || sound.file.find(" 1.") != std::string::npos;
    const std::string heard = bestClass(scratch / sound.file, CHLADNI_SHIPPED_PACKAGE);
    const std::string another = heard == "playing banjo" ? "playing timpani" : "playing banjo";
    text += sound.file + ",,,\"" + (held ? heard : another) + "\"," + (held ? "test" : "train") + "\n";
  }
  write(scratch / "m.csv", text);
  const Ran refused = run(improve(scratch, "m.csv", "mine"));
  isOneErrorLine(refused, 1, "held-out accuracy fell");
  CHECK_FALSE(fs::exists(scratch / "mine"));
  const Ran told = run(with(improve(scratch, "m.csv", "mine"), {"--json"}));
  CHECK(told.status == 1);
  const auto json = parseJson(told.out, "improve");
  REQUIRE(json);
  CHECK_FALSE(JsonField(*json)["written"].boolean().value());
  CHECK(run(with(improve(scratch, "m.csv", "mine"), {"--force", "--json"})).status == 0);
  CHECK(fs::exists(scratch / "mine/model.json"));
}

TEST_CASE("improve says what is wrong with its input and leaves nothing behind") {
  const Scratch scratch;
  const auto sounds = writeSounds(scratch, 2);
  write(scratch / "unknown.csv", "path,start,end,labels\nlow 0.wav,,,cello\nhigh 0.wav,,,wind chime\n");
  write(scratch / "one.csv", "path,start,end,labels\nlow 0.wav,0,1,wind chime\nlow 0.wav,1,2,wind chime\n");
  write(scratch / "gone.csv", "path,start,end,labels\nnowhere.wav,,,wind chime\n");
  write(scratch / "some.csv", manifestOf(sounds) + "nowhere.wav,,,wind chime\n");
  isOneErrorLine(run({"improve", "--labels", scratch / "some.csv"}), 2, "--out");
  isOneErrorLine(run({"improve", "--out", scratch / "x"}), 2, "--labels");
  isOneErrorLine(run(improve(scratch, "missing.csv", "x")), 3, "missing.csv");
  isOneErrorLine(run(improve(scratch, "unknown.csv", "x")), 3, "\"cello\" (like: \"playing cello\"");
  isOneErrorLine(run(improve(scratch, "one.csv", "x")), 3, "one file");
  isOneErrorLine(run(improve(scratch, "gone.csv", "x")), 3, "nowhere.wav");
  fs::create_directory(scratch / "full");
  write(scratch / "full/mine.txt", "mine");
  isOneErrorLine(run(improve(scratch, "some.csv", "full")), 2, "already");
  CHECK_FALSE(fs::exists(scratch / "x"));
  const Ran ran = run(with(improve(scratch, "some.csv", "x"), {"--json", "--force"}));
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  const auto json = parseJson(ran.out, "improve");
  REQUIRE(json);
  CHECK(JsonField(*json)["left_out"].size() == 1);
  for (const auto& entry : fs::directory_iterator(scratch.path())) CHECK(entry.path().filename().string().front() != '.');
}

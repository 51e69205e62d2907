// Every family through the built program: import with its report, show, verify, and each command that looks at packages,
// which either does its work or says in one line why not. A family without a row here fails.
#include <filesystem>
#include <fstream>
#include <set>

#include "core/serial/json_value.h"
#include "core/serial/safetensors.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"
#include "tests/unit/models/families/small_checkpoints.h"
#include "tests/unit/models/families/small_media.h"

using namespace chladni::test;
using chladni::serial::JsonField;
using chladni::serial::parseJson;
namespace fs = std::filesystem;

namespace {

using Arguments = std::vector<std::string>;

Ran works(const Arguments& arguments) {
  Ran ran = run(arguments);
  std::string line;
  for (const auto& word : arguments) line += word + " ";
  INFO(line << "\n" << ran.err);
  REQUIRE(ran.status == 0);
  return ran;
}

chladni::serial::JsonValue answer(Arguments arguments) {
  arguments.emplace_back("--json");
  auto document = parseJson(works(arguments).out, arguments.front());
  REQUIRE(document);
  return *document;
}

void isRefused(const Arguments& arguments, const std::string& why) {
  const Ran ran = run(arguments);
  INFO(arguments.front() << ": " << ran.err);
  CHECK(ran.status != 0);
  CHECK(ran.status < 128);
  CHECK(ran.out.empty());
  CHECK(ran.errorLines() == 1);
  CHECK(ran.err.find(why) != std::string::npos);
}

// As main.cpp reports them when asked for one that there is not.
std::set<std::string> registeredFamilies(const Scratch& scratch) {
  const std::string said = run({"models", "import", "x", "--family", "none", "--out", scratch / "none"}).err;
  const auto list = said.find("there are: ");
  REQUIRE(list != std::string::npos);
  std::set<std::string> names;
  std::string name;
  for (const char c : said.substr(list + 11) + ",") {
    if (c == ',' || c == '\n') {
      if (!name.empty()) names.insert(name);
      name.clear();
    } else if (c != ' ') {
      name.push_back(c);
    }
  }
  return names;
}

struct Bench {
  Bench() {
    writeSine(scratch / "tone.wav", 440, 2.0);
    writePictures(scratch / "pictures.y4m");
  }
  [[nodiscard]] std::string media(const SmallCheckpoint& row) const {
    return scratch / (row.media == Media::sound ? "tone.wav" : "pictures.y4m");
  }
  [[nodiscard]] std::string import(const SmallCheckpoint& row) const {
    const fs::path file = scratch / (row.family + row.variant + ".safetensors");
    row.write(row, file);
    const std::string package = scratch / (row.family + row.variant);
    Arguments arguments{"models", "import", file, "--family", row.family, "--out", package, "--title", "Small " + row.family};
    for (const auto& [name, value] : row.settings) {
      arguments.emplace_back("--set");
      arguments.push_back(name + "=" + value);
    }
    const auto report = answer(arguments);
    CHECK(JsonField(report)["family"].string().value() == row.family);
    return package;
  }
  Scratch scratch;
};

void checkDescription(const SmallCheckpoint& row, const std::string& package) {
  const auto document = answer({"models", "show", package});
  const JsonField shown(document);
  CHECK(shown["family"].string().value() == row.family);
  CHECK(shown["title"].string().value() == "Small " + row.family);
  CHECK(shown["parameters"].whole().value() > 0);
  CHECK_FALSE(shown["card"].string().value().empty());
  if (row.classifies) CHECK(shown["classes"].size() > 0);
  works({"models", "show", package});
  const auto verified = answer({"models", "verify", package});
  CHECK(JsonField(verified)["verified"].boolean().value());
}

void checkCommands(const SmallCheckpoint& row, const std::string& package, const Bench& bench) {
  const auto media = bench.media(row);
  const auto out = [&](const std::string& name) -> std::string { return bench.scratch / (row.family + row.variant + name); };

  const Arguments features{"features", media, "--backbone", package, "--out", out(".features.safetensors")};
  if (row.givesFeatures) {
    works(features);
    const auto file = chladni::serial::readSafetensors(out(".features.safetensors"));
    REQUIRE(file);
    REQUIRE(file->tensors.size() == 1);
    CHECK(file->tensors[0].shape[0] > 0);
  } else {
    isRefused(features, "gives no features");
  }

  const Arguments attend{"attend", media, "--model", package, "--at", "1", "--out", out(".png")};
  if (row.attends) works(attend);
  else isRefused(attend, "shows no attention");
  const auto ofPicture = [&](const std::string& file) -> Arguments {
    return {"attend", file, "--model", package, "--at", "1", "--query", "video:1,0", "--out", out(".attended"), "--json"};
  };
  if (row.attends) isRefused(ofPicture(bench.scratch / "tone.wav"), "no picture reaches the model");
  if (row.looks) works(ofPicture(bench.scratch / "pictures.y4m"));

  const Arguments classify{"classify", media, "--model", package, "--json"};
  if (row.classifies) works(classify);
  else isRefused(classify, "names no classes");

  const Arguments reconstruct{"reconstruct", media, "--model", package, "--at", "1", "--out", out(".painted"), "--json"};
  if (row.paints) works(reconstruct);
  else isRefused(reconstruct, "");

  const Arguments frontend{"frontend", package, media, "--out", out(".input.npy")};
  if (row.hasFrontend) works(frontend);
  else isRefused(frontend, "hears no sound");
}

}  // namespace

TEST_CASE("every family has a small checkpoint here") {
  const Scratch scratch;
  auto families = registeredFamilies(scratch);
  // A module that is exported, and parts of localisers that only training makes: nothing that is imported.
  for (const char* notImported : {"torchscript", "ave-ear", "ave-eye"}) CHECK(families.erase(notImported) == 1);
  std::set<std::string> covered;
  for (const auto& row : smallCheckpoints()) covered.insert(row.family);
  for (const auto& family : families) {
    INFO(family << " needs a row in small_checkpoints.cpp");
    CHECK(covered.contains(family));
  }
  CHECK(families == covered);
}

TEST_CASE("packages of every family through the program") {
  const Bench bench;
  for (const auto& row : smallCheckpoints()) {
    DYNAMIC_SECTION(row.family << " " << row.variant) {
      const auto package = bench.import(row);
      checkDescription(row, package);
      checkCommands(row, package, bench);
    }
  }
}

TEST_CASE("a file of another family, no file, and a setting that means nothing are refused by every family") {
  const Bench bench;
  const fs::path stranger = bench.scratch / "stranger.safetensors";
  chladni::TensorBlob blob{"stranger", chladni::DType::f32, {1}, {}};
  blob.bytes.resize(sizeof(float));
  REQUIRE(chladni::serial::writeSafetensors(stranger, {{blob}, {}}));
  for (const auto& row : smallCheckpoints()) {
    INFO(row.family << " " << row.variant);
    const std::string out = bench.scratch / "refused";
    isRefused({"models", "import", stranger, "--family", row.family, "--out", out, "--quiet"}, "error: ");
    isRefused({"models", "import", bench.scratch / "none.safetensors", "--family", row.family, "--out", out}, "none.safetensors");
    const fs::path file = bench.scratch / (row.family + row.variant + ".safetensors");
    row.write(row, file);
    Arguments colourful{"models", "import", file, "--family", row.family, "--out", out, "--set", "colour=red", "--quiet"};
    for (const auto& [name, value] : row.settings) colourful.insert(colourful.end(), {"--set", name + "=" + value});
    isRefused(colourful, "colour");
    CHECK_FALSE(fs::exists(out));
  }
}

TEST_CASE("a TorchScript package runs only when trusted, and is not imported") {
  const Bench bench;
  const std::string package = bench.scratch / "script";
  const auto sum = writeScriptPackage(package);
  const auto document = answer({"models", "show", package});
  CHECK(JsonField(document)["family"].string().value() == "torchscript");
  CHECK_FALSE(JsonField(document)["parameters"].whole());
  isRefused({"models", "verify", package}, sum);
  const auto verified = answer({"models", "verify", package, "--trust", sum});
  CHECK(JsonField(verified)["parameters"].whole().value() == 7);
  const std::string sound = bench.scratch / "tone.wav", out = bench.scratch / "twice.safetensors";
  isRefused({"features", sound, "--backbone", package, "--out", out}, sum);
  works({"features", sound, "--backbone", package, "--out", out, "--trust", sum});
  isRefused({"attend", sound, "--model", package, "--at", "1", "--trust", sum}, "shows no attention");
  isRefused({"models", "import", package, "--family", "torchscript", "--out", bench.scratch / "again"}, "export_torchscript.py");
}

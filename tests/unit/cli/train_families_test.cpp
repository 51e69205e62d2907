// chladni-cli train for the families beside AST, CAV-MAE and the localisers, from files on disk to a package that other
// commands take: a bag of codes, an ASiT from pre-training to classes, and sound with lyrics from a manifest.
#include <filesystem>
#include <fstream>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using namespace chladni;
using test::run;
using test::Scratch;

namespace {

using Words = std::vector<std::string>;

// One folder for each class, and a manifest with lyrics beside them.
void writeSongs(const std::filesystem::path& root) {
  std::ofstream manifest;
  std::filesystem::create_directories(root);
  manifest.open(root / "songs.csv");
  manifest << "path,start,end,labels,split,lyrics\n";
  for (int n = 0; n < 8; ++n)
    for (const auto& [name, hz] : {std::pair{"tone", 200.0 + 20.0 * n}, std::pair{"beeps", 2000.0 + 150.0 * n}}) {
      std::filesystem::create_directories(root / "sounds" / name);
      const auto file = std::string("sounds/") + name + "/" + name + std::to_string(n);
      test::writeSine((root / (file + ".wav")).string(), hz, 2.2, 16000, 1, std::string(name) == "beeps");
      std::ofstream(root / (file + ".txt")) << (std::string(name) == "tone" ? "stone river\nstone\n" : "moon fire\nmoon wind\n");
      manifest << file << ".wav,,," << name << "," << (n < 6 ? "train" : "validation") << "," << file << ".txt\n";
    }
  std::ofstream(root / "vocab.txt") << "[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\nsun\nmoon\nriver\nstone\nwind\nfire\n";
}

Words train(const Scratch& scratch, const std::string& preset, const std::string& data, const std::string& out, const Words& fields) {
  Words all{"train", preset, "--json", "--threads", "1", "--data", (scratch / data).string(), "--out", (scratch / out).string()};
  for (const auto& field : fields) all.insert(all.end(), {"--set", field});
  all.insert(all.end(), {"--set", "cache_folder=" + (scratch / "cache").string(), "--set", "loaders=1"});
  return all;
}

void mustRun(const Words& arguments) {
  const auto ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
}

serial::JsonValue answer(const Words& arguments) {
  const auto ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  auto json = serial::parseJson(ran.out, arguments.front());
  REQUIRE(json);
  return *json;
}

std::string bestClass(const Scratch& scratch, const std::string& file, const std::string& model, const Words& more = {}) {
  Words arguments{"classify", (scratch / file).string(), "--model", (scratch / model).string(), "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return *answer(arguments).find("clip")->items()->front().find("class")->string();
}

}  // namespace

TEST_CASE("train tiny-bag-of-codes: from a folder of classes to a package that classifies, paints and is whole") {
  const Scratch scratch;
  writeSongs(scratch / "data");
  mustRun(train(scratch, "tiny-bag-of-codes", "data/sounds", "bag", {"hidden=24", "clusters=8", "head_hidden=16", "codebook_seconds=24", "batch=6", "epochs=14", "rate=0.004", "validation_share=0.25"}));
  CHECK(bestClass(scratch, "data/sounds/tone/tone7.wav", "bag") == "tone");
  CHECK(bestClass(scratch, "data/sounds/beeps/beeps7.wav", "bag") == "beeps");
  mustRun({"models", "verify", (scratch / "bag").string()});
  mustRun({"reconstruct", (scratch / "data/sounds/tone/tone0.wav").string(), "--model", (scratch / "bag").string(), "--at", "1.0", "--mask", "pat", "--out", (scratch / "shown").string()});
}

TEST_CASE("train tiny-asit, then asit-finetune from it: a classifier of the same clips") {
  const Scratch scratch;
  writeSongs(scratch / "data");
  const Words size{"depth=1", "width=32", "heads=2", "frames=64"};
  auto first = size;
  first.insert(first.end(), {"projection_hidden=16", "projection_outputs=16", "epochs=2", "validation_share=0.25"});
  mustRun(train(scratch, "tiny-asit", "data/sounds", "painter", first));
  mustRun({"reconstruct", (scratch / "data/sounds/tone/tone0.wav").string(), "--model", (scratch / "painter").string(), "--at", "1.0", "--ratio", "0.5", "--mask", "block", "--out", (scratch / "shown").string()});
  mustRun(train(scratch, "asit-finetune", "data/sounds", "classifier", {"start=" + (scratch / "painter").string(), "frames=96", "batch=4", "epochs=60", "warmup_epochs=1", "rate=0.0005", "drop_path=0", "label_smoothing=0", "validation_share=0.25"}));
  CHECK(bestClass(scratch, "data/sounds/tone/tone7.wav", "classifier") == "tone");
  CHECK(bestClass(scratch, "data/sounds/beeps/beeps7.wav", "classifier") == "beeps");
  mustRun({"models", "verify", (scratch / "classifier").string()});
}

TEST_CASE("train tiny-lyrics-mae and its classifier from a manifest with a column of lyrics") {
  const Scratch scratch;
  writeSongs(scratch / "data");
  const auto vocabulary = "vocabulary=" + (scratch / "data" / "vocab.txt").string();
  const Words size{"depth=1", "text_depth=1", "width=32", "heads=2", "decoder_width=32", "frames=64", "tokens=8", "batch=4"};
  auto first = size;
  first.insert(first.end(), {vocabulary, "epochs=2"});
  mustRun(train(scratch, "tiny-lyrics-mae", "data/songs.csv", "painter", first));
  mustRun({"reconstruct", (scratch / "data/sounds/tone/tone0.wav").string(), "--model", (scratch / "painter").string(), "--at", "1.0", "--ratio", "0.5", "--out", (scratch / "shown").string()});
  mustRun(train(scratch, "tiny-lyrics-classify", "data/songs.csv", "classifier", {"start=" + (scratch / "painter").string(), "frames=64", "batch=4", "epochs=14", "rate=0.003", "modality_dropout=0.3", "word_masking=0.1"}));
  CHECK(bestClass(scratch, "data/sounds/tone/tone7.wav", "classifier") == "tone");
  CHECK(bestClass(scratch, "data/sounds/beeps/beeps7.wav", "classifier", {"--lyrics", (scratch / "data/sounds/beeps/beeps7.txt").string()}) == "beeps");
  mustRun({"models", "verify", (scratch / "classifier").string()});
  // Nothing to learn from where no song has words.
  // Words and sound say the same here, so that the one does without the other. Sound alone is not what both give.
  const auto songs = (scratch / "data/songs.csv").string(), classifier = (scratch / "classifier").string();
  mustRun({"evaluate", "--model", classifier, "--data", songs, "--modality-importance", "--out", (scratch / "both.json").string()});
  const auto both = serial::readJsonFile((scratch / "both.json").string());
  REQUIRE(both);
  const serial::JsonField report(*both);
  REQUIRE(report["modality_importance"].size() == 2);
  for (std::size_t k = 0; k < report["modality_importance"].size(); ++k) {
    CHECK(report["modality_importance"][k]["audio"].number().value() < 1.0);
    CHECK(report["modality_importance"][k]["lyrics"].number().value() < 1.0);
  }
  mustRun({"evaluate", "--model", classifier, "--data", (scratch / "data/sounds").string(), "--out", (scratch / "sound.json").string()});
  const auto sound = serial::readJsonFile((scratch / "sound.json").string());
  REQUIRE(sound);
  CHECK(serial::JsonField(*sound)["calibration"]["ece"].number().value() != report["calibration"]["ece"].number().value());
  const auto wordless = run(train(scratch, "tiny-lyrics-mae", "data/sounds", "none", {vocabulary, "frames=64", "tokens=8"}));
  CHECK(wordless.status != 0);
  CHECK(wordless.errorLines() == 1);
}

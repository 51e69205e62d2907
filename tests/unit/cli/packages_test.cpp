// Model packages on the command line: listing, using, importing, and every way in which one can be broken.
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>

#include "core/serial/json_value.h"
#include "core/serial/safetensors.h"
#include "core/serial/sha256.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::TensorBlob;
using chladni::test::bytesOf;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
using chladni::test::writeSine;
namespace fs = std::filesystem;
namespace serial = chladni::serial;

namespace {

void write(const fs::path& path, const std::string& content) { std::ofstream(path, std::ios::binary) << content; }

// A copy of the shipped package whose weights went through `change`, its checksum kept true.
fs::path changedPackage(const Scratch& scratch, const std::string& name,
                        const std::function<void(std::vector<TensorBlob>&)>& change) {
  const fs::path shipped = CHLADNI_SHIPPED_PACKAGE;
  const fs::path folder = scratch / name;
  fs::copy(shipped, folder, fs::copy_options::recursive);
  auto file = serial::readSafetensors(shipped / "weights.safetensors");
  REQUIRE(file);
  change(file->tensors);
  const auto oldSum = serial::sha256OfFile(shipped / "weights.safetensors");
  REQUIRE(serial::writeSafetensors(folder / "weights.safetensors", *file));
  const auto newSum = serial::sha256OfFile(folder / "weights.safetensors");
  REQUIRE((oldSum && newSum));
  std::string manifest = bytesOf(folder / "model.json");
  const auto at = manifest.find(*oldSum);
  REQUIRE(at != std::string::npos);
  write(folder / "model.json", manifest.replace(at, oldSum->size(), *newSum));
  return folder;
}

void refused(const fs::path& package, const std::string& sound, const std::string& named) {
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"classify", sound, "--model", package.string(), "--json"},
        {"models", "verify", package.string()}}) {
    const Ran ran = run(arguments);
    INFO(arguments.front() << ": " << ran.err);
    CHECK(ran.status == 3);
    CHECK(ran.out.empty());
    CHECK(ran.errorLines() == 1);
    CHECK(ran.err.find(named) != std::string::npos);
  }
}

}  // namespace

TEST_CASE("the shipped package is listed, shown, verified and used") {
  const Scratch scratch;
  const std::string sound = scratch / "a.wav";
  writeSine(sound, 440, 3.0);
  CHECK(run({"models", "list"}).out.find("instruments-s") != std::string::npos);
  CHECK(run({"models", "verify", CHLADNI_SHIPPED_PACKAGE}).status == 0);
  const Ran shown = run({"models", "show", CHLADNI_SHIPPED_PACKAGE, "--json"});
  REQUIRE(shown.status == 0);
  const auto json = serial::parseJson(shown.out, "models show");
  REQUIRE(json);
  const std::size_t classes = serial::JsonField(*json)["classes"].size();
  CHECK(classes >= 30);
  const Ran ran = run({"classify", sound, "--model", CHLADNI_SHIPPED_PACKAGE, "--top", "3", "--json"});
  REQUIRE(ran.status == 0);
  const auto result = serial::parseJson(ran.out, "classify");
  REQUIRE(result);
  CHECK(serial::JsonField(*result)["clip"].size() == 3);
  CHECK(serial::JsonField(*result)["windows"].size() >= 1);
}

TEST_CASE("a broken package is refused in one line that names what is broken") {
  const Scratch scratch;
  const std::string sound = scratch / "a.wav";
  writeSine(sound, 440, 2.0);
  std::string first;
  refused(changedPackage(scratch, "nan",
                         [&](std::vector<TensorBlob>& tensors) {
                           TensorBlob& last = tensors.back();
                           first = last.name;
                           // The highest bits of a half or bfloat16 NaN are also those of a float NaN.
                           std::memset(last.bytes.data(), 0xFF, chladni::bytesPerElement(last.dtype));
                         }),
          sound, first);
  refused(changedPackage(scratch, "missing",
                         [&](std::vector<TensorBlob>& tensors) {
                           first = tensors.back().name;
                           tensors.pop_back();
                         }),
          sound, first);
  const fs::path cut = changedPackage(scratch, "cut", [](std::vector<TensorBlob>&) {});
  const std::string weights = bytesOf(cut / "weights.safetensors");
  write(cut / "weights.safetensors", weights.substr(0, weights.size() / 2));
  refused(cut, sound, "weights.safetensors");
  const fs::path flipped = changedPackage(scratch, "flipped", [](std::vector<TensorBlob>&) {});
  std::string bytes = bytesOf(flipped / "weights.safetensors");
  bytes[bytes.size() - 3] = static_cast<char>(bytes[bytes.size() - 3] ^ 1);
  write(flipped / "weights.safetensors", bytes);
  refused(flipped, sound, "weights.safetensors");
}

TEST_CASE("a package goes through import and answers as before") {
  const Scratch scratch;
  const std::string sound = scratch / "a.wav";
  writeSine(sound, 523.25, 3.0);
  const std::string out = scratch / "again";
  const Ran imported = run({"models", "import", std::string(CHLADNI_SHIPPED_PACKAGE) + "/weights.safetensors", "--family",
                            "ast", "--out", out});
  INFO(imported.err << imported.out);
  REQUIRE(imported.status == 0);
  CHECK(run({"models", "verify", out}).status == 0);
  CHECK(run({"classify", sound, "--model", out, "--json"}).status == 0);
  // Never over something that is there.
  const Ran again = run({"models", "import", std::string(CHLADNI_SHIPPED_PACKAGE) + "/weights.safetensors", "--family",
                         "ast", "--out", out});
  CHECK(again.status != 0);
  CHECK(again.errorLines() == 1);
}

TEST_CASE("attention comes as a picture or as numbers") {
  const Scratch scratch;
  const std::string sound = scratch / "a.wav";
  writeSine(sound, 440, 3.0);
  for (const std::string name : {"a.png", "a.safetensors", "a.json"}) {
    const std::string out = scratch / name;
    const Ran ran = run({"attend", sound, "--at", "1", "--query", "audio:1,1", "--out", out, "--json"});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    REQUIRE(fs::is_regular_file(out));
    CHECK(fs::file_size(out) > 0);
  }
  CHECK(run({"attend", sound, "--at", "99", "--out", scratch / "b.png"}).status == 2);
}

TEST_CASE("The shipped painter paints the demo better than guesses that need no model") {
  double error = 0.0, mean = 0.0, nearest = 0.0;
  for (const char* at : {"6", "14", "22", "30"}) {
    // Chosen by itself, as the window does: it is the package that paints.
    const Ran ran = run({"reconstruct", CHLADNI_DEMO, "--at", at, "--ratio", "0.75", "--seed", at, "--json"});
    INFO(ran.err);
    REQUIRE(ran.status == 0);
    auto shown = serial::parseJson(ran.out, "reconstruct");
    REQUIRE(shown);
    CHECK(*shown->find("model")->string() == "dualmae-s");
    CHECK_FALSE(*shown->find("true_patch_statistics")->boolean());
    const auto* painting = shown->find("sound")->find("painting");
    REQUIRE(painting != nullptr);
    REQUIRE(shown->find("picture")->find("painting") != nullptr);
    error += *painting->find("error")->number();
    mean += *painting->find("mean_patch")->find("error")->number();
    nearest += *painting->find("nearest_patch")->find("error")->number();
  }
  CHECK(error < 0.85 * mean);
  CHECK(error < nearest);
}

// project as a person runs it: a project made, filled, searched, undone, checked, and everything that can be wrong.
#include <filesystem>
#include <fstream>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::JsonValue;
using chladni::test::bytesOf;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
namespace fs = std::filesystem;

namespace {

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

JsonValue json(std::vector<std::string> arguments) {
  arguments.emplace_back("--json");
  const Ran ran = run(arguments);
  INFO(ran.err);
  REQUIRE(ran.status == 0);
  auto document = chladni::serial::parseJson(ran.out, "stdout");
  REQUIRE(document);
  return *document;
}

void refused(const std::vector<std::string>& arguments, int status) {
  const Ran ran = run(arguments);
  INFO(ran.err);
  CHECK(ran.status == status);
  CHECK(ran.out.empty());
  CHECK(ran.errorLines() == 1);
}

}  // namespace

TEST_CASE("a project is made, filled, tagged, searched and taken back") {
  const Scratch scratch;
  const std::string p = scratch / "p.chladni";
  write(scratch / "media/a dog.wav", "1");
  write(scratch / "media/deep/b.MP4", "2");
  write(scratch / "media/notes.txt", "3");
  REQUIRE(run({"project", "create", p}).status == 0);
  refused({"project", "create", p}, 2);
  refused({"project", "create", scratch / "p.txt"}, 2);

  const JsonValue added = json({"project", "add", p, scratch / "media"});
  CHECK(JsonField(added)["added"].whole().value() == 2);
  CHECK(JsonField(json({"project", "add", p, scratch / "media"}))["known"].whole().value() == 2);
  const JsonValue all = json({"project", "list", p});
  CHECK(JsonField(all)["files"].size() == 2);
  CHECK(JsonField(all)["files"][0]["file"].string().value() == "media/a dog.wav");
  CHECK(JsonField(all)["files"][0]["there"].boolean().value());

  REQUIRE(run({"project", "tag", p, "night", "a dog.wav"}).status == 0);
  REQUIRE(run({"project", "status", p, "done"}).status == 0);
  CHECK(JsonField(json({"project", "find", p, "night", "dog"}))["files"].size() == 1);
  CHECK(JsonField(json({"project", "list", p, "--status", "done"}))["files"].size() == 2);
  CHECK(JsonField(json({"project", "labels", p}))["labels"].size() == 0);

  CHECK(JsonField(json({"project", "undo", p}))["undone"].string().value() == "mark 2 files as done");
  CHECK(JsonField(json({"project", "list", p, "--status", "done"}))["files"].size() == 0);
  CHECK(JsonField(json({"project", "redo", p}))["redone"].string().value() == "mark 2 files as done");
  CHECK_FALSE(JsonField(json({"project", "redo", p}))["redone"].present());
  CHECK(JsonField(json({"project", "history", p}))["edits"].size() == 3);
  CHECK(JsonField(json({"project", "check", p}))["sound"].boolean().value());

  fs::rename(scratch / "media/a dog.wav", scratch / "moved.wav");
  const JsonValue found = json({"project", "find", p, "--moved", scratch.path().string()});
  REQUIRE(JsonField(found)["moved"].size() == 1);
  CHECK(JsonField(found)["moved"][0]["to"].string().value() == "moved.wav");
}

TEST_CASE("a wrong project command says so in a line") {
  const Scratch scratch;
  const std::string p = scratch / "p.chladni";
  refused({"project"}, 2);
  refused({"project", "list"}, 2);
  refused({"project", "list", p}, 3);
  write(p, "no project");
  refused({"project", "check", p}, 3);
  REQUIRE(run({"project", "create", scratch / "q.chladni"}).status == 0);
  refused({"project", "add", scratch / "q.chladni", scratch / "none"}, 3);
  refused({"project", "tag", scratch / "q.chladni", "x", scratch / "none.wav"}, 3);
  refused({"project", "status", scratch / "q.chladni", "finished"}, 2);
}

namespace {

// A project with two recordings and labels on them, through the program alone.
struct Labelled {
  Labelled() {
    write(scratch / "dawn.wav", "1");
    write(scratch / "dusk.wav", "2");
    REQUIRE(run({"project", "create", p}).status == 0);
    REQUIRE(run({"project", "add", p, scratch / "dawn.wav", scratch / "dusk.wav"}).status == 0);
    write(scratch / "dawn.txt", "1.000000\t2.500000\tdog\n4.000000\t5.000000\towl\n");
    write(scratch / "other.txt", "1.100000\t2.500000\tdog\n7.000000\t8.000000\tcat\n");
    REQUIRE(run({"project", "import", p, scratch / "dawn.txt"}).status == 0);
  }
  Scratch scratch;
  std::string p = scratch / "p.chladni";
};

}  // namespace

TEST_CASE("labels are imported to the recording of their name and exported in every format") {
  Labelled l;
  CHECK(JsonField(json({"project", "labels", l.p, l.scratch / "dawn.wav"}))["labels"].size() == 2);
  refused({"project", "import", l.p, l.scratch / "other.txt"}, 3);  // no recording of that name
  const JsonValue imported = json({"project", "import", l.p, l.scratch / "other.txt", "--for", l.scratch / "dawn.wav"});
  CHECK(JsonField(imported)["labels"].whole().value() == 2);
  CHECK(JsonField(json({"project", "history", l.p}))["edits"].size() == 3);

  const JsonValue written = json({"project", "export", l.p, "--to", "audacity", "--out", l.scratch / "out", "--track", "labels"});
  REQUIRE(JsonField(written)["written"].size() == 1);
  CHECK(bytesOf(l.scratch / "out" / "dawn.txt") == bytesOf(l.scratch / "dawn.txt"));
  // What is lost is said on stderr, before the file is there.
  const Ran told = run({"project", "export", l.p, l.scratch / "dawn.wav", "--to", "ave", "--out", l.scratch / "dawn.ave"});
  CHECK(told.status == 0);
  CHECK(told.errorLines() >= 1);
  CHECK(fs::exists(l.scratch / "dawn.ave"));
  refused({"project", "export", l.p, "--to", "nonsense", "--out", l.scratch / "x"}, 2);
  refused({"project", "export", l.p}, 2);
  refused({"project", "import", l.p, l.scratch / "missing.txt"}, 3);
}

TEST_CASE("a project becomes a training manifest and an AVE folder") {
  Labelled l;
  const JsonValue manifest = json({"project", "dataset", l.p, "--out", l.scratch / "manifest.csv", "--split", "1", "0"});
  CHECK(JsonField(manifest)["items"].whole().value() == 2);
  CHECK(JsonField(manifest)["splits"]["train"].whole().value() == 2);
  CHECK(bytesOf(l.scratch / "manifest.csv").starts_with("path,start,end,labels"));
  CHECK(bytesOf(l.scratch / "manifest.csv").find("dawn.wav,1,2.5,dog,train") != std::string::npos);
  const JsonValue ave = json({"project", "dataset", l.p, "--form", "ave", "--out", l.scratch / "ave"});
  CHECK(JsonField(ave)["items"].whole().value() == 2);
  CHECK(bytesOf(l.scratch / "ave" / "Annotations.txt") == "dog&dawn&good&1&3\nowl&dawn&good&4&5\n");
  CHECK(fs::exists(l.scratch / "ave" / "val_order.h5"));
  refused({"project", "dataset", l.p, "--out", l.scratch / "m.csv", "--split", "0.9", "0.5"}, 2);
  refused({"project", "dataset", l.p, "--out", l.scratch / "m.csv", "--form", "nonsense"}, 2);
}

TEST_CASE("classes ship, and two tracks are compared") {
  Labelled l;
  const JsonValue classes = json({"project", "classes", l.p, "--import", "ave", "--add", "blackbird"});
  REQUIRE(JsonField(classes)["classes"].size() == 29);
  CHECK(JsonField(classes)["classes"][0]["name"].string().value() == "Church bell");
  CHECK(JsonField(classes)["classes"][0]["key"].string().value() == "1");
  CHECK(JsonField(json({"project", "classes", l.p}))["classes"].size() == 29);
  CHECK(JsonField(json({"project", "classes", l.p, "--clear", "--add", "x"}))["classes"].size() == 1);
  refused({"project", "classes", l.p, "--import", "no such vocabulary"}, 3);

  REQUIRE(run({"project", "import", l.p, l.scratch / "other.txt", "--for", l.scratch / "dawn.wav"}).status == 0);
  const JsonValue tracks = json({"project", "labels", l.p});
  const std::string second = JsonField(tracks)["labels"][2]["track"].string().value();
  const JsonValue agreement = json({"project", "agree", l.p, l.scratch / "dawn.wav", "labels", second, "--tolerance", "0.2"});
  CHECK(JsonField(agreement)["first"].whole().value() == 2);
  CHECK(JsonField(agreement)["disagreements"].size() >= 2);
  refused({"project", "agree", l.p, l.scratch / "dawn.wav", "labels", "nobody"}, 3);
}

TEST_CASE("proposing says what is wrong before it loads a model") {
  Labelled l;
  refused({"project", "propose", l.p, "--threshold", "1.5"}, 2);
  refused({"project", "propose", l.scratch / "missing.chladni"}, 3);
  refused({"project", "propose", l.p, l.scratch / "nowhere.wav"}, 3);
  refused({"project", "propose", l.p, "--model", "no-such-model"}, 3);
}

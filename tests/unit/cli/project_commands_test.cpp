// project as a person runs it: a project made, filled, searched, undone, checked, and everything that can be wrong.
#include <filesystem>
#include <fstream>

#include "core/serial/json_value.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::JsonValue;
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

  REQUIRE(run({"project", "tag", p, "night", scratch / "media/a dog.wav"}).status == 0);
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

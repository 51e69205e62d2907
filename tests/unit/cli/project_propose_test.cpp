// project propose with the shipped model: proposals kept file by file, stopped by a signal, gone on with.
#include <csignal>
#include <filesystem>

#include "core/serial/json_value.h"
#include "core/store/project.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"
#include "tests/unit/cli/program.h"

using chladni::serial::JsonField;
using chladni::serial::JsonValue;
using chladni::test::Ran;
using chladni::test::run;
using chladni::test::Scratch;
using chladni::test::writeSine;

namespace {

struct Library {
  explicit Library(int files, double seconds) {
    REQUIRE(run({"project", "create", p}).status == 0);
    for (int i = 0; i < files; ++i) writeSine(scratch / ("tone" + std::to_string(i) + ".wav"), 300.0 + 150.0 * i, seconds, 16000);
    REQUIRE(run({"project", "add", p, scratch.path()}).status == 0);
  }
  [[nodiscard]] std::vector<std::string> propose() const { return {"project", "propose", p, "--model", CHLADNI_SHIPPED_PACKAGE, "--threshold", "0.01", "--device", "cpu", "--json"}; }
  [[nodiscard]] std::size_t finished() const {
    auto project = chladni::store::Project::open(p);
    REQUIRE(project);
    const auto files = project->files();
    std::size_t count = 0;
    for (const auto& file : *files) count += project->tracks(file.id)->empty() ? 0 : 1;
    return count;
  }
  Scratch scratch;
  std::string p = scratch / "p.chladni";
};

JsonValue documentOf(const Ran& ran) {
  auto document = chladni::serial::parseJson(ran.out, "stdout");
  REQUIRE(document);
  return *document;
}

}  // namespace

TEST_CASE("the shipped model proposes for a library, and a second run finds it done") {
  const Library library(2, 4.0);
  const Ran first = run(library.propose());
  INFO(first.err);
  REQUIRE(first.status == 0);
  const JsonValue document = documentOf(first);
  REQUIRE(JsonField(document)["files"].size() == 2);
  CHECK(JsonField(document)["files"][0]["proposals"].whole().value() > 0);
  CHECK_FALSE(JsonField(document)["files"][0]["finished_before"].boolean().value());
  const JsonValue again = documentOf(run(library.propose()));
  CHECK(JsonField(again)["files"][1]["finished_before"].boolean().value());
  const Ran labels = run({"project", "labels", library.p, "--json"});
  const JsonValue all = documentOf(labels);
  CHECK(JsonField(all)["labels"][0]["state"].string().value() == "proposed");
  CHECK(JsonField(all)["labels"][0]["track"].string().value() == "proposals by instruments-s");
}

TEST_CASE("SIGINT ends a run over a library with status 4; what was finished is kept and the rest follows") {
  const Library library(12, 30.0);
  const Ran stopped = chladni::test::runUntil(library.propose(), [&] { return library.finished() >= 1; }, SIGINT);
  INFO(stopped.err);
  CHECK(stopped.status == 4);
  const std::size_t kept = library.finished();
  CHECK(kept >= 1);
  CHECK(kept < 12);
  const Ran rest = run(library.propose());
  REQUIRE(rest.status == 0);
  CHECK(library.finished() == 12);
}

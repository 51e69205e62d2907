#include "core/inference/model_registry.h"

#include <cstdlib>

#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/fake_family.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::inference;
using chladni::test::FakeFamily;
using chladni::test::fakeSpec;
using chladni::test::writeFakePackage;
using Catch::Contains;
namespace fs = std::filesystem;

namespace {

std::vector<std::string> names(const ModelRegistry& registry, std::vector<Error>* problems = nullptr) {
  std::vector<std::string> all;
  for (const auto& spec : registry.packages(problems)) all.push_back(spec.name);
  return all;
}

// Sets a variable for the length of a test.
class Environment {
 public:
  Environment(const char* name, const std::string& value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    ::setenv(name, value.c_str(), 1);
  }
  ~Environment() {
    if (old_)
      ::setenv(name_, old_->c_str(), 1);
    else
      ::unsetenv(name_);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

}  // namespace

TEST_CASE("registry: packages of all folders, sorted, the first folder winning") {
  const test::Scratch scratch;
  auto first = fakeSpec(2), second = fakeSpec(2);
  first.title = "first";
  second.title = "second";
  writeFakePackage(scratch / "one" / "b", first);
  writeFakePackage(scratch / "two" / "b", second);
  writeFakePackage(scratch / "two" / "a", second);
  fs::create_directories(scratch / "two" / "not-a-package");
  fs::create_directories(scratch / "two" / "broken");
  REQUIRE(writeFileAtomically(scratch / "two" / "broken" / "model.json", "{"));
  ModelRegistry registry;
  registry.addSearchFolder(scratch / "one");
  registry.addSearchFolder(scratch / "missing");
  registry.addSearchFolder(scratch / "two");
  std::vector<Error> problems;
  CHECK(names(registry, &problems) == std::vector<std::string>{"a", "b"});
  REQUIRE(problems.size() == 1);
  CHECK_THAT(problems[0].message, Contains("broken"));
  CHECK(registry.find("b")->title == "first");
  CHECK(registry.find("broken").error().code == ErrorCode::corruptData);
}

TEST_CASE("registry: a package is found by name, folder or manifest") {
  const test::Scratch scratch;
  writeFakePackage(scratch / "m" / "a", fakeSpec(2));
  writeFakePackage(scratch / "elsewhere", fakeSpec(2));
  ModelRegistry registry;
  registry.addSearchFolder(scratch / "m");
  CHECK(registry.find("a")->name == "a");
  CHECK(registry.find((scratch / "elsewhere").string())->name == "elsewhere");
  CHECK(registry.find((scratch / "elsewhere").string() + "/")->name == "elsewhere");
  CHECK(registry.find((scratch / "elsewhere" / "model.json").string())->name == "elsewhere");
  for (const std::string& bad : {std::string("zebra"), std::string(""), std::string(".."), std::string("a/b")}) {
    const auto spec = registry.find(bad);
    REQUIRE_FALSE(spec);
    CHECK(spec.error().code == ErrorCode::notFound);
  }
  CHECK_THAT(registry.find("zebra").error().message, Contains("there are: a"));
}

TEST_CASE("registry: the default of a task is installed and does it") {
  const test::Scratch scratch;
  auto events = fakeSpec(2);
  events.tasks = {"audio-events"};
  writeFakePackage(scratch / "a", events);
  writeFakePackage(scratch / "b", fakeSpec(2));
  writeFakePackage(scratch / "c", fakeSpec(2));
  fs::remove(scratch / "b" / "weights.safetensors");
  ModelRegistry registry;
  registry.addSearchFolder(scratch.path());
  CHECK(registry.defaultFor("instruments")->name == "c");
  CHECK(registry.defaultFor("audio-events")->name == "a");
  // Its main task, named first, counts for more than the order of the names.
  auto both = fakeSpec(2);
  both.tasks = {"features", "instruments", "singing"};
  writeFakePackage(scratch / "B", both);
  CHECK(registry.defaultFor("instruments")->name == "c");
  CHECK(registry.defaultFor("singing")->name == "B");
  CHECK(registry.defaultFor("cooking").error().code == ErrorCode::notFound);
}

TEST_CASE("registry: what lies in a folder of last resort is a default only where nothing else does the task") {
  const test::Scratch scratch;
  auto events = fakeSpec(2);
  events.tasks = {"audio-events"};
  writeFakePackage(scratch / "shipped" / "instruments-s", fakeSpec(2));
  writeFakePackage(scratch / "runs" / "a run", fakeSpec(2));
  writeFakePackage(scratch / "runs" / "another", events);
  ModelRegistry registry;
  registry.addSearchFolder(scratch / "runs", true);
  registry.addSearchFolder(scratch / "shipped");
  CHECK(registry.defaultFor("instruments")->name == "instruments-s");
  CHECK(registry.defaultFor("audio-events")->name == "another");
}

TEST_CASE("registry: loading checks family, installation and checksum") {
  const test::Scratch scratch;
  writeFakePackage(scratch / "good", fakeSpec(4));
  writeFakePackage(scratch / "changed", fakeSpec(4));
  REQUIRE(writeFileAtomically(scratch / "changed" / "weights.safetensors", "changed"));
  writeFakePackage(scratch / "absent", fakeSpec(4));
  fs::remove(scratch / "absent" / "weights.safetensors");
  auto foreign = fakeSpec(4);
  foreign.family = "unheard-of";
  writeFakePackage(scratch / "foreign", foreign);
  ModelRegistry registry;
  registry.addFamily(std::make_unique<FakeFamily>());
  registry.addSearchFolder(scratch.path());
  CHECK(registry.familyNames() == std::vector<std::string>{"fake"});
  CHECK(registry.family("fake"));
  CHECK_FALSE(registry.family("unheard-of"));

  const auto model = registry.load("good", {});
  REQUIRE(model);
  CHECK((*model)->spec().classes.size() == 4);
  CHECK((*model)->device() == "cpu");
  CHECK(registry.load("changed", {}).error().code == ErrorCode::corruptData);
  CHECK_THAT(registry.load("changed", {}).error().describe(), Contains("loading changed"));
  CHECK(registry.load("absent", {}).error().code == ErrorCode::notFound);
  CHECK(registry.load("foreign", {}).error().code == ErrorCode::unsupported);
  CHECK_THAT(registry.load("foreign", {}).error().message, Contains("unheard-of") && Contains("fake"));
  CHECK(registry.load("good", {"cuda", Precision::automatic}).error().code == ErrorCode::deviceUnavailable);
  CHECK(registry.load("nothing", {}).error().code == ErrorCode::notFound);
}

TEST_CASE("registry: the standard folders, in their order") {
  const test::Scratch scratch;
  const auto packageOf = [&](const std::string& folder) {
    auto spec = fakeSpec(2);
    spec.title = folder;
    writeFakePackage(scratch / folder / "same", spec);
    writeFakePackage(scratch / folder / ("only-" + fs::path(folder).begin()->string()), spec);
  };
  packageOf("path1");
  packageOf("path2");
  packageOf("data/chladni/models");
  packageOf("prefix/share/chladni/models");
  fs::create_directories(scratch / "prefix" / "bin");
  REQUIRE(writeFileAtomically(scratch / "prefix" / "bin" / "chladni-cli", ""));
  const Environment path("CHLADNI_MODEL_PATH",
                         "::" + (scratch / "path1").string() + ":" + (scratch / "path2").string() + ":");
  const Environment data("XDG_DATA_HOME", (scratch / "data").string());
  ModelRegistry registry;
  registry.addStandardSearchFolders(scratch / "prefix" / "bin" / "chladni-cli");
  CHECK(registry.find("same")->title == "path1");
  for (const char* name : {"only-path1", "only-path2", "only-data", "only-prefix"}) CHECK(registry.find(name));
  {
    const Environment none("CHLADNI_MODEL_PATH", "");
    ModelRegistry second;
    second.addStandardSearchFolders(scratch / "prefix" / "bin" / "chladni-cli");
    CHECK(second.find("same")->title == "data/chladni/models");
    CHECK_FALSE(second.find("only-path1"));
  }
  // A relative XDG_DATA_HOME does not count; the home folder stands in.
  packageOf("home/.local/share/chladni/models");
  const Environment relative("XDG_DATA_HOME", "data");
  const Environment home("HOME", (scratch / "home").string());
  ModelRegistry third;
  third.addStandardSearchFolders("chladni-cli");
  CHECK(third.find("only-home"));
}

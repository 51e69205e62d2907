// Which package is meant by a name, or by the folder it lies in.
#include "ui/analysis/package_listing.h"

#include <algorithm>

#include "tests/gui/window/bench.h"

using namespace chladni;

namespace {

struct Shelf {
  Shelf() {
    for (const char* name : {"one", "two"}) package("models", name);
    std::filesystem::remove(scratch / "models" / "two" / "weights.safetensors");
    package("elsewhere", "far");
    registry.addSearchFolder(scratch / "models");
  }
  void package(const char* folder, const char* name) {
    auto spec = test::fakeSpec(3);
    spec.name = name;
    test::writeFakePackage(scratch / folder / name, spec);
  }
  [[nodiscard]] ui::PackageListing wanting(const std::string& what) const { return ui::listPackages(registry, what); }
  test::Scratch scratch;
  inference::ModelRegistry registry;
};

}  // namespace

TEST_CASE("A package is meant by its name or by the folder it lies in") {
  const Shelf shelf;
  CHECK(shelf.wanting("").chosen.empty());
  CHECK(shelf.wanting("").models.size() == 2);
  CHECK(shelf.wanting("one").chosen == "one");
  const auto far = shelf.wanting((shelf.scratch / "elsewhere" / "far").string());
  CHECK(far.chosen == "far");
  CHECK(far.models.size() == 3);
  const auto inside = shelf.wanting((shelf.scratch / "models" / "one").string());
  CHECK(inside.chosen == "one");
  CHECK(inside.models.size() == 2);
}

TEST_CASE("A package without weights is listed once, and one that is nowhere is a problem") {
  const Shelf shelf;
  const auto bare = shelf.wanting("two");
  CHECK(std::count_if(bare.models.begin(), bare.models.end(), [](const auto& spec) { return spec.name == "two"; }) == 1);
  const auto lost = shelf.wanting("three");
  CHECK(lost.chosen.empty());
  REQUIRE_FALSE(lost.problems.empty());
  CHECK(lost.problems.back().message.find("three") != std::string::npos);
}

TEST_CASE("A folder that is named takes the place of the installed package of its name") {
  Shelf shelf;
  shelf.package("elsewhere", "one");
  const auto folder = shelf.scratch / "elsewhere" / "one";
  const auto listing = shelf.wanting(folder.string());
  CHECK(listing.chosen == "one");
  REQUIRE(listing.models.size() == 2);
  const auto one = std::find_if(listing.models.begin(), listing.models.end(), [](const auto& spec) { return spec.name == "one"; });
  REQUIRE(one != listing.models.end());
  CHECK(one->folder == folder);
}

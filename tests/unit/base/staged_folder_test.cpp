// A folder that appears whole or not at all.
#include "core/base/staged_folder.h"

#include <fstream>

#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using chladni::ErrorCode;
using chladni::StagedFolder;
using chladni::test::Scratch;
namespace fs = std::filesystem;

TEST_CASE("a staged folder is there only after commit") {
  const Scratch scratch;
  const fs::path wanted = scratch / "deep/package";
  {
    auto staged = StagedFolder::create(wanted);
    REQUIRE(staged);
    std::ofstream(staged->path() / "a.txt") << "a";
    CHECK_FALSE(fs::exists(wanted));
  }
  CHECK_FALSE(fs::exists(wanted));
  CHECK(fs::is_empty(wanted.parent_path()));
  auto staged = StagedFolder::create(wanted);
  REQUIRE(staged);
  std::ofstream(staged->path() / "a.txt") << "a";
  REQUIRE(staged->commit());
  CHECK(fs::exists(wanted / "a.txt"));
}

TEST_CASE("what is there already is not replaced") {
  const Scratch scratch;
  fs::create_directory(scratch / "full");
  std::ofstream(scratch / "full/mine.txt") << "mine";
  CHECK(StagedFolder::create(scratch / "full").error().code == ErrorCode::invalidArgument);
  std::ofstream(scratch / "file") << "mine";
  CHECK(StagedFolder::create(scratch / "file").error().code == ErrorCode::invalidArgument);
  fs::create_directory(scratch / "empty");
  auto staged = StagedFolder::create((scratch / "empty").string() + "/");
  REQUIRE(staged);
  REQUIRE(staged->commit());
  // Somebody else was faster.
  auto late = StagedFolder::create(scratch / "late");
  REQUIRE(late);
  std::ofstream(scratch / "late") << "theirs";
  CHECK_FALSE(late->commit());
  CHECK(fs::is_regular_file(scratch / "late"));
}

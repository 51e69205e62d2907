#include "core/base/atomic_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include <future>

#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
namespace fs = std::filesystem;

namespace {

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

TEST_CASE("atomic file: nothing is there before commit, everything after") {
  const test::Scratch scratch;
  {
    auto file = AtomicFile::create(scratch / "a");
    REQUIRE(file);
    REQUIRE(file->write("hello "));
    REQUIRE(file->write("world"));
    CHECK_FALSE(fs::exists(scratch / "a"));
    CHECK(fs::exists(file->temporaryPath()));
    REQUIRE(file->commit());
  }
  CHECK(*readFile(scratch / "a", 100) == "hello world");
  CHECK(filesIn(scratch.path()) == 1);
}

TEST_CASE("atomic file: without commit the old file stays and nothing else does") {
  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "a", "old"));
  {
    auto file = AtomicFile::create(scratch / "a");
    REQUIRE(file);
    REQUIRE(file->write("new"));
    AtomicFile moved = *std::move(file);
    REQUIRE(moved.write("er"));
  }
  CHECK(*readFile(scratch / "a", 100) == "old");
  CHECK(filesIn(scratch.path()) == 1);
}

TEST_CASE("atomic file: places that cannot be written are named") {
  const test::Scratch scratch;
  CHECK(AtomicFile::create(scratch.path()).error().code == ErrorCode::invalidArgument);
  const auto missing = AtomicFile::create(scratch / "no" / "such" / "a");
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == ErrorCode::io);
  CHECK(missing.error().message.find("such/a") != std::string::npos);
  const std::string longest(255, 'n');  // as long as a name may be
  CHECK(writeFileAtomically(scratch / longest, "x"));
}

TEST_CASE("atomic file: a link stays one, permissions stay, and what is no file is written into") {
  const test::Scratch scratch;
  fs::create_directory(scratch / "far");
  REQUIRE(writeFileAtomically(scratch / "far" / "a", "old"));
  fs::permissions(scratch / "far" / "a", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("far/a", scratch / "near");
  REQUIRE(writeFileAtomically(scratch / "near", "new"));
  CHECK(fs::is_symlink(scratch / "near"));
  CHECK(*readFile(scratch / "far" / "a", 100) == "new");
  CHECK(fs::status(scratch / "far" / "a").permissions() == (fs::perms::owner_read | fs::perms::owner_write));

  fs::create_symlink("far/b", scratch / "dangling");
  REQUIRE(writeFileAtomically(scratch / "dangling", "made"));
  CHECK(*readFile(scratch / "far" / "b", 100) == "made");

  const fs::path pipe = scratch / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  auto read = std::async(std::launch::async, [&] { return readFile(pipe, 100); });
  REQUIRE(writeFileAtomically(pipe, "through"));
  CHECK(*read.get() == "through");
  CHECK(fs::is_fifo(pipe));
  CHECK(filesIn(scratch.path()) == 4);
  CHECK(filesIn(scratch / "far") == 2);
}

TEST_CASE("atomic file: a full device and an open file by its number") {
  const test::Scratch scratch;
  using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;
  const auto byNumber = [](const File& file) { return "/dev/fd/" + std::to_string(::fileno(file.get())); };
  const File device(std::fopen("/dev/full", "w"), &std::fclose);  // by its number, so that no mistake takes the device away
  const auto full = writeFileAtomically(byNumber(device), "x");
  REQUIRE_FALSE(full);
  CHECK(full.error().code == ErrorCode::io);
  CHECK(full.error().message.find(byNumber(device)) != std::string::npos);

  const File open(std::fopen((scratch / "open").c_str(), "w"), &std::fclose);
  REQUIRE(writeFileAtomically(byNumber(open), "by number"));
  CHECK(*readFile(scratch / "open", 100) == "by number");
}

TEST_CASE("readFile: limits, folders and what is missing") {
  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "a", "12345"));
  CHECK(readFile(scratch / "a", 5)->size() == 5);
  CHECK(readFile(scratch / "a", 4).error().code == ErrorCode::corruptData);
  CHECK(readFile(scratch / "b", 5).error().code == ErrorCode::notFound);
  CHECK(readFile(scratch.path(), 5).error().code == ErrorCode::notFound);
  REQUIRE(writeFileAtomically(scratch / "empty", ""));
  CHECK(readFile(scratch / "empty", 0)->empty());
  if (::geteuid() != 0) {  // root may read everything
    fs::permissions(scratch / "a", fs::perms::none);
    CHECK(readFile(scratch / "a", 5).error().code == ErrorCode::io);
  }
}

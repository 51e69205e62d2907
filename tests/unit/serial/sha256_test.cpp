#include "core/serial/sha256.h"

#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::serial;

// Test vectors of FIPS 180-4 ("abc", the empty message, one million times "a").
TEST_CASE("sha256: published vectors, of texts and of files") {
  const std::string million(1'000'000, 'a');
  CHECK(sha256OfText("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256OfText("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256OfText(million) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "a", million + million));
  const auto sum = sha256OfFile(scratch / "a");
  REQUIRE(sum);
  CHECK(*sum == sha256OfText(million + million));
  CHECK(sha256OfFile(scratch / "gone").error().code == ErrorCode::notFound);
  CHECK(sha256OfFile(scratch.path()).error().code == ErrorCode::notFound);
  std::stop_source stop;
  stop.request_stop();
  CHECK(sha256OfFile(scratch / "a", stop.get_token()).error().code == ErrorCode::cancelled);
}

TEST_CASE("sha256: what a checksum looks like") {
  CHECK(isSha256(sha256OfText("x")));
  CHECK(isSha256(std::string(64, 'A')));
  CHECK_FALSE(isSha256(std::string(63, 'a')));
  CHECK_FALSE(isSha256(std::string(64, 'g')));
}

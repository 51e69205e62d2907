#include "core/base/result.h"

#include <memory>
#include <set>

#include "tests/support/catch.h"

using namespace chladni;

namespace {

Result<int> half(int value) {
  if (value % 2 != 0) return fail(ErrorCode::invalidArgument, std::to_string(value) + ": is odd");
  return value / 2;
}

Result<void> check(int value) {
  if (auto result = half(value); !result) return fail(result.error(), "checking");
  return {};
}

constexpr ErrorCode kCodes[] = {ErrorCode::cancelled,   ErrorCode::notFound,          ErrorCode::unsupported,
                                ErrorCode::invalidArgument, ErrorCode::corruptData,   ErrorCode::incompatibleModel,
                                ErrorCode::outOfMemory, ErrorCode::deviceUnavailable, ErrorCode::io,
                                ErrorCode::protocol,    ErrorCode::internal};

}  // namespace

TEST_CASE("result: a value or an error") {
  CHECK(*half(4) == 2);
  CHECK(half(4).value_or(9) == 2);
  CHECK(half(5).value_or(9) == 9);
  CHECK_FALSE(half(5));
  CHECK(half(5).error().message == "5: is odd");
  CHECK(check(4));
  CHECK(check(5).error().context == std::vector<std::string>{"checking"});
}

TEST_CASE("result: values are moved, also those that cannot be copied") {
  Result<std::unique_ptr<int>> result = std::make_unique<int>(3);
  const std::unique_ptr<int> taken = *std::move(result);
  CHECK(*taken == 3);
  Result<std::string> text = "converted";
  text->append("!");
  CHECK(*text == "converted!");
}

TEST_CASE("error: context reads from the outside in, on one line") {
  Error error{ErrorCode::corruptData, "cut off", {"tensor a", "loading ast"}};
  CHECK(error.describe() == "loading ast: tensor a: cut off");
  const Error quoting{ErrorCode::notFound, "we\nird\x1b[31m.wav: no such file", {}};
  CHECK(quoting.describe() == "we ird?[31m.wav: no such file");
}

TEST_CASE("error: every code has a name and one of the four exit statuses") {
  std::set<std::string> names;
  for (const ErrorCode code : kCodes) {
    names.emplace(name(code));
    CHECK(exitStatus(code) >= 1);
    CHECK(exitStatus(code) <= 4);
  }
  CHECK(names.size() == std::size(kCodes));
  CHECK(exitStatus(ErrorCode::cancelled) == 4);
  CHECK(exitStatus(ErrorCode::invalidArgument) == 2);
  CHECK(exitStatus(ErrorCode::corruptData) == 3);
  CHECK(exitStatus(ErrorCode::io) == 1);
}

#include <cmath>

#include "core/base/atomic_file.h"
#include "core/serial/json_value.h"
#include "core/serial/utf8.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::serial;
using Catch::Contains;

namespace {

std::string problem(const std::string& text, const JsonLimits& limits = {}) {
  const auto value = parseJson(text, "f.json", limits);
  REQUIRE_FALSE(value);
  CHECK(value.error().code == ErrorCode::corruptData);
  CHECK(value.error().message.find('\n') == std::string::npos);
  return value.error().message;
}

JsonValue parsed(const std::string& text) {
  auto value = parseJson(text, "t");
  REQUIRE(value);
  return *std::move(value);
}

}  // namespace

TEST_CASE("json: text, values and text again") {
  const std::string text = R"({"z":1,"a":[true,false,null,-7,0.1,1e+300,"x\"\\\nü"],"empty":{},"none":[],"n":{"k":2}})";
  CHECK(parsed(text).text() == text);
  const std::string pretty = parsed(text).prettyText();
  CHECK(parsed(pretty) == parsed(text));
  CHECK(pretty.back() == '\n');
  CHECK_THAT(parsed(R"({"a":[1,2,3]})").prettyText(), Contains("[1, 2, 3]"));
}

TEST_CASE("json: numbers keep every bit") {
  for (const double value : {0.1, 1.0 / 3.0, 5e-324, 1.7976931348623157e308, -4.2677393, 1e21, 123456789.0}) {
    const auto back = parsed(JsonValue(value).text()).number();
    REQUIRE(back);
    CHECK(*back == value);
  }
  CHECK(JsonValue(-0.0).text() == "-0.0");
  CHECK(std::signbit(*parsed("-0.0").number()));
  CHECK(JsonValue(4.5689974F).text() == "4.5689974");
  CHECK(JsonValue(0.1F).text() == "0.1");
  CHECK(static_cast<float>(*JsonValue(1e-45F).number()) == 1e-45F);
  CHECK(JsonValue(std::int64_t{9223372036854775807}).text() == "9223372036854775807");
  CHECK(*parsed("9223372036854775807").integer() == 9223372036854775807);
  CHECK(parsed("18446744073709551615").integer() == nullptr);
  CHECK(*parsed("18446744073709551615").number() == 18446744073709551615.0);
  CHECK(JsonValue(std::nan("")).text() == "null");
  CHECK(JsonValue(std::numeric_limits<float>::infinity()).text() == "null");
}

TEST_CASE("json: errors name line and column") {
  CHECK_THAT(problem("{\n  \"a\": 1,\n  \"b\": oops\n}"), Contains("f.json: line 3 column 8"));
  CHECK_THAT(problem(""), Contains("line 1 column 1"));
  CHECK_THAT(problem("[1,2"), Contains("line 1"));
  CHECK_THAT(problem("{} extra"), Contains("line 1 column 4"));
  CHECK_THAT(problem("{\"a\":1,\"a\":2}"), Contains("\"a\" appears twice"));
  CHECK_THAT(problem("[1e999]"), Contains("not valid JSON"));
  problem("[\"\xC3\x28\"]");
  problem("[NaN]");
  problem(std::string("[\"a\0b\"]", 7));
  problem("[\"a\nb\"]");
}

TEST_CASE("json: limits hold before memory is spent") {
  CHECK_THAT(problem(std::string(100, '['), {1 << 20, 64, 1000}), Contains("deeper than 64"));
  CHECK(parseJson(std::string(64, '[') + std::string(64, ']'), "t", {1 << 20, 64, 1000}));
  CHECK_THAT(problem("[1,2,3,4,5]", {1 << 20, 64, 5}), Contains("more than 5 values"));
  CHECK_THAT(problem("[1,2,3,4,5]", {10, 64, 50}), Contains("longer than 10 bytes"));
  const auto deep = parseJson(std::string(1 << 20, '['), "t");
  CHECK_FALSE(deep);
}

TEST_CASE("json: fields say which path was expected to be what") {
  const JsonValue value = parsed(
      R"({"frontend":{"mel_bins":0,"rate":16000.0,"half":0.5,"big":1e300,"kind":"fbank","flag":true},"list":["a",2]})");
  const JsonField root(value);
  const JsonField frontend = root["frontend"];
  const auto message = [](const auto& result) {
    REQUIRE_FALSE(result);
    return result.error().message;
  };
  CHECK(message(frontend["mel_bins"].whole(1)) ==
        "frontend.mel_bins: expected a whole number of at least 1, got 0");
  CHECK(message(frontend["gone"].whole(1, 9)) == "frontend.gone: missing; expected a whole number from 1 to 9");
  CHECK(message(root["no"]["such"].string()) == "no.such: missing; expected a string");
  CHECK(*frontend["rate"].whole(1) == 16000);
  CHECK_FALSE(frontend["half"].whole());
  CHECK_FALSE(frontend["big"].whole());
  CHECK(*frontend["half"].number(0.0, 1.0) == 0.5);
  CHECK(message(frontend["half"].number(1.0)) == "frontend.half: expected a number of at least 1, got 0.5");
  CHECK(message(frontend["kind"].oneOf({"a", "b"})) == "frontend.kind: expected one of \"a\", \"b\", got \"fbank\"");
  CHECK(*frontend["kind"].oneOf({"a", "fbank"}) == "fbank");
  CHECK(*frontend["flag"].boolean());
  CHECK_FALSE(frontend["kind"].boolean());
  CHECK(message(root["list"].strings()) == "list[1]: expected a string, got 2");
  CHECK(message(root["list"].numbers()) == "list[0]: expected a number, got \"a\"");
  CHECK(message(frontend.array()) != "");
  CHECK(frontend.object());
  CHECK_FALSE(root["list"][std::size_t{7}].present());
  CHECK(root["list"].size() == 2);
}

TEST_CASE("json: files") {
  const test::Scratch scratch;
  REQUIRE(writeFileAtomically(scratch / "a.json", "{\"a\":[1]}"));
  CHECK(readJsonFile((scratch / "a.json").string()));
  CHECK(readJsonFile((scratch / "b.json").string()).error().code == ErrorCode::notFound);
}

TEST_CASE("messages stay on one line and whole in UTF-8") {
  CHECK(printable("a\nb\x7f\x01") == "a\\x0ab\\x7f\\x01");
  CHECK(printable("ééé", 3) == "é…");
  CHECK(printable("abc", 3) == "abc");
}

TEST_CASE("utf-8 is checked strictly") {
  for (const char* good : {"", "abc", "ü", "\xE2\x82\xAC", "\xF0\x9F\x8E\xBB", "\xF4\x8F\xBF\xBF"}) CHECK(isUtf8(good));
  for (const char* bad : {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF0\x80\x80\x80",
                          "\xFF", "a\xE2\x82", "\xF5\x80\x80\x80"})
    CHECK_FALSE(isUtf8(bad));
}

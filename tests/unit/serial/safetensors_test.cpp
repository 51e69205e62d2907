#include "core/serial/safetensors.h"

#include <cstring>
#include <fstream>

#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::serial;

namespace {

std::string fileText(const std::string& header, const std::string& data) {
  const std::uint64_t length = header.size();
  std::string text(reinterpret_cast<const char*>(&length), sizeof length);
  return text + header + data;
}

Result<TensorFile> parse(const std::string& text) { return parseSafetensors(std::as_bytes(std::span(text)), "x"); }

Result<TensorFile> parse(const std::string& header, const std::string& data) { return parse(fileText(header, data)); }

std::string messageOf(const std::string& header, const std::string& data) {
  const auto file = parse(header, data);
  REQUIRE_FALSE(file);
  return file.error().message;
}

TensorBlob blob(const std::string& name, DType type, std::vector<std::int64_t> shape, std::size_t bytes) {
  TensorBlob tensor{name, type, std::move(shape), std::vector<std::byte>(bytes)};
  for (std::size_t i = 0; i < bytes; ++i) tensor.bytes[i] = static_cast<std::byte>(i * 7 + name.size());
  return tensor;
}

const std::string kEight(8, 'd');
using Catch::Contains;

}  // namespace

TEST_CASE("safetensors: everything written comes back, in order") {
  const test::Scratch scratch;
  TensorFile file;
  file.metadata = {{"format", "pt"}, {"odd", "line\nbreak \"quoted\" \\ é"}};
  file.tensors = {blob("flags", DType::boolean, {3}, 3),    blob("scalar", DType::f32, {}, 4),
                  blob("empty", DType::f16, {4, 0, 2}, 0),  blob("wide", DType::f64, {2, 1}, 16),
                  blob("half", DType::bf16, {1, 3}, 6),     blob("small \"q\" ü", DType::i8, {5}, 5),
                  blob("h", DType::f16, {1}, 2),            blob("i64", DType::i64, {1}, 8),
                  blob("i32", DType::i32, {2}, 8),          blob("i16", DType::i16, {1}, 2),
                  blob("bytes", DType::u8, {1, 1, 2}, 2)};
  REQUIRE(writeSafetensors(scratch / "a.safetensors", file));
  const auto back = readSafetensors(scratch / "a.safetensors");
  REQUIRE(back);
  CHECK(back->metadata == file.metadata);
  REQUIRE(back->tensors.size() == file.tensors.size());
  for (std::size_t i = 0; i < file.tensors.size(); ++i) {
    CHECK(back->tensors[i].name == file.tensors[i].name);
    CHECK(back->tensors[i].dtype == file.tensors[i].dtype);
    CHECK(back->tensors[i].shape == file.tensors[i].shape);
    CHECK(back->tensors[i].bytes == file.tensors[i].bytes);
  }
  const auto text = readFile(scratch / "a.safetensors", 1 << 20);
  REQUIRE(text);
  std::uint64_t length = 0;
  std::memcpy(&length, text->data(), 8);
  CHECK(length % 8 == 0);
  const auto fromMemory = parse(*text);
  REQUIRE(fromMemory);
  CHECK(fromMemory->tensors.back().bytes == file.tensors.back().bytes);
}

TEST_CASE("safetensors: an empty file of tensors is a file") {
  const test::Scratch scratch;
  REQUIRE(writeSafetensors(scratch / "a", {}));
  const auto back = readSafetensors(scratch / "a");
  REQUIRE(back);
  CHECK(back->tensors.empty());
}

TEST_CASE("safetensors: the order of the header may differ from that of the data") {
  const auto file = parse(R"({"b":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},)"
                          R"("a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})", "AABB");
  REQUIRE(file);
  CHECK(file->tensors[0].name == "b");
  CHECK(file->tensors[0].bytes[0] == std::byte{'B'});
  CHECK(file->tensors[1].bytes[0] == std::byte{'A'});
}

TEST_CASE("safetensors: lying lengths are refused") {
  CHECK_FALSE(parse(""));
  CHECK_FALSE(parse("1234567"));
  for (const std::uint64_t length : {std::uint64_t{3}, std::uint64_t{100}, std::uint64_t{100'000'001},
                                     ~std::uint64_t{0}, std::uint64_t{1} << 63}) {
    std::string text = fileText("{}", "");
    std::memcpy(text.data(), &length, sizeof length);
    const auto file = parse(text);
    REQUIRE_FALSE(file);
    CHECK(file.error().code == ErrorCode::corruptData);
  }
}

TEST_CASE("safetensors: broken headers are refused, naming the tensor") {
  const std::string ok = R"("t":{"dtype":"F32","shape":[2],"data_offsets":[0,8]})";
  CHECK(parse("{" + ok + "}", kEight));
  CHECK(parse("{" + ok + "}   ", kEight));
  CHECK_FALSE(parse("[]", ""));
  CHECK_FALSE(parse(" {" + ok + "}", kEight));
  CHECK_THAT(messageOf("{" + ok + "," + ok + "}", kEight), Contains("\"t\" appears twice"));
  CHECK_THAT(messageOf("{" + ok, kEight), Contains("not valid JSON"));
  CHECK_THAT(messageOf("{\"t\\u0000x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", kEight),
             Contains("t\\x00x") && Contains("NUL"));
  CHECK_FALSE(parse("{\"t\xFF\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", kEight));
  CHECK_FALSE(parse(R"({"t\ud800":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", kEight));

  const auto entry = [](const std::string& dtype, const std::string& shape, const std::string& offsets) {
    return "{\"some.weight\":{\"dtype\":" + dtype + ",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}}";
  };
  for (const auto& header :
       {entry("\"F32\"", "[3]", "[0,8]"), entry("\"F32\"", "[-2]", "[0,8]"), entry("\"F32\"", "[2.5]", "[0,8]"),
        entry("\"F32\"", "2", "[0,8]"), entry("\"F32\"", "[2]", "[0,9]"), entry("\"F32\"", "[2]", "[8,0]"),
        entry("\"F32\"", "[2]", "[0]"), entry("\"F32\"", "[2]", "[-1,7]"), entry("\"F32\"", "[2]", "[0,8,8]"),
        entry("\"F32\"", "[2]", "[18446744073709551608,18446744073709551616]"), entry("7", "[2]", "[0,8]"),
        entry("\"F32\"", "[4294967296,4294967296,4294967296]", "[0,8]"),
        entry("\"F64\"", "[2305843009213693952]", "[0,0]"), entry("\"F32\"", "[[2]]", "[0,8]")})
    CHECK_THAT(messageOf(header, kEight), Contains("some.weight"));

  const auto unknown = parse(entry("\"F8_E4M3\"", "[8]", "[0,8]"), kEight);
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().code == ErrorCode::unsupported);
  CHECK_THAT(unknown.error().message, Contains("some.weight") && Contains("F8_E4M3"));

  CHECK_THAT(messageOf(R"({"__metadata__":{"a":1},)" + ok + "}", kEight), Contains("__metadata__.a"));
  CHECK_THAT(messageOf(R"({"__metadata__":[],)" + ok + "}", kEight), Contains("__metadata__"));
}

TEST_CASE("safetensors: a huge dimension hidden by a zero neither overflows nor allocates") {
  const auto file = parse(R"({"z":{"dtype":"U8","shape":[0,4611686018427387904],"data_offsets":[0,0]}})", "");
  REQUIRE(file);
  CHECK(file->tensors[0].bytes.empty());
  CHECK_FALSE(parse(R"({"z":{"dtype":"F32","shape":[0,4611686018427387904],"data_offsets":[0,0]}})", ""));
  CHECK_FALSE(parse(R"({"z":{"dtype":"F32","shape":[0,9223372036854775807,9],"data_offsets":[0,0]}})", ""));
}

TEST_CASE("safetensors: overlaps, holes and left-over bytes are refused") {
  const auto two = [](int b0, int e0, int b1, int e1) {
    const auto entry = [](const std::string& name, int b, int e) {
      return "\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[" + std::to_string(e - b) + "],\"data_offsets\":[" +
             std::to_string(b) + "," + std::to_string(e) + "]}";
    };
    return "{" + entry("a", b0, e0) + "," + entry("b", b1, e1) + "}";
  };
  CHECK(parse(two(0, 4, 4, 8), kEight));
  CHECK_THAT(messageOf(two(0, 5, 4, 8), kEight), Contains("overlap"));
  CHECK_THAT(messageOf(two(0, 8, 2, 4), kEight), Contains("overlap"));
  CHECK_THAT(messageOf(two(0, 8, 0, 8), kEight), Contains("overlap"));
  CHECK_THAT(messageOf(two(0, 3, 4, 8), kEight), Contains("belong to no tensor"));
  CHECK_THAT(messageOf(two(1, 4, 4, 8), kEight), Contains("belong to no tensor"));
  CHECK_THAT(messageOf(two(0, 4, 4, 7), kEight), Contains("belong to no tensor"));
  CHECK_THAT(messageOf(two(0, 4, 4, 9), kEight), Contains("cut off"));
}

TEST_CASE("safetensors: what is not a readable file is named") {
  const test::Scratch scratch;
  CHECK(readSafetensors(scratch / "gone").error().code == ErrorCode::notFound);
  CHECK(readSafetensors(scratch.path()).error().code == ErrorCode::notFound);
  REQUIRE(writeFileAtomically(scratch / "text", "just some words, nothing else"));
  CHECK(readSafetensors(scratch / "text").error().code == ErrorCode::corruptData);
  // Cut anywhere, a file is refused.
  REQUIRE(writeSafetensors(scratch / "whole", {{blob("t", DType::f32, {3}, 12)}, {}}));
  const auto text = readFile(scratch / "whole", 1000);
  REQUIRE(text);
  for (std::size_t size = 0; size < text->size(); ++size) {
    REQUIRE(writeFileAtomically(scratch / "cut", text->substr(0, size)));
    CHECK_FALSE(readSafetensors(scratch / "cut"));
  }
}

TEST_CASE("safetensors: a writer refuses what a reader would") {
  const test::Scratch scratch;
  const auto write = [&](std::vector<TensorBlob> tensors) {
    return writeSafetensors(scratch / "w", {std::move(tensors), {}});
  };
  CHECK_FALSE(write({blob("a", DType::f32, {1}, 4), blob("a", DType::f32, {1}, 4)}));
  CHECK_FALSE(write({blob("a", DType::f32, {2}, 4)}));
  CHECK_FALSE(write({blob("__metadata__", DType::f32, {1}, 4)}));
  CHECK_FALSE(write({blob(std::string("a\0b", 3), DType::f32, {1}, 4)}));
  CHECK_FALSE(std::filesystem::exists(scratch / "w"));
  CHECK_FALSE(writeSafetensors(scratch / "no" / "such" / "folder", {}));
}

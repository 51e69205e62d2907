#include "core/text/word_piece.h"

#include <filesystem>
#include <fstream>

#include "core/text/basic_tokens.h"
#include "core/text/code_points.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using Words = std::vector<std::string>;
using Ids = std::vector<std::int64_t>;

namespace {

text::WordPiece tiny(const text::WordPieceOptions& options = {}) {
  auto vocabulary = text::Vocabulary::parse("[PAD]\r\n[UNK]\r\n[CLS]\r\n[SEP]\r\n sing \r\n##ing\r\ns\r\n##s\r\n,\r\n", "tiny");
  REQUIRE(vocabulary);
  auto made = text::WordPiece::create(*std::move(vocabulary), options);
  REQUIRE(made);
  return *std::move(made);
}

}  // namespace

TEST_CASE("Longest pieces first, and one unknown for a word that no pieces spell") {
  const auto pieces = tiny();
  CHECK(pieces.ids("Sings, sing") == Ids{4, 7, 8, 4});
  CHECK(pieces.ids("singer sing") == Ids{1, 4});
  CHECK(pieces.ids("[CLS]") == Ids{1, 1, 1});
  CHECK(pieces.ids("sing sing sing", 2) == Ids{4, 4});
  CHECK(tiny({true, 3}).ids("sing s") == Ids{1, 6});
  CHECK(tiny({false, 100}).ids("Sing sing") == Ids{1, 4});
}

TEST_CASE("Sequences are exactly as long as asked for") {
  const auto pieces = tiny();
  const auto padded = pieces.sequence("sing", 5, true);
  CHECK(padded.ids == Ids{2, 4, 3, 0, 0});
  CHECK(padded.real == std::vector<std::uint8_t>{1, 1, 1, 0, 0});
  CHECK(pieces.sequence("sing sing sing sing", 4, true).ids == Ids{2, 4, 4, 3});
  CHECK(pieces.sequence("sing sing sing sing", 3, false).ids == Ids{4, 4, 4});
  CHECK(pieces.sequence("sing", 1, true).ids == Ids{2});
  CHECK(pieces.sequence("", 0, true).ids.empty());
}

TEST_CASE("Bytes that are no text are dropped, never read past") {
  CHECK(text::basicTokens("a\xE2\x82\x62") == Words{"ab"});
  CHECK(text::basicTokens("\xED\xA0\x80\xC0\xAF\xF4\x90\x80\x80x\xF0\x9F") == Words{"x"});
  CHECK(text::basicTokens(std::string_view("a\0b", 3)) == Words{"ab"});
  CHECK(text::encodeUtf8(text::decodeUtf8("z\u00DF\u6C34\U0001F34C")) == "z\u00DF\u6C34\U0001F34C");
}

TEST_CASE("Marks come in the order of their classes before they go") {
  // Two spacing marks of classes 226 and 216 change places; the non-spacing one between them goes.
  const std::u32string marked{0x61, 0x1D16D, 0x301, 0x1D165};
  CHECK(text::basicTokens(text::encodeUtf8(marked)) == Words{text::encodeUtf8(std::u32string{0x61, 0x1D165, 0x1D16D})});
  CHECK(text::basicTokens("\u039F\u0394\u039F\u03A3 \u03A3\u0391") == Words{"\u03BF\u03B4\u03BF\u03C2", "\u03C3\u03B1"});
}

TEST_CASE("Long and odd texts cost what they should") {
  std::string endless;
  for (int i = 0; i < 200'000; ++i) endless += "\u0301\u03A3'";
  CHECK(tiny().sequence(endless, 64, true).ids.size() == 64);
  CHECK(tiny().ids(std::string(1'000'000, 's')) == Ids{1});
}

TEST_CASE("Vocabularies that cannot serve are refused by name") {
  CHECK_FALSE(text::Vocabulary::parse("", "empty"));
  CHECK(text::Vocabulary::read(test::Scratch() / "absent.txt").error().code == ErrorCode::notFound);
  const auto incomplete = text::WordPiece::create(text::Vocabulary::parse("[PAD]\n[UNK]\n[CLS]", "x").value());
  REQUIRE_FALSE(incomplete);
  CHECK(incomplete.error().code == ErrorCode::incompatibleModel);
  CHECK(incomplete.error().message.find("[SEP]") != std::string::npos);
}

TEST_CASE("Of two equal entries the later one counts") {
  const auto vocabulary = text::Vocabulary::parse("a\nb\na", "twice");
  REQUIRE(vocabulary);
  CHECK(vocabulary->size() == 3);
  CHECK(vocabulary->find("a") == std::int64_t{2});
}

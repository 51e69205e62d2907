// golden.wordpiece: every recorded text through both stages of the tokeniser and both limits, and the padded sequences.
#include <set>

#include "core/serial/json_value.h"
#include "core/text/basic_tokens.h"
#include "core/text/code_points.h"
#include "core/text/word_piece.h"
#include "tests/support/catch.h"
#include "tests/support/golden.h"

using namespace chladni;

namespace {

using Ids = std::vector<std::int64_t>;

serial::JsonValue recordedFile() {
  auto file = serial::readJsonFile((test::goldenDir() / "wordpiece.json").string());
  REQUIRE(file);
  return *std::move(file);
}

Ids idsOf(const serial::JsonField& field) {
  Ids ids;
  for (std::size_t i = 0; i < field.size(); ++i) ids.push_back(field[i].whole().value());
  return ids;
}

text::WordPiece tokeniser(const serial::JsonField& root, std::size_t limit) {
  std::string lines;
  const auto words = root["vocab"].strings().value();
  for (const auto& entry : words) lines += entry + "\n";
  auto vocabulary = text::Vocabulary::parse(lines, "recorded vocabulary");
  REQUIRE(vocabulary);
  REQUIRE(vocabulary->size() == static_cast<std::int64_t>(root["vocab"].size()));
  auto made = text::WordPiece::create(*std::move(vocabulary), {root["lowercase"].boolean().value(), limit});
  REQUIRE(made);
  return *std::move(made);
}

std::vector<std::string> entriesOf(const text::WordPiece& tokeniser, const Ids& ids) {
  std::vector<std::string> entries;
  for (const auto id : ids) entries.push_back(tokeniser.vocabulary().entry(id));
  return entries;
}

void requireOnly(const serial::JsonField& object, const std::set<std::string>& known) {
  for (const auto& member : object.members()) {
    INFO("member " << member.first);
    REQUIRE(known.contains(member.first));
  }
}

}  // namespace

TEST_CASE("Every recorded text becomes its recorded tokens") {
  const auto file = recordedFile();
  const serial::JsonField root(file);
  requireOnly(root, {"note", "unicode_version", "lowercase", "vocab", "cases", "sequences"});
  const auto usual = tokeniser(root, 100);
  const auto patient = tokeniser(root, 200);
  const auto cases = root["cases"];
  REQUIRE(cases.size() > 0);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    const auto one = cases[i];
    requireOnly(one, {"text", "codepoints", "basic", "tokens", "ids", "tokens_max200", "ids_max200"});
    std::u32string points;
    for (const auto point : idsOf(one["codepoints"])) points.push_back(static_cast<char32_t>(point));
    const auto utf8 = one["text"].string().value();
    INFO("case " << i << ": " << utf8);
    CHECK(text::decodeUtf8(utf8) == points);
    CHECK(text::encodeUtf8(points) == utf8);
    CHECK(text::basicTokens(utf8, root["lowercase"].boolean().value()) == one["basic"].strings().value());
    CHECK(usual.ids(utf8) == idsOf(one["ids"]));
    CHECK(entriesOf(usual, usual.ids(utf8)) == one["tokens"].strings().value());
    const bool differs = one["ids_max200"].present();
    CHECK(patient.ids(utf8) == idsOf(one[differs ? "ids_max200" : "ids"]));
    CHECK(entriesOf(patient, patient.ids(utf8)) == one[differs ? "tokens_max200" : "tokens"].strings().value());
  }
}

TEST_CASE("Recorded sequences are padded and cut alike") {
  const auto file = recordedFile();
  const serial::JsonField root(file);
  const auto usual = tokeniser(root, 100);
  const auto sequences = root["sequences"];
  REQUIRE(sequences.size() > 0);
  for (std::size_t i = 0; i < sequences.size(); ++i) {
    const auto one = sequences[i];
    INFO("sequence " << i);
    requireOnly(one, {"text", "length", "with_special", "attention_mask", "without_special"});
    const auto utf8 = one["text"].string().value();
    const auto length = static_cast<std::size_t>(one["length"].whole().value());
    const auto special = usual.sequence(utf8, length, true);
    CHECK(special.ids == idsOf(one["with_special"]));
    CHECK(Ids(special.real.begin(), special.real.end()) == idsOf(one["attention_mask"]));
    CHECK(usual.sequence(utf8, length, false).ids == idsOf(one["without_special"]));
  }
}

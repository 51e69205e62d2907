#include "core/synth/csv_table.h"
#include "tests/support/catch.h"

using namespace chladni;
using synth::CsvTable;

TEST_CASE("Quoted fields keep commas, quotes and line breaks") {
  const auto table = CsvTable::parse("\xEF\xBB\xBFname,note\r\n\"violin, fiddle\",\"he said \"\"A\"\"\"\r\n\"two\nlines\",2\n", "t.csv");
  REQUIRE(table.has_value());
  REQUIRE(table->rows() == 2);
  CHECK(table->at(0, 0) == "violin, fiddle");
  CHECK(table->at(0, 1) == "he said \"A\"");
  CHECK(table->at(1, 0) == "two\nlines");
}

TEST_CASE("Short rows are filled, long ones and open quotes refused with the line") {
  const auto filled = CsvTable::parse("a,b\n1\n\n", "t.csv");
  REQUIRE(filled.has_value());
  REQUIRE(filled->rows() == 1);
  CHECK(filled->at(0, 1).empty());
  const auto longer = CsvTable::parse("a,b\n1,2,3\n", "t.csv");
  REQUIRE_FALSE(longer.has_value());
  CHECK(longer.error().code == ErrorCode::corruptData);
  CHECK_FALSE(CsvTable::parse("a\n\"open", "t.csv").has_value());
  CHECK_FALSE(CsvTable::parse("", "t.csv").has_value());
}

TEST_CASE("A missing column is named") {
  const auto table = CsvTable::parse("a,b\n1,2\n", "t.csv");
  REQUIRE(table.has_value());
  CHECK(table->require("b").value() == 1);
  const auto missing = table->require("class");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().message.find("class") != std::string::npos);
}

TEST_CASE("Fields are quoted only when they have to be") {
  CHECK(synth::csvField("playing cello") == "playing cello");
  const std::string odd = "a,\"b\"\nc";
  const auto table = CsvTable::parse("x\n" + synth::csvField(odd) + "\n", "t.csv");
  REQUIRE(table.has_value());
  CHECK(table->at(0, 0) == odd);
}

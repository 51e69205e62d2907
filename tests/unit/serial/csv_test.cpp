#include "core/serial/csv.h"

#include "core/base/atomic_file.h"
#include "tests/support/catch.h"
#include "tests/support/scratch.h"

using namespace chladni;
using namespace chladni::serial;
using Catch::Contains;
using Rows = std::vector<std::vector<std::string>>;

namespace {

Rows rows(const std::string& text, char separator = ',') {
  const auto table = parseCsv(text, "t.csv", separator);
  if (!table) FAIL(table.error().message);
  Rows all;
  for (const auto& row : table->rows) all.push_back(row.fields);
  return all;
}

std::string problem(const std::string& text) {
  const auto table = parseCsv(text, "t.csv");
  REQUIRE_FALSE(table);
  CHECK(table.error().code == ErrorCode::corruptData);
  return table.error().message;
}

}  // namespace

TEST_CASE("csv: line ends, quotes, empty fields and marks") {
  CHECK(rows("a,b\r\nc,d\r\n") == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(rows("a,b\nc,d") == Rows{{"a", "b"}, {"c", "d"}});
  CHECK(rows("a\rb\r") == Rows{{"a"}, {"b"}});
  CHECK(rows("\xEF\xBB\xBFname\n1\n") == Rows{{"name"}, {"1"}});
  CHECK(rows("a,,c\n,,\n") == Rows{{"a", "", "c"}, {"", "", ""}});
  CHECK(rows("\"x, y\",\"say \"\"hi\"\"\",\"two\r\nlines\"\n") == Rows{{"x, y", "say \"hi\"", "two\r\nlines"}});
  CHECK(rows("\n\na\n\n") == Rows{{"a"}});
  CHECK(rows("\"\"\n") == Rows{{""}});
  CHECK(rows("") == Rows{});
  CHECK(rows("a;b,c", ';') == Rows{{"a", "b,c"}});
  CHECK(rows("a,") == Rows{{"a", ""}});
  CHECK(rows(" a , b ") == Rows{{" a ", " b "}});
}

TEST_CASE("csv: rows know their lines and columns their names") {
  const auto table = parseCsv("path,label\n\n\"a\nb\",x\nc,y\n", "t");
  REQUIRE(table);
  CHECK(table->rows[1].line == 3);
  CHECK(table->rows[2].line == 5);
  CHECK(table->column("label") == std::size_t{1});
  CHECK_FALSE(table->column("nope"));
  CHECK_FALSE(CsvTable{}.column("x"));
}

TEST_CASE("csv: mistakes are placed") {
  CHECK_THAT(problem("a,b\nc,d\"e\n"), Contains("t.csv: line 2 column 4"));
  CHECK_THAT(problem("a\n\"open,\nstill"), Contains("line 2 column 1: a quote that is never closed"));
  CHECK_THAT(problem("\"a\"b\n"), Contains("line 1 column 4"));
  CHECK_THAT(problem("a,\xFF\n"), Contains("UTF-8"));
  CHECK_THAT(problem(std::string("a\0b", 3)), Contains("NUL"));
  CHECK_THAT(problem(std::string("\"a\0b\"", 5)), Contains("NUL"));
}

TEST_CASE("csv: what is written is read back") {
  const Rows table{{"\xEF\xBB\xBFno mark", "x"}, {"a", "b,c", "d\"e"}, {"", "", ""}, {""}, {"line\nbreak", "cr\r", "ü"}, {" x "}};
  CHECK(rows(csvText(table)) == table);
  CHECK(rows(csvText(table, '\t'), '\t') == table);
  const test::Scratch scratch;
  REQUIRE(writeCsv(scratch / "a.csv", table));
  const auto back = readCsv(scratch / "a.csv");
  REQUIRE(back);
  CHECK(back->rows.size() == table.size());
  CHECK(readCsv(scratch / "gone.csv").error().code == ErrorCode::notFound);
}

#include "core/serial/csv.h"
#include "tests/fuzz/fuzz_input.h"

using namespace chladni;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto table = serial::parseCsv(test::text(data, size), "fuzz");
  if (!table) {
    test::checkMessage(table.error());
    return 0;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table->rows) rows.push_back(row.fields);
  const auto again = serial::parseCsv(serial::csvText(rows), "again");
  CHLADNI_ASSERT(again && again->rows.size() == rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) CHLADNI_ASSERT(again->rows[i].fields == rows[i]);
  return 0;
}

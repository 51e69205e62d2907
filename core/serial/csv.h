// CSV as RFC 4180 has it: fields in double quotes may hold separators, quotes (doubled) and line ends; lines end with
// CR LF, LF or CR; a byte order mark and a missing last line end are fine; empty lines are skipped. Rows may differ in
// length: readers of a format check that with row.line. Text must be UTF-8. parseCsv fails with corruptData naming line
// and column (in bytes, from 1).
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace chladni::serial {

struct CsvRow {
  std::vector<std::string> fields;
  std::int64_t line = 0;  // where it begins, from 1
};

struct CsvTable {
  std::vector<CsvRow> rows;
  // Index of a column by its name in the first row.
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;
};

Result<CsvTable> parseCsv(std::string_view text, const std::string& origin, char separator = ',');
Result<CsvTable> readCsv(const std::filesystem::path& path, char separator = ',');

// Lines end with LF; fields are quoted only where needed.
std::string csvText(const std::vector<std::vector<std::string>>& rows, char separator = ',');
Result<void> writeCsv(const std::filesystem::path& path, const std::vector<std::vector<std::string>>& rows,
                      char separator = ',');

}  // namespace chladni::serial

// Tables of text with a heading: bounded in memory, cells by the name of their column in any case, errors with line and
// column. Private to core/annotation.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/annotation/text_numbers.h"
#include "core/data/label.h"
#include "core/serial/csv.h"

namespace chladni::annotation {

// Fails as corruptData when there are more cells than memory is meant for.
Result<void> checkCells(std::string_view text, char separator, const std::string& origin);
Result<serial::CsvTable> parseLabelCsv(std::string_view text, const std::string& origin, char separator);

// Names, in lower case, to their first column.
class Heading {
 public:
  Heading() = default;
  explicit Heading(const std::vector<std::string>& names);
  [[nodiscard]] std::optional<std::size_t> column(std::string_view name) const;

 private:
  std::unordered_map<std::string, std::size_t> columns_;
};

struct Cells {
  const serial::CsvRow* row = nullptr;
  const Heading* heading = nullptr;
  const std::string* origin = nullptr;

  // Empty when the table has no such column or the row ends before it.
  [[nodiscard]] std::string_view text(std::string_view column) const;
  [[nodiscard]] Result<MediaTime> time(std::string_view column) const;
  [[nodiscard]] Result<std::optional<double>> number(std::string_view column) const;  // nothing for an empty cell
  // Names the column by its heading.
  [[nodiscard]] Unexpected wrong(std::string_view column, const std::string& why) const;
};

std::string orEmpty(const std::optional<double>& value);  // a cell

}  // namespace chladni::annotation

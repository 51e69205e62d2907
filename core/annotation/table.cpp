#include "core/annotation/table.h"

#include <algorithm>

namespace chladni::annotation {

namespace {

constexpr std::size_t kMaxCells = 10'000'000;  // 200,000 labels with all that Raven writes

}  // namespace

Result<void> checkCells(std::string_view text, char separator, const std::string& origin) {
  std::size_t cells = 0;
  std::int64_t line = 1;
  for (const char c : text) {
    if (c == '\n') ++line;
    if (c != separator && c != '\n' && c != '\r') continue;
    if (++cells > kMaxCells) return wrongAt(origin, line, 1, "more than ten million cells; split the file");
  }
  return {};
}

Result<serial::CsvTable> parseLabelCsv(std::string_view text, const std::string& origin, char separator) {
  auto few = checkCells(text, separator, origin);
  if (!few) return fail(few.error());
  return serial::parseCsv(text, origin, separator);
}

Heading::Heading(const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) columns_.try_emplace(lowered(trimmed(names[i])), i);
}

std::optional<std::size_t> Heading::column(std::string_view name) const {
  const auto found = columns_.find(std::string(name));
  return found == columns_.end() ? std::nullopt : std::optional(found->second);
}

std::string_view Cells::text(std::string_view column) const {
  const auto at = heading->column(column);
  return at && *at < row->fields.size() ? std::string_view(row->fields[*at]) : std::string_view();
}

Result<MediaTime> Cells::time(std::string_view column) const {
  const auto value = secondsOf(text(column));
  if (!value) return wrong(column, "a number of seconds is needed");
  return *value;
}

Result<std::optional<double>> Cells::number(std::string_view column) const {
  const std::string_view cell = text(column);
  if (trimmed(cell).empty()) return std::optional<double>();
  const auto value = numberOf(cell);
  if (!value) return wrong(column, "a number is needed");
  return value;
}

Unexpected Cells::wrong(std::string_view column, const std::string& why) const {
  // Of an unquoted row; with quotes the cell is named all the same.
  std::int64_t bytes = 1;
  const std::size_t at = heading->column(column).value_or(0);
  for (std::size_t i = 0; i < std::min(at, row->fields.size()); ++i)
    bytes += static_cast<std::int64_t>(row->fields[i].size()) + 1;
  return wrongAt(*origin, row->line, bytes, std::string(column) + ": " + why);
}

std::string orEmpty(const std::optional<double>& value) { return value ? numberText(*value) : std::string(); }

}  // namespace chladni::annotation
